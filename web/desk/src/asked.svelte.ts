import { ask } from './ledger';

/** An answer that is on its way, there, or refused. */
export type Asked<T> = { value: T | null; problem: string | null; busy: boolean; again: () => void };

/**
 * asked asks the API whenever the address changes, and drops the answer to a
 * question that was replaced. An empty address asks nothing. Call it while a
 * component is made.
 */
export function asked<T>(where: () => string): Asked<T> {
  let round = $state(0);
  const state = $state<{ value: T | null; problem: string | null; busy: boolean }>({ value: null, problem: null, busy: false });
  $effect(() => {
    const from = where();
    void round;
    if (!from) return;
    const gone = new AbortController();
    state.busy = true;
    state.problem = null;
    ask<T>(from, gone.signal).then(
      (value) => {
        if (gone.signal.aborted) return;
        state.value = value;
        state.busy = false;
      },
      (error: unknown) => {
        if (gone.signal.aborted) return;
        state.value = null;
        state.problem = error instanceof Error ? error.message : String(error);
        state.busy = false;
      },
    );
    return () => gone.abort();
  });
  return {
    get value() {
      return state.value;
    },
    get problem() {
      return state.problem;
    },
    get busy() {
      return state.busy;
    },
    again: () => round++,
  };
}
