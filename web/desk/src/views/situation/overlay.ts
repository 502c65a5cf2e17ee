// The analyst's own GeoJSON over the map. It is read in the browser, made small
// enough to draw, and kept in this browser; it is sent nowhere.

import type { Feature, Geometry } from 'geojson';
import { mostBytes, type Read } from './geojson';

export type Shape = Feature<Geometry, { title: string }>;
export type Overlay = { name: string; shapes: Shape[]; positions: number; kept: number };

const key = 'situation.overlay';

/** What is wrong with a file, as words of the page with what fills them in. */
export class Refused extends Error {
  constructor(
    readonly word: string,
    readonly slots: { [name: string]: string | number } = {},
  ) {
    super(word);
  }
}

/** readOverlay reads a file in a worker, so that the page goes on meanwhile. It throws Refused. */
export async function readOverlay(file: File): Promise<Overlay> {
  if (file.size > mostBytes) throw new Refused('situation.overlay.large', { mb: Math.ceil(file.size / 1e6), most: mostBytes / 1e6 });
  const worker = new Worker(new URL('./overlay.worker.ts', import.meta.url), { type: 'module' });
  try {
    const read = await new Promise<Read>((resolve, reject) => {
      worker.onmessage = (event: MessageEvent<Read>) => resolve(event.data);
      worker.onerror = () => reject(new Refused('situation.overlay.broken', { what: '' }));
      worker.postMessage(file);
    });
    if ('problem' in read) throw new Refused(read.problem, read.slots);
    return { name: file.name, ...read };
  } finally {
    worker.terminate();
  }
}

export function keptOverlay(): Overlay | null {
  try {
    return JSON.parse(localStorage.getItem(key) ?? 'null') as Overlay | null;
  } catch {
    return null;
  }
}

/** keepOverlay tells whether the browser kept it; one that is too large for that stays until the page is left. */
export function keepOverlay(overlay: Overlay | null): boolean {
  try {
    if (overlay) localStorage.setItem(key, JSON.stringify(overlay));
    else localStorage.removeItem(key);
    return true;
  } catch {
    try {
      localStorage.removeItem(key);
    } catch {
      // A browser that keeps nothing has nothing to forget.
    }
    return false;
  }
}
