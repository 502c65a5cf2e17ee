import type { Record } from '../ledger';
import { type Say, sayNumber } from './dates';
import type { Language, Table } from './table';

/** A stretch of a sentence; actor is the id of whom it names. */
export type Part = { text: string; actor?: string };

/** What a sentence is made with: the templates of records.tsv, which names are plurals, the names, and the texts of the page. */
export type Speech = { language: Language; records: Table; plurals: Table; name: (id: string) => string; say: Say };

type Slots = { [name: string]: string[] };

/** plain says what a record says, as a sentence of the chosen language without a full stop. */
export function plain(record: Record, speech: Speech): Part[] {
  return capital(joined(parts(record, speech)));
}

export function plainText(record: Record, speech: Speech): string {
  return plain(record, speech)
    .map((p) => p.text)
    .join('');
}

function parts(record: Record, speech: Speech): Part[] {
  const fill = (keys: string[], slots: Slots) => {
    const [subject = []] = Object.values(slots); // each kind names its subject first
    return fillIn(template(keys, speech), slots, isPlural(subject, speech), speech);
  };
  switch (record.kind) {
    case 'event': {
      const mutual = isMutual(record.source, record.target);
      const target = record.target.filter((id) => !record.source.includes(id));
      const names = [`event.${record.type}.${record.mode ?? ''}`, `event.${record.type}`];
      const keys = mutual ? names.flatMap((n) => [`${n}.mutual`, n]) : names;
      return fill(keys, { source: record.source, target });
    }
    case 'claim':
      return fill([`claim.${record.act}`], { speaker: [record.speaker], about: record.about });
    case 'relation':
      return fill([`relation.${record.type}.${record.change}`], { from: [record.from], to: [record.to] });
    case 'commitment': {
      const bond = fill([`commitment.${record.state}`], { debtor: [record.debtor], beneficiary: [record.beneficiary] });
      const basis = speech.records.get(`basis.${record.basis}`)?.[speech.language];
      return basis ? [...bond, { text: ` (${basis})` }] : bond;
    }
    case 'flow': {
      const way = fill([`flow.${record.cause}`], { group: [record.group], origin: some(record.origin), destination: some(record.destination) });
      const many = sayBounds(record.low, record.high, false, speech);
      return many ? [...way, { text: ` (${many})` }] : way;
    }
    case 'figure': {
      const unit = speech.records.get(`unit.${record.unit}`)?.[speech.language] ?? record.unit;
      const counted = record.of && record.of.toLowerCase() !== unit ? ` (${record.of})` : '';
      return [{ text: `${sayBounds(record.low, record.high, record.approx, speech)} ${unit}${counted}` }];
    }
  }
}

function isPlural(subject: string[], { plurals, language }: Speech): boolean {
  const [id = ''] = subject;
  const number = plurals.get(id) ?? plurals.get(id.split('/').at(-1) ?? '');
  return subject.length > 1 || number?.[language] === 'plural';
}

function some(id: string | null): string[] {
  return id ? [id] : [];
}

/** isMutual tells whether both sides are source and target, as in a fight or a deal. */
function isMutual(source: string[], target: string[]): boolean {
  return source.length > 1 && source.length === target.length && source.every((id) => target.includes(id));
}

function template(keys: string[], speech: Speech): string {
  for (const key of keys) {
    const line = speech.records.get(key);
    if (line) return line[speech.language];
  }
  return keys.at(-1) ?? '';
}

/** sayBounds writes a number with its bounds: ten minste 1.600; 20 tot 99; ongeveer 140. */
export function sayBounds(low: number | null, high: number | null, approx: boolean, { language, say }: Speech): string {
  const n = (x: number) => sayNumber(x, language);
  if (low === null && high === null) return '';
  if (low === null) return say('number.to', { n: n(high as number) });
  if (high === null) return say('number.from', { n: n(low) });
  const both = low === high ? n(low) : say('number.range', { low: n(low), high: n(high) });
  return approx ? say('number.about', { n: both }) : both;
}

const piece = /<([^<>]*)>|\[([^|\]]*)\|([^\]]*)\]|\{(\w+)\}|[^<[{]+/g;

/** fillIn fills a line of records.tsv; see the head of that file for the signs. */
function fillIn(line: string, slots: Slots, several: boolean, speech: Speech): Part[] {
  const out: Part[] = [];
  for (const [text, optional, one, many, slot] of line.matchAll(piece)) {
    if (optional !== undefined) {
      const needed = [...optional.matchAll(/\{(\w+)\}/g)].map((m) => m[1] ?? '');
      if (needed.every((name) => slots[name]?.length)) out.push(...fillIn(optional, slots, several, speech));
    } else if (one !== undefined) out.push({ text: (several ? many : one) ?? '' });
    else if (slot !== undefined) out.push(...list(slots[slot] ?? [], speech));
    else out.push({ text });
  }
  return out;
}

/** list names actors: A, B en C. */
function list(ids: string[], { name, say }: Speech): Part[] {
  return ids.flatMap((id, i) => {
    const before = i === 0 ? '' : i === ids.length - 1 ? ` ${say('and')} ` : ', ';
    const named = { text: name(id), actor: id };
    return before ? [{ text: before }, named] : [named];
  });
}

/** joined puts neighbouring stretches that name nobody together. */
function joined(list: Part[]): Part[] {
  const out: Part[] = [];
  for (const part of list) {
    const last = out.at(-1);
    if (last && !last.actor && !part.actor) last.text += part.text;
    else out.push({ ...part });
  }
  return out;
}

function capital(list: Part[]): Part[] {
  const first = list[0];
  if (first) first.text = first.text.slice(0, 1).toUpperCase() + first.text.slice(1);
  return list;
}
