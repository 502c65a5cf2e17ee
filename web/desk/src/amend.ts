// How a record is changed in a form: its fields as texts, and back.

import type { Kind, Record } from './ledger';

/** A field of a record in the form. Actors have at most so many ids. */
export type Field =
  | { name: string; sort: 'choice'; options: string[]; group: string } // group of words.tsv by which the options are said
  | { name: string; sort: 'day' | 'number' | 'text' }
  | { name: string; sort: 'actors'; most: number };

/** What stands in the form: for each field a text, for actors a list of them. */
export type Values = { [name: string]: string | string[] };

const statuses = ['happened', 'ongoing', 'planned', 'possible', 'conditional', 'denied'];
const changes = ['begins', 'holds', 'ends'];
const bases = ['treaty', 'deal', 'pledge', 'ultimatum', 'ceasefire', 'law'];
const mostActors = 20;

const choice = (name: string, options: string[], group: string): Field => ({ name, sort: 'choice', options, group });
const actors = (name: string, most = 1): Field => ({ name, sort: 'actors', most });
const plain = (sort: 'day' | 'number' | 'text', ...names: string[]): Field[] => names.map((name) => ({ name, sort }));

/** fieldsOf lists what of a record may be amended. Types are the sorts of its kind, modes those of an event's type. */
export function fieldsOf(record: Record, types: string[], modes: string[]): Field[] {
  const own: { [kind in Kind]: Field[] } = {
    event: [choice('type', types, 'type'), ...(modes.length ? [choice('mode', ['', ...modes], 'mode')] : []), actors('source', mostActors), actors('target', mostActors)],
    claim: [choice('act', types, 'type'), actors('speaker'), actors('about', mostActors)],
    figure: plain('number', 'low', 'high').concat(plain('text', 'unit', 'of')),
    relation: [choice('type', types, 'type'), choice('change', changes, 'change'), actors('from'), actors('to')],
    commitment: [choice('state', types, 'type'), choice('basis', bases, 'basis'), actors('debtor'), actors('beneficiary'), ...plain('text', 'duty', 'condition'), ...plain('day', 'deadline')],
    flow: [choice('cause', types, 'type'), actors('group'), actors('origin'), actors('destination'), ...plain('number', 'low', 'high')],
  };
  const by = record.by && !speaksItself(record) ? [actors('by')] : [];
  const [first, ...rest] = own[record.kind]; // of most kinds their sort
  return [choice('status', statuses, 'status'), ...(first ? [first] : []), ...plain('day', 'when.from', 'when.to'), ...rest, ...by, ...plain('text', 'where')];
}

/** speaksItself tells of a claim that who asserts it is its speaker: they change together. */
function speaksItself(record: Record): boolean {
  return record.kind === 'claim' && record.by === record.speaker;
}

/** valuesOf fills the form. */
export function valuesOf(record: Record, fields: Field[]): Values {
  const out: Values = {};
  for (const field of fields) {
    const value = get(record, field.name);
    if (field.sort === 'actors') out[field.name] = [value ?? []].flat().map(String);
    else out[field.name] = field.name === 'where' ? record.where.join('; ') : String(value ?? '');
  }
  return out;
}

function get(record: Record, name: string): unknown {
  if (name === 'when.from') return record.when.from;
  if (name === 'when.to') return record.when.to;
  return (record as unknown as { [name: string]: unknown })[name];
}

/** changed lists the fields in which the form differs from what it was. */
export function changed(before: Values, after: Values): string[] {
  return Object.keys(after).filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]));
}

/**
 * amended is a record with those fields changed that were changed in the form,
 * and all the rest as it stands: what somebody else amended meanwhile stays.
 */
export function amended(record: Record, fields: Field[], before: Values, after: Values): Record {
  const out = structuredClone(record) as unknown as { [name: string]: unknown } & Record;
  const names = changed(before, after);
  for (const field of fields) if (names.includes(field.name)) set(out, field, after[field.name] ?? '');
  if (names.some((name) => name.startsWith('when.'))) out.when.precision = out.when.from || out.when.to ? 'day' : 'unknown';
  if (names.includes('speaker') && speaksItself(record)) out.by = (out as unknown as { speaker: string }).speaker;
  if (names.includes('by') && !out.by) delete out.by_as;
  return out;
}

const mayBeNull = ['origin', 'destination', 'by', 'deadline', 'low', 'high'];
const mayBeMissing = ['mode', 'condition'];

function set(out: { [name: string]: unknown } & Record, field: Field, value: string | string[]) {
  const { name } = field;
  if (field.sort === 'actors') {
    const ids = [value].flat();
    out[name] = field.most > 1 ? ids : (ids[0] ?? (mayBeNull.includes(name) ? null : ''));
    return;
  }
  const text = String(value).trim();
  if (name === 'when.from') out.when.from = text || null;
  else if (name === 'when.to') out.when.to = text || null;
  else if (name === 'where') out.where = text.split(';').map((place) => place.trim()).filter(Boolean);
  else if (!text && mayBeMissing.includes(name)) delete out[name];
  else if (!text && mayBeNull.includes(name)) out[name] = null;
  else out[name] = field.sort === 'number' ? Number(text) : text;
}

/** replaced is a record with one actor in the place of another, and of nobody else. */
export function replaced(record: Record, actor: string, into: string): Record {
  const out = structuredClone(record) as unknown as { [name: string]: unknown };
  for (const name of ['by', 'speaker', 'from', 'to', 'debtor', 'beneficiary', 'group', 'origin', 'destination']) if (out[name] === actor) out[name] = into;
  for (const name of ['source', 'target', 'about']) {
    const ids = out[name];
    if (Array.isArray(ids)) out[name] = [...new Set(ids.map((id) => (id === actor ? into : id)))];
  }
  return out as unknown as Record;
}

/** actorsOf lists everybody that a record names, each once. */
export function actorsOf(record: Record): string[] {
  const ids = new Set<string>();
  if (record.by) ids.add(record.by);
  if (record.kind === 'event') [...record.source, ...record.target].forEach((id) => ids.add(id));
  if (record.kind === 'claim') [record.speaker, ...record.about].forEach((id) => ids.add(id));
  if (record.kind === 'relation') [record.from, record.to].forEach((id) => ids.add(id));
  if (record.kind === 'commitment') [record.debtor, record.beneficiary].forEach((id) => ids.add(id));
  if (record.kind === 'flow') [record.group, record.origin, record.destination].forEach((id) => id && ids.add(id));
  return [...ids];
}
