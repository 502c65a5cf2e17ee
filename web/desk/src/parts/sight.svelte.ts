// The part of the world that a map shows, for the map (World.svelte) and for what is drawn on it.

import { language } from '../words/words.svelte';
import { around, countries, type Country, countryName, fineFrom, type Label, pathOf, type Place, type Point, projection, whole } from './atlas';

export type Options = {
  /** The part that the reader chose; null where the map goes to its points. */
  at: () => Place | null;
  points: () => Point[];
  /** Of the points, how many are to be seen, from 0 to 1, and the greatest zoom for that. */
  share?: number;
  most?: number;
  /** Whether finer outlines are fetched wherever they help; else only once the reader looks closer. */
  fine?: boolean;
};

export type Sight = ReturnType<typeof sight>;

/** sight keeps what is seen: call it while a component is made. */
export function sight({ at, points, share, most, fine = false }: Options) {
  let width = $state(820);
  const height = $derived(Math.round(Math.min(560, Math.max(340, width * 0.62))));
  let world = $state.raw<Country[]>([]);
  let finer = $state.raw<Country[]>([]);
  let failed = $state('');

  $effect(() => {
    countries(false).then((list) => (world = list), (error: unknown) => (failed = String(error)));
  });

  // Where the reader chose nothing, the map goes to where things are, and stays while most of them are in sight.
  let last: Place | null = null;
  const best = () => (points().length ? around(points(), width, height, share, most) : whole);
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
    if (detailed && !finer.length) countries(true).then((list) => (finer = list), () => {}); // the coarse outlines stay
  });

  const flat = $derived(projection(place, width, height));
  const lands = $derived(detailed && finer.length ? finer : world);
  const outlines = $derived.by(() => {
    const path = pathOf(flat);
    return lands.map((country) => ({ country, d: path(country) ?? '' })).filter((o) => o.d);
  });

  /** The names of the countries that take up room, the largest first. */
  const names = $derived.by((): Label[] => {
    const path = pathOf(flat);
    const sized = outlines.map(({ country }) => ({ country, area: path.area(country) })).filter(({ area }) => area > 900);
    return sized.sort((a, b) => b.area - a.area).slice(0, 40).map(({ country }) => {
      const [x, y] = path.centroid(country);
      return { x, y, text: countryName(country, language.now), anchor: 'middle', letter: 6.2, country: true };
    });
  });

  return {
    get width() { return width; },
    set width(to: number) { width = to; },
    get height() { return height; },
    get failed() { return failed; },
    /** The coarse outlines of all countries, once they are there. */
    get world() { return world; },
    /** The outlines that are drawn. */
    get lands() { return lands; },
    get outlines() { return outlines; },
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
