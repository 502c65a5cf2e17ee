export type Language = 'nl' | 'en';
export const languages: Language[] = ['nl', 'en'];

/** A table of words: a key, and what it is in each language. */
export type Table = Map<string, { nl: string; en: string }>;

/** readTable reads tab-separated lines of key, Dutch and English; # starts a comment line and the first line is the header. */
export function readTable(text: string): Table {
  const table: Table = new Map();
  const lines = text.split('\n').filter((line) => line.trim() && !line.startsWith('#'));
  for (const line of lines.slice(1)) {
    const [key, nl, en] = line.split('\t');
    if (!key || !nl || !en) throw new Error(`a line of words without three columns: ${line}`);
    if (table.has(key)) throw new Error(`${key} is there twice`);
    table.set(key, { nl, en });
  }
  return table;
}
