import type { Entry } from '../ledger';

// The answer of /api/network, and the line by which each type of relation is drawn.

export type Node = { id: string; open: boolean; folded: number; via?: string };
export type Tie = { type: string; from: string; to: string; since: string | null; contested: boolean; told: number; evidence: Entry[] };
export type Network = { as_of: string | null; nodes: Node[]; ties: Tie[]; left: number; types: { [type: string]: number } };

/** A line: its dashes in pixels (none is unbroken), how thick it is, whether it is drawn twice, and the variable of its colour. */
export type Line = { dash: number[]; width: number; double?: boolean; colour: string; arrow: boolean };

// No two types have the same dashes and thickness, so that no line is known by its colour alone.
export const lines: { [type: string]: Line } = {
  recognises: { dash: [1.5, 4], width: 1.6, colour: '--figure', arrow: true },
  'member-of': { dash: [], width: 1.4, colour: '--figure', arrow: true },
  'allied-with': { dash: [], width: 1.4, double: true, colour: '--figure', arrow: false },
  governs: { dash: [], width: 3.4, colour: '--relation', arrow: true },
  controls: { dash: [11, 4], width: 3.4, colour: '--relation', arrow: true },
  'bases-in': { dash: [11, 4], width: 1.6, colour: '--relation', arrow: true },
  'deploys-in': { dash: [5, 4], width: 1.6, colour: '--relation', arrow: true },
  'designates-terrorist': { dash: [9, 3, 2, 3], width: 1.6, colour: '--event', arrow: true },
  hosts: { dash: [9, 3, 2, 3, 2, 3], width: 1.6, colour: '--claim', arrow: true },
  'at-war-with': { dash: [3, 3], width: 3.8, double: true, colour: '--event', arrow: false },
  disputes: { dash: [3, 3], width: 3, colour: '--event', arrow: true },
  'depends-on': { dash: [16, 4, 4, 4], width: 1.6, colour: '--claim', arrow: true },
  'neutral-on': { dash: [1.5, 8], width: 1.6, colour: '--soft', arrow: true },
};

const plain: Line = { dash: [], width: 1.4, colour: '--soft', arrow: true };

export const lineOf = (type: string): Line => lines[type] ?? plain;

/** between is the same for the ties of two nodes, whichever way they go. */
export const between = (t: { from: string; to: string }) => [t.from, t.to].sort().join('\n');

/** sheaves are the ties of each pair of nodes: they are drawn side by side. */
export function sheaves(ties: Tie[]): Tie[][] {
  const out = new Map<string, Tie[]>();
  for (const t of ties) out.set(between(t), [...(out.get(between(t)) ?? []), t]);
  return [...out.values()];
}

/** canDraw tells whether the browser has what the drawing needs. */
export function canDraw(): boolean {
  const canvas = document.createElement('canvas');
  return Boolean(canvas.getContext('webgl2') ?? canvas.getContext('webgl'));
}
