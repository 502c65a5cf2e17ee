// What stands on the map, and how things that stand close together are taken together.

import type { Entry } from '../../ledger';
import type { GroundAnswer, Holding, MapAnswer, Spot, Territory } from './answers';

export type Layer = 'event' | 'flow' | 'force' | 'held';
export const layers: Layer[] = ['event', 'flow', 'force', 'held'];

/** One thing that the map and the list beside it show. */
export type Item = { key: string; layer: Layer; entries: Entry[]; spots: Spot[]; territory?: Territory };

/** itemsOf takes the records of the window and the ground of the day together. */
export function itemsOf(map: MapAnswer | null, ground: GroundAnswer | null): Item[] {
  const out: Item[] = [];
  for (const f of map?.features ?? []) {
    out.push({ key: f.id, layer: f.properties.record.kind === 'flow' ? 'flow' : 'event', entries: [f.properties], spots: f.spots ?? [] });
  }
  for (const f of ground?.features ?? []) {
    const { territory, deployment } = f.properties;
    if (deployment) out.push({ key: f.id, layer: 'force', entries: [...deployment.evidence, ...deployment.figures], spots: f.spots ?? [] });
    if (territory) out.push({ key: f.id, layer: 'held', entries: [...territory.claims, ...territory.contested].flatMap((h: Holding) => h.evidence.slice(0, 1)), spots: f.spots ?? [], territory });
  }
  return out;
}

export type Cluster = { x: number; y: number; items: Item[]; spots: Spot[] };

/** clustered takes points together that are nearer to each other than reach, those of the fullest places first. */
export function clustered(points: { item: Item; spot: Spot; x: number; y: number }[], reach: number): Cluster[] {
  const places = new Map<string, Cluster>();
  for (const p of points) {
    const there = places.get(p.spot.place);
    if (there) there.items.push(p.item);
    else places.set(p.spot.place, { x: p.x, y: p.y, items: [p.item], spots: [p.spot] });
  }
  const out: Cluster[] = [];
  for (const place of [...places.values()].sort((a, b) => b.items.length - a.items.length)) {
    const near = out.find((c) => Math.hypot(c.x - place.x, c.y - place.y) < reach);
    if (!near) {
      out.push(place);
      continue;
    }
    near.items.push(...place.items);
    near.spots.push(...place.spots);
  }
  return out.sort((a, b) => a.x - b.x);
}

export type Arc = { key: string; from: Spot; to: Spot; items: Item[] };

/** arcsOf takes the flows between the same two places together. */
export function arcsOf(items: Item[]): Arc[] {
  const out = new Map<string, Arc>();
  for (const item of items) {
    const [from, to] = item.spots;
    if (!from || !to) continue;
    const key = `${from.place} ${to.place}`;
    const there = out.get(key);
    if (there) there.items.push(item);
    else out.set(key, { key, from, to, items: [item] });
  }
  return [...out.values()];
}

/** claimantsOf lists who is said to hold places, those with the most places first. */
export function claimantsOf(items: Item[]): { id: string; places: number }[] {
  const counts = new Map<string, number>();
  for (const { territory } of items) {
    for (const id of new Set(territory?.claims.map((c) => c.from))) counts.set(id, (counts.get(id) ?? 0) + 1);
  }
  return [...counts].map(([id, places]) => ({ id, places })).sort((a, b) => b.places - a.places || a.id.localeCompare(b.id));
}
