import { describe, expect, it } from 'vitest';
import type { Record } from '../ledger';
import { sayPeriod } from './dates';
import { nameOf } from './names';
import { plainText, type Speech } from './plain';
import interfaceWords from './interface.tsv?raw';
import pluralWords from './plurals.tsv?raw';
import recordWords from './records.tsv?raw';
import sectorWords from './sectors.tsv?raw';
import { type Language, readTable, type Table } from './table';

const [records, plurals, sectors, page] = [recordWords, pluralWords, sectorWords, interfaceWords].map(readTable) as [Table, Table, Table, Table];
const names = {
  nl: { taliban: 'Taliban', afg: 'Afghanistan', tjk: 'Tadzjikistan', rus: 'Rusland', usa: 'Verenigde Staten' },
  en: { taliban: 'Taliban', afg: 'Afghanistan', tjk: 'Tajikistan', rus: 'Russia', usa: 'United States' },
};

function speech(language: Language): Speech {
  const say = (key: string, slots: { [name: string]: string | number } = {}) =>
    (page.get(key)?.[language] ?? key).replace(/\{(\w+)\}/g, (_, name: string) => String(slots[name]));
  return { language, records, plurals, name: (id) => nameOf(id, names[language], sectors, language), say: say as Speech['say'] };
}

const common = { article: 'a', quote: 'q', start: 0, end: 1, by: null, status: 'happened', when: { from: null, to: null, precision: 'unknown' }, where: [] } as const;
const says = (record: object, language: Language) => plainText({ ...common, ...record } as unknown as Record, speech(language));

describe('a record in plain words', () => {
  const cases: [object, string, string][] = [
    [{ kind: 'event', type: 'COERCE', mode: 'seize', source: ['taliban'], target: ['afg'] }, 'Taliban neemt in: Afghanistan', 'Taliban seizes: Afghanistan'],
    [{ kind: 'event', type: 'COERCE', mode: 'seize', source: ['taliban'], target: [] }, 'Taliban neemt in', 'Taliban seizes'],
    [{ kind: 'event', type: 'AID', source: ['rus', 'usa'], target: ['tjk'] }, 'Rusland en Verenigde Staten helpen Tadzjikistan', 'Russia and United States give aid to Tajikistan'],
    [{ kind: 'event', type: 'RETREAT', mode: 'ceasefire', source: ['rus', 'afg'], target: ['afg', 'rus'] }, 'Rusland en Afghanistan staken het vuren', 'Russia and Afghanistan cease fire'],
    [{ kind: 'event', type: 'ASSAULT', mode: 'unheard-of', source: ['rus', 'afg'], target: ['afg', 'rus'] }, 'Rusland en Afghanistan vechten met elkaar', 'Russia and Afghanistan fight each other'],
    [{ kind: 'claim', speaker: 'person/hamdullah-mohib', act: 'promise', quoted: false, about: [] }, 'Hamdullah Mohib belooft iets', 'Hamdullah Mohib promises something'],
    [{ kind: 'relation', type: 'recognises', from: 'rus', to: 'taliban', change: 'begins' }, 'Rusland erkent Taliban van nu af aan', 'Russia now recognises Taliban'],
    [{ kind: 'commitment', debtor: 'usa', beneficiary: 'taliban', state: 'broken', basis: 'deal' }, 'Verenigde Staten schenden wat aan Taliban is beloofd (afspraak)', 'United States breaks what was promised to Taliban (deal)'],
    [
      { kind: 'flow', group: 'afg/mil', origin: 'afg', destination: 'tjk', low: 1600, high: null, cause: 'conflict' },
      'Leger van Afghanistan vlucht uit Afghanistan naar Tadzjikistan (ten minste 1.600)',
      'Military of Afghanistan flees from Afghanistan to Tajikistan (at least 1,600)',
    ],
    [{ kind: 'flow', group: 'afg/civ', origin: null, destination: null, low: null, high: null, cause: 'unknown' }, 'Burgers van Afghanistan trekken weg', 'Civilians of Afghanistan move'],
    [{ kind: 'figure', low: 20, high: 99, unit: 'soldiers', of: 'dienstplichtigen', approx: false }, '20 tot 99 militairen (dienstplichtigen)', '20 to 99 soldiers (dienstplichtigen)'],
    [{ kind: 'figure', low: 140, high: 140, unit: 'districts', approx: true }, 'Ongeveer 140 districten', 'About 140 districts'],
    [{ kind: 'figure', low: null, high: 0.5, unit: 'parsecs', approx: false }, 'Ten hoogste 0,5 parsecs', 'At most 0.5 parsecs'],
  ];
  it.each(cases)('%j', (record, nl, en) => {
    expect(says(record, 'nl')).toBe(nl);
    expect(says(record, 'en')).toBe(en);
  });

  it('never takes a name for a sign of the template', () => {
    const hostile = { ...speech('en'), name: () => '"><img onerror=x> {target} [a|b]' };
    expect(plainText({ ...common, kind: 'event', type: 'AID', source: ['x'], target: [] } as unknown as Record, hostile)).toBe('"><img onerror=x> {target} [a|b] gives aid');
  });
});

describe('a period is written as precisely as it is known', () => {
  const cases: [string | null, string | null, string, string, string][] = [
    ['2021-07-05', '2021-07-05', 'day', '5 juli 2021', '5 July 2021'],
    ['2021-07-01', '2021-07-31', 'month', 'juli 2021', 'July 2021'],
    ['2021-06-28', '2021-07-04', 'week', 'week van 28 juni 2021', 'week of 28 June 2021'],
    ['2021-06-01', '2021-08-31', 'season', 'zomer 2021', 'summer 2021'],
    ['2021-01-01', '2021-12-31', 'year', '2021', '2021'],
    ['2021-07-05', null, 'day', 'vanaf 5 juli 2021', 'since 5 July 2021'],
    [null, '2021-07-31', 'month', 'tot en met juli 2021', 'until July 2021'],
    [null, null, 'unknown', 'tijd onbekend', 'time unknown'],
  ];
  it.each(cases)('%s %s %s', (from, to, precision, nl, en) => {
    const period = { from, to, precision } as Parameters<typeof sayPeriod>[0];
    expect(sayPeriod(period, 'nl', speech('nl').say)).toBe(nl);
    expect(sayPeriod(period, 'en', speech('en').say)).toBe(en);
  });
});

describe('a table of words', () => {
  it('refuses a line without three columns, and a key twice', () => {
    expect(() => readTable('key\tnl\ten\na\tb\n')).toThrow('three columns');
    expect(() => readTable('key\tnl\ten\na\tb\tc\na\tb\tc\n')).toThrow('twice');
  });
});
