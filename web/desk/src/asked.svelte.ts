import { arrivals } from './arrivals.svelte';
import { askPage } from './ledger';

/** An answer that is on its way, there, or refused. */
export type Asked<T> = { value: T | null; /** the after of the next page, where the answer is one of several */ next: string; problem: string | null; busy: boolean; again: () => void };

/**
 * asked asks the API whenever the address changes, and drops the answer to a
 * question that was replaced. An empty address asks nothing. Call it while a
 * component is made.
 */
export function asked<T>(where: () => string): Asked<T> {
  let round = $state(0);
  let value = $state.raw<T | null>(null);
  let next = $state('');
  let problem = $state<string | null>(null);
  let busy = $state(false);
  const address = $derived(where()); // that the page's address changed is no reason to ask the same again
  $effect(() => {
    const from = address;
    void round;
    void arrivals.round; // the reader wants what has come in
    if (!from) return;
    const gone = new AbortController();
    busy = true;
    problem = null;
    askPage<T>(from, gone.signal).then(
      (answer) => {
        if (gone.signal.aborted) return;
        value = answer.page;
        next = answer.next;
        busy = false;
      },
      (error: unknown) => {
        if (gone.signal.aborted) return;
        value = null;
        next = '';
        problem = error instanceof Error ? error.message : String(error);
        busy = false;
      },
    );
    return () => gone.abort();
  });
  return {
    get value() {
      return value;
    },
    get next() {
      return next;
    },
    get problem() {
      return problem;
    },
    get busy() {
      return busy;
    },
    again: () => round++,
  };
}
