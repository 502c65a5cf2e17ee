import { asked } from './asked.svelte';
import { clocks } from './clocks.svelte';
import { dayNumber, dayText } from './days';
import type { Kind, Totals } from './ledger';
import { route } from './route.svelte';

// How far back a view looks: a large ledger has more commitments or numbers
// than anybody reads at once, or waits for.

/** The stretches that can be chosen, in days; 'all' is everything. */
export const stretches = ['30', '90', '365', 'all'] as const;

const readable = 3000; // of so many records a view shows all unless asked

/** lookingBack is the stretch that the address has as told, and from which day on that is. Call it while a component is made. */
export function lookingBack(of: Kind[]) {
  const totals = asked<Totals & { kinds?: { [kind: string]: number } }>(() => '/api/totals');
  const chosen = $derived.by(() => {
    const told = route.query.get('told') ?? '';
    if ((stretches as readonly string[]).includes(told)) return told;
    if (!totals.value) return '';
    return of.reduce((n, kind) => n + (totals.value?.kinds?.[kind] ?? 0), 0) > readable ? '30' : 'all';
  });
  return {
    totals,
    /** One of stretches; empty until it is known which. */
    get chosen(): string {
      return chosen;
    },
    /** The parameters of a question about what begins in that stretch. */
    get asks(): { [name: string]: string } {
      const last = clocks.asOf || totals.value?.last || '';
      if (chosen === 'all' || !chosen || !last) return {};
      return { from: dayText(dayNumber(last) - Number(chosen) + 1), starting: 'true' };
    },
  };
}
