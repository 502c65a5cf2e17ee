// What every view knows: the names of actors in the chosen language, and how
// to say things in it.

import { ask, type Period, type Record } from './ledger';
import { sayPeriod } from './words/dates';
import { nameOf, type Names } from './words/names';
import { type Part, plain, plainText, sayBounds, type Speech } from './words/plain';
import type { Language } from './words/table';
import { language, plurals, records, sectors, t } from './words/words.svelte';

const known = $state<{ nl: Names; en: Names }>({ nl: {}, en: {} });
const asked = new Set<Language>();

/** learnNames fetches the names of a language, once. Until they are there, and without them, ids are made readable. */
export async function learnNames(of: Language) {
  if (asked.has(of)) return;
  asked.add(of);
  try {
    known[of] = await ask<Names>(`/api/names/${of}`);
  } catch {
    asked.delete(of); // the next choice of language tries again
  }
}

/** namesLike lists actors of the reference data whose name in the chosen language has a word that begins so. */
export function namesLike(words: string, most: number): string[] {
  const wanted = fold(words);
  const out: string[] = [];
  for (const [id, called] of Object.entries(known[language.now])) {
    if (` ${fold(called)}`.includes(` ${wanted}`) && out.push(id) >= most) break;
  }
  return out;
}

function fold(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().trim();
}

export function name(id: string): string {
  return nameOf(id, known[language.now], sectors, language.now);
}

function speech(): Speech {
  return { language: language.now, records, plurals, name, say: t };
}

export function sentence(record: Record): Part[] {
  return plain(record, speech());
}

export function sentenceText(record: Record): string {
  return plainText(record, speech());
}

export function when(period: Period): string {
  return sayPeriod(period, language.now, t);
}

/** place is what a place is called: a name stands as the text has it, an id gets its name. */
export function place(where: string): string {
  return /^[a-z0-9/-]+$/.test(where) ? name(where) : where;
}

/** many writes how many persons a flow has; empty where nobody counted. */
export function many(low: number | null, high: number | null): string {
  return sayBounds(low, high, false, speech());
}
