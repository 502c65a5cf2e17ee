import { type Asked, asked } from './asked.svelte';
import { askPage } from './ledger';

/** A list that comes in pages: as far as it is there, and how to fetch more of it. */
export type Pages<T> = Asked<T[]> & { more: () => Promise<void>; fetching: boolean; /** why the last fetching failed, else empty */ failed: string };

/**
 * inPages is asked of a list that comes in pages; where gives the address of the
 * page after another, the first after nothing. Call it while a component is made.
 */
export function inPages<T>(where: (after: string) => string): Pages<T> {
  const first = asked<T[]>(() => where(''));
  // Further pages belong to the first page that they follow: an answer to another question drops them.
  let further = $state.raw<{ of: T[] | null; list: T[]; next: string }>({ of: null, list: [], next: '' });
  let fetching = $state(false);
  let failed = $state('');
  const follows = $derived(first.value !== null && further.of === first.value);
  const value = $derived(first.value && follows ? [...first.value, ...further.list] : first.value);
  const next = $derived(follows ? further.next : first.next);

  async function more() {
    const [of, before] = [first.value, follows ? further.list : []];
    fetching = true;
    failed = '';
    try {
      const { page, next: after } = await askPage<T[]>(where(next));
      further = { of, list: [...before, ...page], next: after };
    } catch (error) {
      failed = error instanceof Error ? error.message : String(error);
    } finally {
      fetching = false;
    }
  }

  return {
    get value() {
      return value;
    },
    get next() {
      return next;
    },
    get problem() {
      return first.problem;
    },
    get busy() {
      return first.busy;
    },
    again: first.again,
    more,
    get fetching() {
      return fetching;
    },
    get failed() {
      return failed;
    },
  };
}
