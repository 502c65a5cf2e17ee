// Reading GeoJSON (RFC 7946) that somebody else wrote: naming what is wrong with
// it, and thinning it out until it can be drawn while time moves.

import type { Feature, Geometry, Position } from 'geojson';

export const mostBytes = 50e6;
const mostPositions = 25_000;
const mostShapes = 20_000;

type Shape = Feature<Geometry, { title: string }>;
export type Read = { shapes: Shape[]; positions: number; kept: number } | { problem: string; slots?: { [name: string]: string | number } };

class Wrong extends Error {
  constructor(
    readonly word: string,
    readonly slots: { [name: string]: string | number } = {},
  ) {
    super(word);
  }
}

/** readGeoJSON reads a text, or tells what is wrong with it in words of the page. */
export function readGeoJSON(text: string): Read {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return { problem: 'situation.overlay.json', slots: { what: error instanceof Error ? error.message.slice(0, 120) : '' } };
  }
  try {
    const shapes = featuresOf(value).filter((s) => positionsOf(s.geometry) > 0);
    if (!shapes.length) return { problem: 'situation.overlay.empty' };
    const positions = shapes.reduce((n, s) => n + positionsOf(s.geometry), 0);
    const thin = thinned(shapes, positions);
    return { shapes: thin, positions, kept: thin.reduce((n, s) => n + positionsOf(s.geometry), 0) };
  } catch (error) {
    if (error instanceof Wrong) return { problem: error.word, slots: error.slots };
    throw error;
  }
}

function featuresOf(value: unknown): Shape[] {
  const top = value as { type?: unknown; features?: unknown; geometry?: unknown } | null;
  if (!top || typeof top !== 'object' || typeof top.type !== 'string') throw new Wrong('situation.overlay.notype');
  if (top.type === 'FeatureCollection') {
    if (!Array.isArray(top.features)) throw new Wrong('situation.overlay.nofeatures');
    return top.features.map((f: unknown, i) => featureOf(f, i + 1));
  }
  return [top.type === 'Feature' ? featureOf(top, 1) : { type: 'Feature', geometry: geometryOf(top, 1), properties: { title: '' } }];
}

function featureOf(value: unknown, number: number): Shape {
  const f = value as { type?: unknown; geometry?: unknown; properties?: { [name: string]: unknown } | null } | null;
  if (!f || typeof f !== 'object' || f.type !== 'Feature') throw new Wrong('situation.overlay.notfeature', { n: number });
  const geometry: Geometry = f.geometry === null || f.geometry === undefined ? { type: 'GeometryCollection', geometries: [] } : geometryOf(f.geometry, number);
  const named = ['name', 'NAME', 'Name', 'title', 'name_en', 'NAME_EN', 'shapeName', 'NAME_1', 'NAME_2', 'label', 'id'].map((k) => f.properties?.[k]);
  const title = named.find((x) => typeof x === 'string' && x) ?? '';
  return { type: 'Feature', geometry, properties: { title: String(title).slice(0, 120) } };
}

/** How deep the coordinates of each sort are nested. */
const depths: { [type: string]: number } = { Point: 0, MultiPoint: 1, LineString: 1, MultiLineString: 2, Polygon: 2, MultiPolygon: 3 };

function geometryOf(value: unknown, number: number): Geometry {
  const g = value as { type?: unknown; coordinates?: unknown; geometries?: unknown } | null;
  if (g?.type === 'GeometryCollection' && Array.isArray(g.geometries)) return { type: 'GeometryCollection', geometries: g.geometries.map((x: unknown) => geometryOf(x, number)) };
  const depth = depths[String(g?.type)];
  if (!g || depth === undefined) throw new Wrong('situation.overlay.sort', { n: number, type: String(g?.type).slice(0, 40) });
  return { type: g.type, coordinates: coordinates(g.coordinates, depth, number) } as Geometry;
}

