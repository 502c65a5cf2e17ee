// What answers have in common that say of a thing how it is told, and on whose
// word it rests (package picture).

import type { Entry } from './ledger';

/** The Admiralty code: how reliable the sources are (A to F), and how far the thing can be believed (1 to 6). */
export type Grade = { reliability: string; credibility: number };

/** On whose word something rests: a speaker, or an outlet in its own voice. */
export type Origin = { id?: string; outlet?: string };

/** One thing as one or more articles tell it, the earliest first. */
export type Thing = { entries: Entry[]; origins: Origin[]; sure: number; likely?: string; grade?: Grade };
