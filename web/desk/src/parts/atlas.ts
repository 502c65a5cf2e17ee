// The world as outlines (Natural Earth, by world-atlas) and the projection that
// shows a part of it. Our own server gives the outlines; nothing else is asked.

import { type GeoPath, type GeoProjection, geoBounds, geoContains, geoNaturalEarth1, geoPath } from 'd3-geo';
import type { Feature, Geometry, MultiLineString } from 'geojson';
import { feature, mesh } from 'topojson-client';
import type { GeometryCollection, Topology } from 'topojson-specification';
import coarse from 'world-atlas/countries-110m.json?url';
import fine from 'world-atlas/countries-50m.json?url';

export type Country = Feature<Geometry, { name: string }>;
export type Point = { lon: number; lat: number };

/** From this zoom on the finer outlines are worth fetching (750 kB before compression). */
export const fineFrom = 3.2;
export const mostZoom = 80;

/** The outlines of all countries, and the border that two of them share: empty where they share none. */
export type Outlines = { lands: Country[]; border: (a: Country['id'], b: Country['id']) => MultiLineString };

/** outlines fetches them. The ids of countries are ISO 3166-1's numbers. */
export async function outlines(detailed: boolean): Promise<Outlines> {
  const response = await fetch(detailed ? fine : coarse);
  if (!response.ok) throw new Error(`${response.status} ${response.statusText}`);
  const world = (await response.json()) as Topology<{ countries: GeometryCollection<{ name: string }> }>;
  const all = world.objects.countries;
  return {
    lands: feature(world, all).features,
    border: (a, b) => mesh(world, all, (x, y) => x !== y && ((x.id === a && y.id === b) || (x.id === b && y.id === a))),
  };
}

/** countryName is what a language calls a country of the outlines: the browser knows it by its number. */
export function countryName(country: Country, language: string): string {
  const key = `${language} ${country.properties.name}`;
  let name = called.get(key);
  if (!name) called.set(key, (name = lookUp(country, language)));
  return name;
}

const called = new Map<string, string>(); // asking the browser takes long

function lookUp(country: Country, language: string): string {
  try {
    const region = new Intl.Locale(`und-${String(country.id).padStart(3, '0')}`).region ?? '';
    const name = /^[A-Z]{2}$/.test(region) ? new Intl.DisplayNames(language, { type: 'region' }).of(region) : undefined;
    return name ?? country.properties.name;
  } catch {
    return country.properties.name; // an outline without a number, as Kosovo's
  }
}

/** countryAt finds the country in which a spot lies. */
export function countryAt(world: Country[], { lon, lat }: Point): Country | undefined {
  return world.find((c) => {
    const [[west, south], [east, north]] = boundsOf(c);
    const beside = west <= east ? lon < west || lon > east : lon < west && lon > east;
    return !beside && lat >= south && lat <= north && geoContains(c, [lon, lat]);
  });
}

const bounds = new WeakMap<Country, [[number, number], [number, number]]>();

function boundsOf(country: Country) {
  let known = bounds.get(country);
  if (!known) bounds.set(country, (known = geoBounds(country)));
  return known;
}

/** A part of the world: the middle of it, in degrees, and how much larger than the whole world. */
export type Place = { lon: number; lat: number; zoom: number };
export const whole: Place = { lon: 15, lat: 12, zoom: 1 };

const fullWidth = 5.6; // of the projected world, at scale 1

export function projection(at: Place, width: number, height: number): GeoProjection {
  return geoNaturalEarth1()
    .rotate([-at.lon, 0])
    .center([0, at.lat])
    .scale((width / fullWidth) * at.zoom)
    .translate([width / 2, height / 2])
    .clipExtent([[-width / 2, -height / 2], [width * 1.5, height * 1.5]]); // more than is seen: it is dragged before it is drawn again
}

export function pathOf(p: GeoProjection): GeoPath {
  return geoPath(p).digits(1).pointRadius(3.5);
}

/**
 * around is the part of the world that holds most of the points, and is no
 * larger than so many times the whole, within so much of the map: the farthest fifth is left out unless a
 * share is said, so that one capital at the other end of the world does not
 * shrink the rest.
 */
