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

/** A stretch over which the same marks lie: outermost first. Opens are those that start with it. */
export type Piece = Span & { over: Mark[]; opens: Mark[] };

/** pieces cuts a stretch of text wherever a mark starts or ends. */
export function pieces(within: Span, marks: Mark[]): Piece[] {
  const here = marks.filter((m) => m.start < within.end && m.end > within.start);
  const cuts = new Set([within.start, within.end]);
  for (const m of here) {
    if (m.start > within.start) cuts.add(m.start);
    if (m.end < within.end) cuts.add(m.end);
  }
  const at = [...cuts].sort((a, b) => a - b);
  const outerFirst = [...here].sort((a, b) => a.start - b.start || b.end - a.end || a.number - b.number);
  return at.slice(1).map((end, i) => {
    const start = at[i] as number;
    return {
      start,
      end,
      over: outerFirst.filter((m) => m.start <= start && m.end >= end),
      opens: outerFirst.filter((m) => m.start === start),
    };
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
