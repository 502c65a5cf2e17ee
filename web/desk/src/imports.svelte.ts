import { arrivals } from './arrivals.svelte';
import { address } from './ledger';

// The files that are handed in: they go on while the reader looks at other views.

export type Outcome = 'new' | 'known' | 'reread' | 'failed';
export type Imported = {
  input: string;
  outcome: Outcome;
  article?: string;
  title?: string;
  read: boolean;
  records: number;
  copies?: string[];
  notes?: string[];
  problem?: string;
  detail?: string;
  advice?: string;
};
type Line = { event: 'waiting' | 'reading' | 'article' | 'end'; ahead?: number; stopped?: string } & Imported;

/** State is where a file is: here, on its way, before others, being read, or done with. */
export type State = 'here' | 'sending' | 'waiting' | 'reading' | 'done' | 'failed' | 'stopped';
export type Said = { date: string; publisher: string; language: string };

/** Handed is a file with what became of it so far. */
export class Handed {
  readonly number: number;
  readonly file: File;
  readonly said: Said;
  state = $state<State>('here');
  sent = $state(0); // of its bytes
  ahead = $state(0);
  rows = $state.raw<Imported[]>([]);
  problem = $state('');

  constructor(number: number, file: File, said: Said) {
    this.number = number;
    this.file = file;
    this.said = said;
  }

  get over(): boolean {
    return this.state === 'done' || this.state === 'failed' || this.state === 'stopped';
  }
}

let list = $state.raw<Handed[]>([]);
let current: XMLHttpRequest | null = null;
let numbered = 0;

export const imports = {
  get list(): Handed[] {
    return list;
  },
  get busy(): boolean {
    return list.some((h) => !h.over);
  },
  /** add hands files in; one that is larger than most bytes is refused with a reason and not sent. */
  add(files: File[], said: Said, most: number, tooLarge: string) {
    const idle = !imports.busy;
    const added = files.map((file) => new Handed(++numbered, file, said));
    for (const h of added.filter((h) => h.file.size > most)) {
      h.state = 'failed';
      h.problem = tooLarge;
    }
    list = [...list, ...added];
    if (idle) void work();
  },
  stop() {
    for (const h of list) if (h.state === 'here') h.state = 'stopped';
    current?.abort();
  },
  clear() {
    if (!imports.busy) list = [];
  },
};

async function work() {
  for (let next = list.find((h) => h.state === 'here'); next; next = list.find((h) => h.state === 'here')) await send(next);
  arrivals.show(); // what came is what the reader asked for
}

/** send hands one file in and follows the report, line by line. */
function send(h: Handed): Promise<void> {
  return new Promise((done) => {
    const request = new XMLHttpRequest();
    current = request;
    let taken = 0; // letters of the report
    const take = () => {
      const end = request.responseText.lastIndexOf('\n') + 1;
      if (request.status !== 200 || end <= taken) return;
      const lines = request.responseText.slice(taken, end - 1).split('\n');
      taken = end;
      follow(h, lines.map((line) => JSON.parse(line) as Line));
    };
    const finish = (state: State, problem = '') => {
      take();
      if (!h.over) h.state = state;
      h.problem ||= problem;
      current = null;
      done();
    };
    h.state = 'sending';
    request.upload.onprogress = (event) => (h.sent = event.loaded);
    request.upload.onload = () => {
      h.sent = h.file.size;
      if (h.state === 'sending') h.state = 'waiting';
    };
    request.onprogress = take;
    request.onload = () => (request.status === 200 ? finish('failed') : finish('failed', refusal(request)));
    request.onerror = () => finish('failed', refusal(request));
    request.onabort = () => finish('stopped');
    request.open('POST', address('/api/import', { name: h.file.name, ...h.said }));
    request.setRequestHeader('Content-Type', 'application/octet-stream');
    request.send(h.file);
  });
}

function refusal(request: XMLHttpRequest): string {
  try {
    return (JSON.parse(request.responseText) as { detail?: string }).detail ?? '';
  } catch {
    return '';
  }
}

function follow(h: Handed, lines: Line[]) {
  const rows: Imported[] = [];
  for (const line of lines) {
    if (line.event === 'article') {
      rows.push(line);
      if (line.article && line.outcome === 'new') arrivals.own({ article: line.article });
    } else if (line.event === 'end') {
      h.state = line.stopped ? 'failed' : 'done';
      h.problem = line.stopped ?? '';
    } else {
      h.state = line.event;
      h.ahead = line.ahead ?? 0;
    }
  }
  if (rows.length) h.rows = [...h.rows, ...rows];
}

/** mostFiles bounds what one drop may hand in: pack more into an archive. */
export const mostFiles = 2000;

/** filesOf lists the files of a drop, those in its folders too, hidden ones left out. */
export async function filesOf(drop: DataTransfer): Promise<File[]> {
  const entries = [...drop.items].map((item) => item.webkitGetAsEntry()).filter((e) => e !== null);
  if (!entries.length) return [...drop.files];
  const out: File[] = [];
  for (const entry of entries) await gather(entry, out);
  return out;
}

async function gather(entry: FileSystemEntry, out: File[]) {
  if (entry.name.startsWith('.') || out.length >= mostFiles) return;
  if (entry.isFile) {
    out.push(await new Promise<File>((done, failed) => (entry as FileSystemFileEntry).file(done, failed)));
    return;
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((done, failed) => reader.readEntries(done, failed));
    if (!some.length) return;
    for (const inner of some) await gather(inner, out);
  }
}
