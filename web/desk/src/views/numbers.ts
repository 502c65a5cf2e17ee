import type { Entry, Figure, Flow, Kind } from '../ledger';

// What /api/quantities answers, and where its tellings stand in a chart.

export type Origin = { id?: string; outlet?: string };
export type Quantity = {
  kind: Kind;
  unit?: string;
  of?: string;
  fate?: string;
  where?: string[];
  group?: string;
  origin?: string;
  destination?: string;
  cause?: string;
  things: { entries: Entry[]; grade?: { reliability: string; credibility: number } }[];
  origins: Origin[];
};

/** A telling with its bounds; null is open. Day is that of the record, else of the article; dated tells which. */
export type Telling = { entry: Entry; low: number | null; high: number | null; approx: boolean; day: string | null; dated: boolean };

export function tellings(q: Quantity): Telling[] {
  return q.things
    .flatMap((thing) => thing.entries)
    .map((entry) => {
      const r = entry.record as Entry['record'] & (Figure | Flow);
      const own = r.when.from ?? r.when.to;
      const published = entry.article.date.from ?? entry.article.date.to;
      return { entry, low: r.low, high: r.high, approx: r.kind === 'figure' && r.approx, day: own ?? published, dated: Boolean(own) };
    })
    .sort((a, b) => (a.day ?? '9999').localeCompare(b.day ?? '9999'));
}

/** extent is the least and the most that any telling has; open tells that one of them has no end there. */
export function extent(list: Telling[]): { low: number; high: number; openBelow: boolean; openAbove: boolean } {
  const ends = list.flatMap((t) => [t.low, t.high]).filter((n): n is number => n !== null);
  return { low: Math.min(...ends), high: Math.max(...ends), openBelow: list.some((t) => t.low === null), openAbove: list.some((t) => t.high === null) };
}

/** scale maps values onto a height, with the great up. Where they lie far apart each step up is a tenfold. */
export function scale(low: number, high: number, height: number): { y: (n: number) => number; tenfold: boolean; ticks: number[] } {
  const tenfold = low > 0 && high / low > 30;
  if (tenfold) {
    const [from, to] = [Math.floor(Math.log10(low)), Math.ceil(Math.log10(high))];
    const ticks = Array.from({ length: to - from + 1 }, (_, i) => 10 ** (from + i));
    return { y: (n) => height * (1 - (Math.log10(Math.max(n, 10 ** from)) - from) / Math.max(to - from, 1)), tenfold, ticks: thinned(ticks) };
  }
  const step = niceStep((high - Math.min(0, low)) / 3 || 1);
  const [from, to] = [Math.floor(Math.min(0, low) / step) * step, Math.max(Math.ceil(high / step), 1) * step];
  const ticks = Array.from({ length: Math.round((to - from) / step) + 1 }, (_, i) => from + i * step);
  return { y: (n) => height * (1 - (n - from) / (to - from || 1)), tenfold, ticks };
}

function thinned(ticks: number[]): number[] {
  const every = Math.ceil(ticks.length / 5);
  return ticks.filter((_, i) => i % every === 0);
}

/** niceStep is the least of 1, 2 and 5, ten times as much and so on, that is at least n. */
function niceStep(n: number): number {
  const ten = 10 ** Math.floor(Math.log10(n));
  return ten * ([1, 2, 5].find((m) => m * ten >= n) ?? 10);
}

/** placed spreads days over a width in proportion, and at least gap apart where there is room for that. */
export function placed(days: number[], width: number, gap: number): number[] {
  const [first, last] = [Math.min(...days), Math.max(...days)];
  const apart = Math.min(gap, width / Math.max(days.length, 1));
  const out: number[] = [];
  for (const day of days) {
    const x = last > first ? ((day - first) / (last - first)) * width : width / 2;
    out.push(Math.max(x, (out.at(-1) ?? -Infinity) + apart));
  }
  for (let i = out.length - 1, most = width; i >= 0; i--, most -= apart) out[i] = Math.min(out[i] ?? 0, most);
  return out;
}
