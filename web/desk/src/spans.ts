// Where records stand in a text. Offsets count code points, as the records do;
// JavaScript counts UTF-16 units, so that 🙂 is one of the first and two of the second.

import type { Kind, Span } from './ledger';

/** A text that is cut by code points. */
export class Text {
  private readonly points: string[];

  constructor(text: string) {
    this.points = Array.from(text);
  }

  get length(): number {
    return this.points.length;
  }

  cut(start: number, end: number): string {
    return this.points.slice(start, end).join('');
  }

  /** paragraphs are the stretches between blank lines, without the space around them. */
  paragraphs(): Span[] {
    const out: Span[] = [];
    const blank = (i: number) => /\s/u.test(this.points[i] ?? '');
    for (let start = 0; start < this.length; ) {
      let end = start;
      while (end < this.length && !this.breakAt(end)) end++;
      let next = end;
      while (next < this.length && blank(next)) next++;
      let [first, last] = [start, end];
      while (first < last && blank(first)) first++;
      while (last > first && blank(last - 1)) last--;
      if (last > first) out.push({ start: first, end: last });
      start = Math.max(next, start + 1);
    }
    return out;
  }

  /** breakAt tells whether a blank line starts here. */
  private breakAt(i: number): boolean {
    if (this.points[i] !== '\n') return false;
    let j = i + 1;
    while (j < this.length && this.points[j] !== '\n' && /\s/u.test(this.points[j] ?? '')) j++;
    return this.points[j] === '\n' || j === this.length;
  }
}

/** A record on a text: number is its place in the article's list. */
export type Mark = Span & { number: number; kind: Kind };

/**
 * A stretch over which the same marks lie, outermost first; of very many, the
 * innermost. Opens are those that start with it.
 */
export type Piece = Span & { over: Mark[]; opens: Mark[] };

/** How many marks a piece tells of. More of them on one word are a mistake or an attack. */
const mostOver = 12;

/** layOut cuts each stretch of text, in order, wherever a mark starts or ends. */
export function layOut(stretches: Span[], marks: Mark[]): Piece[][] {
  const coming = [...marks].sort((a, b) => a.start - b.start || b.end - a.end || a.number - b.number);
  const ends = marks.map((m) => m.end).sort((a, b) => a - b);
  const active: Mark[] = []; // in the order of coming, so outermost first
  let [next, nextEnd] = [0, 0];
  const cut = (start: number, limit: number): Piece => {
    for (let i = active.length - 1; i >= 0; i--) if ((active[i] as Mark).end <= start) active.splice(i, 1);
    const opens: Mark[] = [];
    for (let m = coming[next]; m && m.start <= start; m = coming[++next]) {
      if (m.start === start) opens.push(m);
      if (m.end > start) active.push(m);
    }
    while ((ends[nextEnd] ?? Infinity) <= start) nextEnd++;
    const end = Math.min(limit, coming[next]?.start ?? limit, ends[nextEnd] ?? limit);
    return { start, end, over: active.slice(-mostOver), opens };
  };
  return stretches.map((stretch) => {
    const pieces: Piece[] = [];
    for (let at = stretch.start; at < stretch.end; at = pieces.at(-1)?.end ?? stretch.end) pieces.push(cut(at, stretch.end));
    return pieces;
  });
}

/** How many lines can lie under each other below a word. */
export const lanes = 3;

/**
 * lanesOf gives each mark a lane, so that its line runs at one height from
 * start to end and marks that overlap lie below each other while lanes last.
 * Marks of one kind on the same words share theirs.
 */
export function lanesOf(marks: Mark[]): Map<number, number> {
  const out = new Map<number, number>();
  const ends = new Array<number>(lanes).fill(-1);
  let before: Mark | null = null;
  for (const m of [...marks].sort((a, b) => a.start - b.start || b.end - a.end || a.kind.localeCompare(b.kind) || a.number - b.number)) {
    const twin = before && before.start === m.start && before.end === m.end && before.kind === m.kind ? out.get(before.number) : undefined;
    const free = ends.findIndex((end) => end <= m.start);
    const lane = twin ?? (free < 0 ? lanes - 1 : free);
    out.set(m.number, lane);
    ends[lane] = Math.max(ends[lane] ?? -1, m.end);
    before = m;
  }
  return out;
}

/** innermost is the mark with the fewest words: the one that a click means. */
export function innermost(over: Mark[]): Mark | undefined {
  return [...over].sort((a, b) => a.end - a.start - (b.end - b.start) || a.number - b.number)[0];
}
