// The answer of /api/sources.

export type Source = { name: string; articles?: number; reliability: string; by?: string; reason?: string; correction?: number };
export const letters = ['A', 'B', 'C', 'D', 'E', 'F'];
