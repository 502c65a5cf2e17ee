import type { Actor, Entry } from '../ledger';

// The answer of /api/brief.

export type Origin = { id?: string; outlet?: string };
export type Grade = { reliability: string; credibility: number };
export type Group = { entries: Entry[]; origins: Origin[] | null; grade?: Grade };
export type Holding = { type: string; from: string; to: string; since: string | null; evidence: Entry[] };
export type Due = { entries: Entry[]; state: string; deadline: string | null; overdue: boolean };
export type Contradiction = {
  rivalry: string;
  verdict: string;
  likely: string;
  sides: { entries: Entry[]; origins: Origin[] | null; grade: Grade }[];
  decided?: { side: number; by: string; reason: string };
};
export type Brief = {
  since: string;
  until: string;
  actor?: Actor;
  happened: Group[] | null;
  said: Entry[] | null;
  begun: Holding[] | null;
  ended: Holding[] | null;
  due: Due[] | null;
  differ: Contradiction[] | null;
  left: number;
};

/** notesOf numbers the sentences of a brief, each once, in the order in which it names them. */
export function notesOf(b: Brief): { list: Entry[]; number: Map<string, number> } {
  const number = new Map<string, number>();
  const list: Entry[] = [];
  const named = [
    ...(b.happened ?? []).map((g) => g.entries[0]),
    ...(b.said ?? []),
    ...[...(b.begun ?? []), ...(b.ended ?? [])].map((h) => h.evidence[0]),
    ...(b.due ?? []).map((d) => d.entries[0]),
    ...(b.differ ?? []).flatMap((d) => d.sides.map((s) => s.entries[0])),
  ];
  for (const e of named) {
    if (!e || number.has(e.id)) continue;
    list.push(e);
    number.set(e.id, list.length);
  }
  return { list, number };
}
