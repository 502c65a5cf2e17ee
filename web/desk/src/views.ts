import type { Component } from 'svelte';

/** A view of the desk: where it stands in the address, and its code, which is fetched when it is first shown. */
export type View = {
  path: string; // a last part after it is given to the view as id
  key: string; // of words: what it is called
  load: () => Promise<{ default: Component<{ id: string }> }>;
  hidden?: boolean; // not among the sections
};

const load = (view: Promise<{ default: unknown }>) => view as Promise<{ default: Component<{ id: string }> }>;

export const views: View[] = [
  { path: '/situation', key: 'situation', load: () => load(import('./views/Situation.svelte')) },
  { path: '/articles', key: 'articles', load: () => load(import('./views/Articles.svelte')) },
  { path: '/timeline', key: 'timeline', load: () => load(import('./views/Timeline.svelte')) },
  { path: '/actor', key: 'actor', load: () => load(import('./views/Actor.svelte')) },
  { path: '/pair', key: 'pair', load: () => load(import('./views/Pair.svelte')) },
  { path: '/network', key: 'network', load: () => load(import('./views/Network.svelte')) },
  { path: '/commitments', key: 'commitments', load: () => load(import('./views/Commitments.svelte')) },
  { path: '/contradictions', key: 'contradictions', load: () => load(import('./views/Contradictions.svelte')) },
  { path: '/numbers', key: 'numbers', load: () => load(import('./views/Numbers.svelte')) },
  { path: '/brief', key: 'brief', load: () => load(import('./views/Brief.svelte')) },
  { path: '/foresee', key: 'foresee', load: () => load(import('./views/Foresee.svelte')) },
  { path: '/alerts', key: 'alerts', load: () => load(import('./views/Alerts.svelte')) },
  { path: '/sources', key: 'sources', load: () => load(import('./views/Sources.svelte')) },
  { path: '/review', key: 'review', load: () => load(import('./views/Review.svelte')) },
  { path: '/import', key: 'import', load: () => load(import('./views/Import.svelte')) },
  { path: '/article', key: 'article', load: () => load(import('./views/Reader.svelte')), hidden: true },
  { path: '/find', key: 'search', load: () => load(import('./views/Find.svelte')), hidden: true },
];

const foremost = ['/situation', '/timeline', '/actor', '/network', '/commitments', '/contradictions', '/numbers'];

/** sections are the views that the head names; the rest are in a menu behind them. */
export const sections = views.filter((v) => !v.hidden && foremost.includes(v.path));
export const rest = views.filter((v) => !v.hidden && !foremost.includes(v.path));

/** home is what the address / shows. */
export const home = '/situation';

/** viewAt finds the view of a path, and what of it is the view's own. */
export function viewAt(path: string): { view: View; id: string } | null {
  const asked = path === '/' ? home : path;
  const view = views.find((v) => asked === v.path || asked.startsWith(`${v.path}/`));
  if (!view) return null;
  const rest = asked.slice(view.path.length + 1);
  try {
    return { view, id: decodeURIComponent(rest) };
  } catch {
    return { view, id: rest };
  }
}
