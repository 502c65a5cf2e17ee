import { address } from './ledger';
import { go, route } from './route.svelte';

// The two clocks of every view: what is true on a day, as it was known on a
// day. They stand in the address, so that a view can be sent to somebody.

export type Parameters = { [name: string]: string | number | undefined | null };

export const clocks = {
  /** The day that the picture is of, as 2021-07-05; empty is the end of time. */
  get asOf(): string {
    return day(route.query.get('as_of'));
  },
  /** The day by whose end something had to be known; empty is all that is known now. */
  get known(): string {
    return day(route.query.get('known'));
  },
  /** Both at their ends: nothing is left out. */
  get open(): boolean {
    return !this.asOf && !this.known;
  },
};

function day(text: string | null): string {
  return text && /^\d{4}-\d{2}-\d{2}$/.test(text) ? text : '';
}

/** asking is the address of a question to the API, as the clocks stand. */
export function asking(path: string, parameters: Parameters = {}): string {
  return address(path, { as_of: clocks.asOf, known: clocks.known, ...parameters });
}

/** to is the address of a view that keeps the clocks. Reading it in a template makes the link follow them. */
export function to(path: string, parameters: Parameters = {}): string {
  return address(path, { ...parameters, as_of: clocks.asOf, known: clocks.known });
}

/** setClocks moves the clocks of the view that is shown. While a handle is dragged it takes no step in the history. */
export function setClocks(at: { asOf?: string; known?: string }, options: { replace?: boolean } = {}) {
  const query = new URLSearchParams(route.query);
  for (const [name, value] of [['as_of', at.asOf], ['known', at.known]] as const) {
    if (value === undefined) continue;
    if (value) query.set(name, value);
    else query.delete(name);
  }
  const text = query.toString();
  go(text ? `${route.path}?${text}` : route.path, options);
}
