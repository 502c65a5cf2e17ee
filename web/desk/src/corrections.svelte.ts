import { arrivals } from './arrivals.svelte';
import { address, type Answer, ask, type Entry, type Record } from './ledger';

// What analysts say of records, as the desk says it and hears it.

/** A record as it reads in some version; gone tells why it is not in the answers any more. */
export type Version = Entry & {
  review?: 'accepted' | 'amended';
  correction?: number; // by which it came to read so; none is the reader's own
  recorded?: string;
  superseded?: string;
  gone?: 'rejected' | 'replaced';
};

export type Correction = {
  number: number;
  action: string;
  author: string;
  reason: string;
  recorded: string;
  record?: string;
  records?: string[];
  others?: string[];
  about?: string;
  amended?: Record;
  actor?: string;
  names?: string[];
  into?: string;
  source?: string;
  reliability?: string;
  undoes?: number;
  undone?: number; // the number of the correction by which it is taken back
};

/** What is sent: what the ledger gives is left out. */
export type Saying = Omit<Partial<Correction>, 'number' | 'author' | 'recorded' | 'undone'> & { action: string; seen?: number };

/** How one record stands: what was said of it, its versions, and the one to show. Seen is the number of the last that was said. */
export type Standing = { corrections: Correction[]; versions: Version[]; shown: Version; seen: number };

/** The API's no, with its one line for a person. */
export class Refused extends Error {
  constructor(
    message: string,
    readonly status: number,
  ) {
    super(message);
  }

  /** Somebody else was first. */
  get conflict(): boolean {
    return this.status === 409;
  }
}

let rounds = $state(0);

/** How many corrections were made here: lists of them ask anew when it grows. */
export const made = {
  get count(): number {
    return rounds;
  },
};

/** correct says something under the analyst's name; it throws Refused. */
export async function correct(saying: Saying): Promise<Correction> {
  const response = await fetch('/api/corrections', { method: 'POST', headers: { accept: 'application/json', 'content-type': 'application/json' }, body: JSON.stringify({ ...saying, author: analyst.name.trim() }) });
  const answer = (await response.json().catch(() => ({}))) as Correction & { detail?: string; errors?: { location: string; message: string }[] };
  if (!response.ok) throw new Refused(answer.errors?.map((e) => `${e.location}: ${e.message}`).join('; ') ?? answer.detail ?? `${response.status} ${response.statusText}`, response.status);
  rounds++;
  arrivals.own({ correction: answer.number });
  return answer;
}

/**
 * standing asks how a record stands. What was said of it is asked first: what is
 * said in between is then a conflict, and never overlooked.
 */
export async function standing(id: string, signal?: AbortSignal): Promise<Standing> {
  const corrections = await ask<Correction[]>(address('/api/corrections', { subject: id }), signal);
  const versions = await ask<Version[]>(`/api/records/${id}/history`, signal);
  const last = versions.at(-1);
  if (!last) throw new Error(id);
  const rejected = corrections.some((c) => c.action === 'reject' && c.record === id && !c.undone);
  const now = versions.find((v) => !v.superseded);
  return { corrections, versions, shown: now ?? { ...last, gone: rejected ? 'rejected' : 'replaced' }, seen: corrections.at(-1)?.number ?? 0 };
}

/** recordsOf lists the records that a correction names. */
export function recordsOf(c: Correction): string[] {
  return c.record ? [c.record] : [...(c.records ?? []), ...(c.others ?? [])];
}

/** resolve finds the id of whom somebody typed, by name or id; it throws with what the API says of it, as whom it may be. */
export async function resolve(typed: string): Promise<string> {
  const answer = await ask<Answer>(address('/api/timeline', { actor: typed, limit: 1 }));
  return answer.actor?.id ?? typed;
}

/** remembered is a text that the browser keeps; where it keeps nothing, the page does while it is open. */
function remembered(key: string, first: string) {
  let now = $state(first);
  try {
    now = localStorage.getItem(key) ?? first;
  } catch {
    // A browser that keeps nothing asks again next time.
  }
  return {
    get now(): string {
      return now;
    },
    set now(to: string) {
      now = to;
      try {
        localStorage.setItem(key, to);
      } catch {
        // As above.
      }
    },
  };
}

const called = remembered('analyst', '');

/** The name under which the person at this browser corrects; empty until they were asked. */
export const analyst = {
  get name(): string {
    return called.now;
  },
  set name(to: string) {
    called.now = to;
  },
};

const keys = remembered('keys', 'on');

/** Whether a letter alone does something: those who speak to their computer switch it off. */
export const shortcuts = {
  get on(): boolean {
    return keys.now === 'on';
  },
  set on(to: boolean) {
    keys.now = to ? 'on' : 'off';
  },
};

/** letter is the letter that was struck to do something, and empty while somebody types or it means another thing. */
export function letter(event: KeyboardEvent): string {
  const at = event.target as HTMLElement;
  if (!shortcuts.on || event.defaultPrevented || event.repeat || event.metaKey || event.ctrlKey || event.altKey) return '';
  if (at.closest('input:not([type="checkbox"]), select, textarea, [contenteditable]') || document.querySelector('dialog[open]')) return '';
  return event.key.length === 1 ? event.key.toLowerCase() : '';
}
