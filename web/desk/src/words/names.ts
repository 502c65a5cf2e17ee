import type { Language, Table } from './table';

/** The name of every actor that the reference data knows, by id. */
export type Names = { [id: string]: string };

/**
 * nameOf is what an actor is called: its name; or its part's word with the
 * name of the whole ("leger van Afghanistan"); or its id made readable.
 */
export function nameOf(id: string, names: Names, sectors: Table, language: Language): string {
  const name = Object.hasOwn(names, id) ? names[id] : undefined;
  if (name) return name;
  const parts = id.split('/');
  const last = parts.at(-1) ?? id;
  const part = sectors.get(last)?.[language];
  if (parts.length > 1 && part) return part.replace('{of}', nameOf(parts[0] ?? '', names, sectors, language));
  return readable(last);
}

/** readable writes hamdullah-mohib as Hamdullah Mohib. */
export function readable(word: string): string {
  return word
    .split('-')
    .map((w) => w.slice(0, 1).toUpperCase() + w.slice(1))
    .join(' ');
}