export function around(points: Point[], width: number, height: number, share = 0.8, most = 7, fill = 0.62): Place {
  if (!points.length) return whole;
  const middle = (list: number[]) => list.toSorted((a, b) => a - b)[Math.floor(list.length / 2)] ?? 0;
  const [lon, lat] = [middle(points.map((p) => p.lon)), middle(points.map((p) => p.lat))];
  const far = (p: Point) => Math.hypot((p.lon - lon) * Math.cos((lat * Math.PI) / 180), p.lat - lat);
  const near = points.toSorted((a, b) => far(a) - far(b)).slice(0, Math.max(1, Math.ceil(points.length * share)));
  const flat = projection({ lon, lat, zoom: 1 }, width, height).clipExtent(null);
  const at = near.map((p): [number, number] => flat([p.lon, p.lat]) ?? [width / 2, height / 2]);
  const [left, right] = extent(at.map((p) => p[0]));
  const [top, bottom] = extent(at.map((p) => p[1]));
  const centre = flat.invert?.([(left + right) / 2, (top + bottom) / 2]) ?? [lon, lat];
  const zoom = Math.min((width * fill) / Math.max(right - left, 0.01), (height * fill) / Math.max(bottom - top, 0.01), most);
  return { lon: centre[0], lat: centre[1], zoom: Math.max(1, zoom) };
}

function extent(list: number[]): [number, number] {
  return [Math.min(...list), Math.max(...list)];
}

/** placeText and placeFrom write a part of the world in the address: 66.1,38.4,5.2. */
export function placeText({ lon, lat, zoom }: Place): string {
  return [lon.toFixed(2), lat.toFixed(2), zoom.toFixed(2)].join(',');
}

export function placeFrom(text: string): Place | null {
  const [lon, lat, zoom] = text.split(',').map(Number);
  const fits = [lon, lat, zoom].every((n) => n !== undefined && Number.isFinite(n));
  if (!fits || text.split(',').length !== 3) return null;
  return within({ lon: lon as number, lat: lat as number, zoom: zoom as number });
}

/** within keeps a place on the world. */
export function within({ lon, lat, zoom }: Place): Place {
  return { lon: ((((lon + 180) % 360) + 360) % 360) - 180, lat: Math.min(80, Math.max(-70, lat)), zoom: Math.min(mostZoom, Math.max(0.8, zoom)) };
}

/** An arc as an SVG path, with the middle of it. */
export type Arc = { d: string; x: number; y: number };

/** arc bows from one point of the page to another. */
export function arc([x1, y1]: [number, number], [x2, y2]: [number, number]): Arc {
  const length = Math.hypot(x2 - x1, y2 - y1) || 1;
  const bow = Math.min(60, 0.22 * length);
  const [cx, cy] = [(x1 + x2) / 2 + ((y2 - y1) / length) * bow, (y1 + y2) / 2 - ((x2 - x1) / length) * bow];
  return { d: `M${x1.toFixed(1)},${y1.toFixed(1)}Q${cx.toFixed(1)},${cy.toFixed(1)} ${x2.toFixed(1)},${y2.toFixed(1)}`, x: (x1 + x2) / 4 + cx / 2, y: (y1 + y2) / 4 + cy / 2 };
}

/** A name on the map, with the width of a letter of it. */
export type Label = { x: number; y: number; text: string; anchor: 'start' | 'middle' | 'end'; letter: number; country?: boolean; key?: string };
export type Box = [left: number, top: number, right: number, bottom: number];

/** spread keeps the labels that run into nothing that is taken and not into each other, the first before the last. */
export function spread(wanted: Label[], taken: Box[], width: number, height: number): Label[] {
  const full = [...taken];
  return wanted.filter((l) => {
    const wide = l.text.length * l.letter;
    const left = l.x - (l.anchor === 'middle' ? wide / 2 : l.anchor === 'end' ? wide : 0);
    const box: Box = [left, l.y - 10, left + wide, l.y + 3];
    if (box[0] < 2 || box[2] > width - 2 || box[1] < 2 || box[3] > height - 2) return false;
    if (full.some((o) => box[0] < o[2] && box[2] > o[0] && box[1] < o[3] && box[3] > o[1])) return false;
    full.push(box);
    return true;
  });
}
