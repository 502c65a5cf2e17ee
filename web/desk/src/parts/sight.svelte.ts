// The part of the world that a map shows, for the map (World.svelte) and for what is drawn on it.

import { language } from '../words/words.svelte';
import { around, countryAt, countryName, fineFrom, type Label, outlines, type Outlines, pathOf, type Place, type Point, projection, whole } from './atlas';

export type Options = {
  /** The part that the reader chose; null where the map goes to its points. */
  at: () => Place | null;
  points: () => Point[];
  /** Of the points, how many are to be seen, from 0 to 1, the greatest zoom for that, and within how much of the map. */
  share?: number;
  most?: number;
  fill?: number;
  /** Whether finer outlines are fetched wherever they help; else only once the reader looks closer. */
  fine?: boolean;
};

export type Sight = ReturnType<typeof sight>;

/** sight keeps what is seen: call it while a component is made. */
export function sight({ at, points, share, most, fill, fine = false }: Options) {
  let width = $state(820);
  const height = $derived(Math.round(Math.min(560, Math.max(340, width * 0.62))));
  let coarse = $state.raw<Outlines | null>(null);
  let finer = $state.raw<Outlines | null>(null);
  let failed = $state('');

  $effect(() => {
    outlines(false).then((all) => (coarse = all), (error: unknown) => (failed = String(error)));
  });

  // Where the reader chose nothing, the map goes to where things are, and stays while most of them are in sight.
  let last: Place | null = null;
  const best = () => (points().length ? around(points(), width, height, share, most, fill) : whole);
  const place = $derived.by(() => {
    const chosen = at();
    if (chosen) return (last = chosen);
    const now = points().length ? best() : (last ?? whole);
    if (last && inSight(last) >= 0.75 && now.zoom < last.zoom * 1.7) return last;
    return (last = now);
  });
  function inSight(of: Place): number {
    const flat = projection(of, width, height);
    return points().filter((p) => seen(flat([p.lon, p.lat]))).length / points().length;
  }
  const seen = (p: [number, number] | null) => Boolean(p && p[0] > 4 && p[1] > 4 && p[0] < width - 4 && p[1] < height - 4);

  const detailed = $derived(place.zoom >= fineFrom && (fine || at() !== null)); // they are fetched when the reader looks closer, not at first
  $effect(() => {
    if (detailed && !finer) outlines(true).then((all) => (finer = all), () => {}); // the coarse outlines stay
  });

  const flat = $derived(projection(place, width, height));
  const drawn = $derived((detailed && finer) || coarse);
  const lands = $derived.by(() => {
    const path = pathOf(flat);
    return (drawn?.lands ?? []).map((country) => ({ country, d: path(country) ?? '' })).filter((o) => o.d);
  });

  /** The names of the countries that take up room, the largest first. */
  const names = $derived.by((): Label[] => {
    const path = pathOf(flat);
    const sized = lands.map(({ country }) => ({ country, area: path.area(country) })).filter(({ area }) => area > 900);
    return sized.sort((a, b) => b.area - a.area).slice(0, 40).map(({ country }) => {
      const [x, y] = path.centroid(country);
      return { x, y, text: countryName(country, language.now), anchor: 'middle', letter: 6.2, country: true };
    });
  });

  return {
    get width() { return width; },
    set width(to: number) { if (to) width = to; }, // not laid out yet: no map has no width
    get height() { return height; },
    get failed() { return failed; },
    /** The coarse outlines of all countries, once they are there. */
    get world() { return coarse?.lands ?? []; },
    /** What is drawn of the countries, as SVG paths. */
    get outlines() { return lands; },
    /** border is what the countries of two points share, as an SVG path; empty where they share nothing. */
    border(a: Point, b: Point): string {
      const [one, other] = [countryAt(coarse?.lands ?? [], a)?.id, countryAt(coarse?.lands ?? [], b)?.id];
      return (one && other && drawn && pathOf(flat)(drawn.border(one, other))) || '';
    },
    get names() { return names; },
    get place() { return place; },
    get flat() { return flat; },
    /** xy is where a point lies on the page. */
    xy: (p: Point): [number, number] => flat([p.lon, p.lat]) ?? [-99, -99],
    seen,
    /** fit goes back to where things are. */
    fit(): Place {
      last = null;
      return best();
    },
  };
}
