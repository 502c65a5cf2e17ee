import words from './problems.tsv?raw';

// What the reader of files says, in Dutch: whole sentences, or with something in them.

type Saying = { form: RegExp; names: string[]; nl: string };

const sayings: Saying[] = words
  .split('\n')
  .filter((line) => line.trim() && !line.startsWith('#'))
  .slice(1)
  .map((line) => {
    const [en = '', nl = ''] = line.split('\t');
    if (!en || !nl) throw new Error(`a problem without two columns: ${line}`);
    const names: string[] = [];
    const form = en.replace(/[.*+?^$()|[\]\\]/g, '\\$&').replace(/\{([a-z]+)\}/g, (_, name: string) => (names.push(name), '(.+?)'));
    return { form: new RegExp(`^${form.replaceAll('{"', '\\{"').replaceAll('"}', '"\\}')}$`), names, nl };
  });

/** problemInDutch is what a problem, an advice or a remark is in Dutch; itself where nobody has put it into Dutch. */
export function problemInDutch(text: string): string {
  for (const { form, names, nl } of sayings) {
    const found = form.exec(text);
    if (found) return names.reduce((said, name, i) => said.replaceAll(`{${name}}`, () => problemInDutch(found[i + 1] ?? '')), nl);
  }
  return text;
}

/** hasDutch tells whether a text is there in Dutch. */
export const hasDutch = (text: string) => sayings.some(({ form }) => form.test(text));
