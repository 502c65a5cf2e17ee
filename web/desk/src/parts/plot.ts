// What charts on a canvas (uPlot) have in common.

import type { Language } from '../words/table';

export const seconds = 86_400; // of a day: uPlot counts time in seconds

/** colourOf is what a variable of the style sheet is now, light or dark, by an element that is not shown. */
export function colourOf(probe: HTMLElement | undefined, variable: string): string {
  if (!probe) return '';
  probe.style.color = `var(${variable})`;
  return getComputedStyle(probe).color;
}

/** sayTicks writes ticks of time as a step between them asks for: years, months, days. */
export function sayTicks(splits: number[], step: number, language: Language): string[] {
  const options: Intl.DateTimeFormatOptions = step >= 360 * seconds ? { year: 'numeric' } : step >= 27 * seconds ? { month: 'short', year: 'numeric' } : { day: 'numeric', month: 'short' };
  const format = new Intl.DateTimeFormat(language === 'nl' ? 'nl-NL' : 'en-GB', { ...options, timeZone: 'UTC' });
  return splits.map((x) => format.format(new Date(x * 1000)));
}

/** whenScheme calls back when the system turns light or dark, or the page goes to paper, which is light; it returns how to stop. */
export function whenScheme(again: () => void): () => void {
  const queries = [matchMedia('(prefers-color-scheme: dark)'), matchMedia('print')];
  for (const q of queries) q.addEventListener('change', again);
  return () => queries.forEach((q) => q.removeEventListener('change', again));
}
