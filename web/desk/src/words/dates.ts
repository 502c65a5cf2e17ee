import type { Period } from '../ledger';
import type { Language } from './table';

const locales = { nl: 'nl-NL', en: 'en-GB' };

/** Says a text of the page, as t does. */
export type Say = (key: string, slots?: { [name: string]: string }) => string;

const formats = new Map<Intl.DateTimeFormatOptions, { [language: string]: Intl.DateTimeFormat }>(); // making one takes long

function format(language: Language, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const made = formats.get(options) ?? {};
  formats.set(options, made);
  return (made[language] ??= new Intl.DateTimeFormat(locales[language], { timeZone: 'UTC', ...options }));
}

const day: Intl.DateTimeFormatOptions = { day: 'numeric', month: 'long', year: 'numeric' };
const month: Intl.DateTimeFormatOptions = { month: 'long', year: 'numeric' };
const year: Intl.DateTimeFormatOptions = { year: 'numeric' };

export function sayDay(date: string, language: Language): string {
  return format(language, day).format(new Date(date));
}

/** sayMonth writes 2021-07 as juli 2021. */
export function sayMonth(of: string, language: Language): string {
  return format(language, month).format(new Date(`${of.slice(0, 7)}-01`));
}

/** sayMoment writes a moment on the clock of whoever looks. */
export function sayMoment(at: string, language: Language): string {
  return new Intl.DateTimeFormat(locales[language], { dateStyle: 'medium', timeStyle: 'short' }).format(new Date(at));
}

/** sayPeriod writes a period as precisely as it is known: 5 juli 2021, juli 2021, zomer 2021, vanaf 5 juli 2021. */
export function sayPeriod(p: Period, language: Language, say: Say): string {
  const { from, to } = p;
  const one = (date: string) => sayOne(date, p.precision, language, say);
  if (from && to) {
    if (p.precision === 'week' && days(from, to) === 6) return say('when.week', { d: sayDay(from, language) });
    if (p.precision === 'season' && days(from, to) < 100) return one(from);
    return between(from, to, p.precision, language);
  }
  if (from) return say('when.since', { d: one(from) });
  if (to) return say('when.until', { d: one(to) });
  return say('when.unknown');
}

function days(from: string, to: string): number {
  return (Date.parse(to) - Date.parse(from)) / 86_400_000;
}

function sayOne(date: string, precision: Period['precision'], language: Language, say: Say): string {
  const at = new Date(date);
  if (precision === 'month') return format(language, month).format(at);
  if (precision === 'year') return format(language, year).format(at);
  if (precision === 'season') {
    const season = ['winter', 'spring', 'summer', 'autumn'][Math.floor(((at.getUTCMonth() + 1) % 12) / 3)];
    return `${say(`when.${season}`)} ${at.getUTCFullYear()}`;
  }
  return format(language, day).format(at);
}

/** between writes both ends, or the month or year that they are. */
function between(from: string, to: string, precision: Period['precision'], language: Language): string {
  const options = precision === 'month' ? month : precision === 'year' ? year : day;
  const [a, b] = [new Date(from), new Date(to)];
  if (from.endsWith('-01-01') && to === `${from.slice(0, 4)}-12-31`) return format(language, year).format(a);
  return format(language, options).formatRange(a, b);
}

const numbers: { [language: string]: Intl.NumberFormat } = {};

/** sayNumber writes 1600 as 1.600 or 1,600. */
export function sayNumber(n: number, language: Language): string {
  return (numbers[language] ??= new Intl.NumberFormat(locales[language], { maximumFractionDigits: 2 })).format(n);
}
