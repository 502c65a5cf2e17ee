import { type Commitment, type Entry, type Record } from '../ledger';

// What /api/commitments/followed answers, and how the view lays it out.

/** What bears on a commitment: one of its own tellings, by its id, or later things. */
export type Move = { to: string; day: string | null; counts: boolean; how: string; telling?: string; things?: Entry[] };
export type Bond = { entries: Entry[]; state: string; moves: Move[]; deadline: string | null; overdue: boolean };

/** The order in which states are shown: what asks for attention first. */
export const states = ['broken', 'triggered', 'in-force', 'offered', 'kept', 'lapsed', 'rejected'];
export const bases = ['treaty', 'deal', 'ceasefire', 'pledge', 'ultimatum', 'law'];

/** restsOn is what a move of a commitment rests on. */
export function restsOn(bond: { entries: Entry[] }, move: { telling?: string; things?: Entry[] }): Entry[] {
  return move.things ?? bond.entries.filter((e) => e.id === move.telling);
}

type Owed = Record & Commitment;

/** owed is the first record of a commitment that says so, else the first. */
export function owed(bond: Bond): Owed {
  return bond.entries[0]?.record as Owed;
}

/** first is what the tellings of a commitment first have of something, as its condition. */
export function first(bond: Bond, of: 'condition' | 'duty'): { text: string; language: string } | null {
  for (const e of bond.entries) {
    const text = (e.record as Owed)[of];
    if (text) return { text, language: e.article.language };
  }
  return null;
}

/** sideOf is the state, group or person that somebody belongs to or acts for. */
export function sideOf(bond: Bond, end: 'debtor' | 'beneficiary'): string {
  const id = owed(bond)[end];
  const whole = bond.entries[0]?.acts_for?.[id] ?? id;
  return whole.startsWith('person/') ? whole : (whole.split('/')[0] ?? whole);
}

export type Row = { debtor: string; count: number; cells: Map<string, Bond[]> };

/** matrix lays commitments out by debtor, and by what of puts them into columns; the fullest rows and columns first. */
export function matrix(list: Bond[], columnOf: (bond: Bond) => string): { rows: Row[]; columns: string[] } {
  const rows = new Map<string, Row>();
  const columns = new Map<string, number>();
  for (const bond of list) {
    const [debtor, column] = [sideOf(bond, 'debtor'), columnOf(bond)];
    const row = rows.get(debtor) ?? { debtor, count: 0, cells: new Map() };
    rows.set(debtor, row);
    row.count++;
    row.cells.set(column, [...(row.cells.get(column) ?? []), bond]);
    columns.set(column, (columns.get(column) ?? 0) + 1);
  }
  return {
    rows: [...rows.values()].sort((a, b) => b.count - a.count),
    columns: [...columns].sort((a, b) => b[1] - a[1]).map(([column]) => column),
  };
}

/** byState groups a cell's commitments by state. */
export function byState(list: Bond[]): [string, Bond[]][] {
  return states.map((state): [string, Bond[]] => [state, list.filter((b) => b.state === state)]).filter(([, of]) => of.length);
}

const settled = (state: string) => ['kept', 'broken', 'lapsed', 'rejected'].includes(state);

/** evidence parts what bears on a commitment: the steps before its state, what speaks for the state, what against it. */
export function evidence(bond: Bond): { before: Move[]; so: Move[]; against: Move[] } {
  const so = bond.moves.filter((m) => m.to === bond.state);
  const others = bond.moves.filter((m) => m.to !== bond.state);
  const before = others.filter((m) => m.counts && !settled(m.to));
  return { before, so, against: others.filter((m) => !before.includes(m)) };
}

/** how splits what a move rests on into the rule's words and what limits them: "it attacked, as rus says alone". */
export function how(text: string): { rule: string; late: boolean; alone: string } {
  const alone = /^(.*), as (.*) says alone$/.exec(text);
  if (alone) return { rule: alone[1] ?? '', late: false, alone: alone[2] ?? '' };
  const late = /^(.*), but after the deadline$/.exec(text);
  return late ? { rule: late[1] ?? '', late: true, alone: '' } : { rule: text, late: false, alone: '' };
}