function coordinates(value: unknown, depth: number, number: number): unknown {
  if (depth === 0) return position(value, number);
  if (!Array.isArray(value)) throw new Wrong('situation.overlay.coordinates', { n: number, what: JSON.stringify(value ?? null).slice(0, 40) });
  return value.map((v: unknown) => coordinates(v, depth - 1, number));
}

function position(value: unknown, number: number): Position {
  const [lon, lat] = Array.isArray(value) ? (value as unknown[]) : [];
  const fits = typeof lon === 'number' && typeof lat === 'number' && Math.abs(lon) <= 360 && Math.abs(lat) <= 90;
  if (!fits) throw new Wrong('situation.overlay.coordinates', { n: number, what: JSON.stringify(value ?? null).slice(0, 40) });
  return [Math.round(lon * 1e4) / 1e4, Math.round(lat * 1e4) / 1e4]; // about ten metres
}

function positionsOf(g: Geometry): number {
  switch (g.type) {
    case 'Point': return 1;
    case 'MultiPoint': case 'LineString': return g.coordinates.length;
    case 'MultiLineString': case 'Polygon': return g.coordinates.reduce((n, line) => n + line.length, 0);
    case 'MultiPolygon': return g.coordinates.reduce((n, p) => n + p.reduce((m, ring) => m + ring.length, 0), 0);
    case 'GeometryCollection': return g.geometries.reduce((n, x) => n + positionsOf(x), 0);
  }
}

/** thinned keeps positions that are far enough apart, ever farther until there are few enough. */
function thinned(shapes: Shape[], positions: number): Shape[] {
  let grid = 0;
  let out = shapes.map((s) => ({ ...s, geometry: coarse(s.geometry, 0) }));
  for (let left = positions; left > mostPositions && grid < 4; ) {
    grid = grid ? grid * 2 : 0.002;
    out = out.map((s) => ({ ...s, geometry: coarse(s.geometry, grid) })).filter((s) => positionsOf(s.geometry) > 0);
    left = out.reduce((n, s) => n + positionsOf(s.geometry), 0);
  }
  return out.slice(0, mostShapes);
}

function coarse(g: Geometry, grid: number): Geometry {
  switch (g.type) {
    case 'Point': return g;
    case 'MultiPoint': return { ...g, coordinates: g.coordinates.slice(0, mostPositions) };
    case 'LineString': return { ...g, coordinates: apart(g.coordinates, grid) };
    case 'MultiLineString': return { ...g, coordinates: g.coordinates.map((line) => apart(line, grid)) };
    case 'Polygon': return { ...g, coordinates: polygon(g.coordinates, grid) };
    case 'MultiPolygon': return { ...g, coordinates: g.coordinates.map((p) => polygon(p, grid)).filter((p) => p.length) };
    case 'GeometryCollection': return { ...g, geometries: g.geometries.map((x) => coarse(x, grid)) };
  }
}

function apart(line: Position[], grid: number): Position[] {
  if (!grid) return line;
  const out: Position[] = [];
  let last: Position | undefined;
  for (const [i, p] of line.entries()) {
    const far = !last || Math.abs((p[0] ?? 0) - (last[0] ?? 0)) >= grid || Math.abs((p[1] ?? 0) - (last[1] ?? 0)) >= grid;
    if (far || i === line.length - 1) out.push((last = p));
  }
  return out;
}

/** polygon thins the rings and turns them as d3-geo wants them: the outer one clockwise. Others draw all but the shape. */
function polygon(rings: Position[][], grid: number): Position[][] {
  const out: Position[][] = [];
  for (const [i, ring] of rings.entries()) {
    const thin = apart(ring, grid);
    if (thin.length < 4) {
      if (i === 0) return []; // too small to be seen
      continue;
    }
    const clockwise = thin.reduce((sum, p, j) => sum + (((thin[j + 1] ?? p)[0] ?? 0) - (p[0] ?? 0)) * (((thin[j + 1] ?? p)[1] ?? 0) + (p[1] ?? 0)), 0) > 0;
    out.push(clockwise === (i === 0) ? thin : thin.toReversed());
  }
  return out;
}
