import type { Actor } from '../ledger';
import { sayNumber } from '../words/dates';
import type { Language } from '../words/table';
import type { Thing } from '../things';

// The answer for two actors (/api/dyad).

export type Week = { monday: string; index: number; low: number; high: number; verbal: number; material: number; words: number; deeds: number; events: number; origins: number; things?: Thing[] };
export type Change = { week: string; from: string; to: string; before: number; after: number };
export type Dyad = { a: Actor; b: Actor; weeks: Week[]; changes: Change[]; origins: number; enough: boolean };

/** sayScore writes a score from -10 to +10 with its sign. */
export function sayScore(score: number, language: Language): string {
  const far = Math.round(Math.abs(score) * 10) / 10;
  return `${!far ? '' : score > 0 ? '+' : '−'}${sayNumber(far, language)}`;
}

/** levels are the stretches between changes, as their first week, the first week after, and their level. */
export function levels(dyad: Dyad): { from: string; until: string; level: number }[] {
  const [first, last] = [dyad.weeks[0], dyad.weeks.at(-1)];
  if (!first || !last || !dyad.changes.length) return [];
  const starts = [first.monday, ...dyad.changes.map((c) => c.week)];
  return starts.map((from, i) => ({ from, until: starts[i + 1] ?? last.monday, level: (i ? dyad.changes[i - 1]?.after : dyad.changes[0]?.before) ?? 0 }));
}
