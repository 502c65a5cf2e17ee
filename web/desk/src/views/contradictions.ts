import { type Entry } from '../ledger';

// What /api/contradictions answers.

export type Origin = { id?: string; outlet?: string };
export type Side = { entries: Entry[]; origins: Origin[]; grade: { reliability: string; credibility: number } };
export type Decided = { side: number; by: string; reason: string; recorded: string; correction: number; since: number };
export type Contradiction = { rivalry: string; verdict: string; sides: Side[]; sure: number; likely: string; decided?: Decided };

/** keyOf names a contradiction for as long as its first tellings stand. */
export function keyOf(c: Contradiction): string {
  return [c.rivalry, ...c.sides.map((s) => s.entries[0]?.id ?? '')].join('~');
}

/** decision is the correction that says that one side is right and the others are not. */
export function decision(c: Contradiction, side: number, reason: string) {
  const ids = (s: Side) => s.entries.map((e) => e.id);
  const records = [...new Set(ids(c.sides[side] as Side))];
  const others = [...new Set(c.sides.flatMap((s, i) => (i === side ? [] : ids(s))))].filter((id) => !records.includes(id));
  return { action: 'decide', about: c.rivalry, records, others, reason };
}

/** canSettle tells whether a decision for one side leaves a record on another: one sentence may tell both. */
export function canSettle(c: Contradiction): boolean {
  return c.sides.every((_, i) => decision(c, i, '').others.length > 0);
}

/** monthAfter is the month that lies some months after another, as 2021-07. */
export function monthAfter(month: string, by: number): string {
  const n = Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1 + by;
  return `${Math.floor(n / 12)}-${String((n % 12) + 1).padStart(2, '0')}`;
}

/** daysOf are the first and last day of a month. */
export function daysOf(month: string): { from: string; to: string } {
  const last = new Date(Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5, 7)), 0)).getUTCDate();
  return { from: `${month}-01`, to: `${month}-${String(last).padStart(2, '0')}` };
}
