import { describe, expect, it } from 'vitest';
import { actorsOf, amended, changed, fieldsOf, replaced, valuesOf } from './amend';
import type { Record } from './ledger';

const common = { article: 'a', quote: 'q', start: 0, end: 1, by: null, status: 'happened', when: { from: '2021-07-01', to: '2021-07-31', precision: 'month' }, where: ['tjk'] };
const seized = { ...common, kind: 'event', type: 'COERCE', mode: 'seize', source: ['taliban'], target: ['afg'] } as unknown as Record;
const said = { ...common, kind: 'claim', by: 'taliban', by_as: 'een woordvoerder', speaker: 'taliban', act: 'say', quoted: false, about: [] } as unknown as Record;
const fled = { ...common, kind: 'flow', by: 'tjk', by_as: 'de grenswacht', group: 'afg/mil', origin: 'afg', destination: 'tjk', low: 1000, high: null, cause: 'conflict' } as unknown as Record;

/** form changes a record as the form does. */
function form(record: Record, change: { [name: string]: string | string[] }, stands = record): Record {
  const fields = fieldsOf(record, [], ['seize', 'expel']);
  const before = valuesOf(record, fields);
  return amended(stands, fields, before, { ...before, ...change });
}

describe('amending a record', () => {
  it('leaves a record as it is where nothing was changed', () => {
    for (const record of [seized, said, fled]) expect(form(record, {})).toEqual(record);
  });

  it('changes what was changed', () => {
    expect(form(seized, { status: 'denied', type: 'ASSAULT', mode: '', target: ['afg/mil', 'afg/civ'], where: 'Kunduz; afg' })).toEqual({
      ...seized,
      status: 'denied',
      type: 'ASSAULT',
      mode: undefined,
      target: ['afg/mil', 'afg/civ'],
      where: ['Kunduz', 'afg'],
    });
    expect(form(fled, { low: '1600', high: '2000', origin: [], by: [] })).toEqual({ ...fled, low: 1600, high: 2000, origin: null, by: null, by_as: undefined });
  });

  it('knows days only once a day was typed', () => {
    expect(form(seized, { 'when.from': '2021-07-03', 'when.to': '2021-07-03' }).when).toEqual({ from: '2021-07-03', to: '2021-07-03', precision: 'day' });
    expect(form(seized, { 'when.from': '', 'when.to': '' }).when).toEqual({ from: null, to: null, precision: 'unknown' });
  });

  it('has who speaks assert it too', () => {
    expect(form(said, { speaker: ['afg'] })).toMatchObject({ speaker: 'afg', by: 'afg' });
  });

  it('keeps what somebody else amended meanwhile', () => {
    const stands = { ...seized, target: ['afg/mil'], review: 'amended' } as unknown as Record;
    expect(form(seized, { status: 'denied' }, stands)).toMatchObject({ status: 'denied', target: ['afg/mil'] });
  });

  it('tells what was changed', () => {
    expect(changed({ a: 'x', b: ['y'] }, { a: 'x', b: ['y', 'z'] })).toEqual(['b']);
  });
});

describe('another actor', () => {
  it('takes the place of one, in every part of the record', () => {
    expect(replaced(said, 'taliban', 'taliban/mil')).toMatchObject({ speaker: 'taliban/mil', by: 'taliban/mil' });
    expect(replaced(seized, 'afg', 'taliban')).toMatchObject({ source: ['taliban'], target: ['taliban'] });
    expect(actorsOf(fled)).toEqual(['tjk', 'afg/mil', 'afg']);
  });
});
