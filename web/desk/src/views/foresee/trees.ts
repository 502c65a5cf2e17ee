// The trees of duties of one scenario or two, and how what stands in one stands in the other.

import { name } from '../../desk.svelte';
import { sayDay } from '../../words/dates';
import { language, t } from '../../words/words.svelte';
import type { Comparison, Duty, Foresight, Match, Which } from '../foresee';

/** A mark on a part of a tree: nothing where it is the same in the other. */
export type Mark = { sort: 'only' | 'differs'; text: string };

/** walk lists duties with all that follow from them. */
export function walk(duties: Duty[]): Duty[] {
  return duties.flatMap((d) => [d, ...walk(d.then ?? [])]);
}

export function dutiesOf(answer: Foresight): Duty[] {
  return walk([...answer.obligations.events.flatMap((e) => e.duties ?? []), ...answer.obligations.standing]);
}

/** marksOf are the marks of a tree's duties by their numbers. */
export function marksOf(which: Which, comparison: Comparison, own: Foresight, other: Foresight): Map<number, Mark> {
  const numbered = (answer: Foresight) => new Map(dutiesOf(answer).filter((d) => !d.repeats).map((d) => [d.number, d]));
  const [here, there] = [numbered(own), numbered(other)];
  const out = new Map<number, Mark>();
  for (const m of comparison.duties) {
    const mark = markOf(m, which, m[which].flatMap((n) => here.get(n) ?? []), m[which === 'first' ? 'second' : 'first'].flatMap((n) => there.get(n) ?? []));
    if (mark) for (const n of m[which]) out.set(n, mark);
  }
  return out;
}

function markOf(m: Match, which: Which, here: Duty[], there: Duty[]): Mark | null {
  if (m.how === which) return { sort: 'only', text: t('foresee.only') };
  if (m.how !== 'differs') return null;
  const parts = (m.differs ?? []).map((part) => differing(part, here, there));
  return { sort: 'differs', text: `${t('foresee.differs')} ${parts.join('; ')}` };
}

/** differing says of a part of a duty what it is in the other tree. */
function differing(part: string, here: Duty[], there: Duty[]): string {
  const each = (say: (d: Duty) => string) => [...new Set(there.map(say))].join(' / ');
  switch (part) {
    case 'state': return t('foresee.there.state', { state: each((d) => t(`foresee.state.${d.state}`)) });
    case 'debtors': return t('foresee.there.debtors', { who: each((d) => d.debtors.map((x) => name(x.actor)).join(', ')) });
    case 'deadline': return t('foresee.there.deadline', { day: each((d) => (d.deadline ? sayDay(d.deadline, language.now) : t('foresee.there.none'))) });
    default: return missing(here, there);
  }
}

/** missing says what duties lack there and not here, and the other way round. */
function missing(here: Duty[], there: Duty[]): string {
  const lacks = (list: Duty[]) => new Set(list.flatMap((d) => [...(d.missing ?? []), ...d.debtors.flatMap((x) => (x.missing ?? []).map((m) => `${name(x.actor)}: ${m}`))]));
  const [ours, theirs] = [lacks(here), lacks(there)];
  const [more, less] = [[...theirs].filter((m) => !ours.has(m)), [...ours].filter((m) => !theirs.has(m))];
  return [more.length && t('foresee.there.missing', { what: more.join(', ') }), less.length && t('foresee.there.met', { what: less.join(', ') })].filter(Boolean).join('; ');
}

/** A row of the trees: what each scenario has of one thing, by the places in its lists. */
export type Row = { key: string; cells: number[][] };

/** rowsOf lays parts of two trees beside each other; of one tree each stands by itself. */
export function rowsOf(count: number, matches: Match[] | undefined): Row[] {
  if (matches) return matches.map((m) => ({ key: m.what, cells: [m.first, m.second] }));
  return Array.from({ length: count }, (_, i) => ({ key: String(i), cells: [[i]] }));
}
