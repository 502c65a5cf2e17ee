import interfaceWords from './interface.tsv?raw';
import pluralWords from './plurals.tsv?raw';
import recordWords from './records.tsv?raw';
import sectorWords from './sectors.tsv?raw';
import { type Language, readTable } from './table';

export const records = readTable(recordWords);
export const plurals = readTable(pluralWords);
export const sectors = readTable(sectorWords);

// Each view brings a table of words of its own.
const viewWords = import.meta.glob<string>('./views/*.tsv', { query: '?raw', import: 'default', eager: true });
const page = new Map([interfaceWords, ...Object.values(viewWords)].flatMap((words) => [...readTable(words)]));


function remembered(): Language {
  let chosen: string | null = null;
  try {
    chosen = localStorage.getItem('language');
  } catch {
    // A browser that keeps nothing still shows the page.
  }
  return (chosen ?? navigator.language).toLowerCase().startsWith('nl') ? 'nl' : 'en';
}

let current = $state<Language>(remembered());

export const language = {
  get now(): Language {
    return current;
  },
  set now(to: Language) {
    current = to;
    try {
      localStorage.setItem('language', to);
    } catch {
      // As above.
    }
  },
};

/** t is a text of the page in the chosen language, with its {slots} filled in. */
export function t(key: string, slots: { [name: string]: string | number } = {}): string {
  const text = page.get(key)?.[current] ?? key;
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => (name in slots ? String(slots[name]) : whole));
}

/** word is what a value of a record is called, such as status.happened; else the value itself. */
export function word(group: string, value: string): string {
  return records.get(`${group}.${value}`)?.[current] ?? value;
}
