// The answers of the API (/api/openapi.json), as far as the page uses them.

export type Kind = 'event' | 'claim' | 'figure' | 'relation' | 'commitment' | 'flow';
export const kinds: Kind[] = ['event', 'claim', 'figure', 'relation', 'commitment', 'flow'];

export type Period = {
  from: string | null;
  to: string | null;
  precision: 'day' | 'week' | 'month' | 'season' | 'year' | 'unknown';
};

type Common = {
  article: string;
  quote: string;
  start: number; // code points of the article's text, end exclusive
  end: number;
  by: string | null;
  by_as?: string;
  status: string;
  when: Period;
  where: string[];
  hedge?: string;
};
export type Event = { kind: 'event'; type: string; mode?: string; source: string[]; target: string[] };
export type Claim = { kind: 'claim'; speaker: string; act: string; quoted: boolean; about: string[] };
export type Figure = { kind: 'figure'; low: number | null; high: number | null; unit: string; of: string; approx: boolean; as_written: string };
export type Relation = { kind: 'relation'; type: string; from: string; to: string; change: string };
export type Commitment = {
  kind: 'commitment';
  debtor: string;
  beneficiary: string;
  duty: string;
  condition?: string;
  deadline: string | null;
  basis: string;
  state: string;
};
export type Flow = { kind: 'flow'; group: string; origin: string | null; destination: string | null; low: number | null; high: number | null; cause: string };
export type Record = Common & (Event | Claim | Figure | Relation | Commitment | Flow);

export type ArticleRef = { id: string; title?: string; publisher?: string; url?: string; language: string; date: Period };
export type Article = ArticleRef & { text?: string; reader?: string; records: number; copies: number; characters: number };
export type Entry = {
  id: string;
  record: Record;
  made: { reader: string; rule: string; confidence: number };
  article: ArticleRef;
  acts_for?: { [person: string]: string };
};
export type Actor = { id: string; kind: string; names: string[] | null; records?: number };

export type ArticlesPage = { articles: Article[]; next?: string };
export type ArticleAnswer = { article: Article; entries: Entry[]; copies?: { article: ArticleRef; similarity: number }[] };
export type Answer = { actor?: Actor; with?: Actor; entries: Entry[]; next?: string };
export type Months = { months: { month: string; count: number }[]; complete: boolean; counted: number; undated: number };
export type Hit = { article: ArticleRef; snippets: { text: string; span: Span; matches: Span[] }[] | null };
export type Span = { start: number; end: number };
export type Totals = {
  articles: number;
  records: number;
  first: string | null; // the days of the first and last publication
  last: string | null;
  known_first?: string; // moments
  known_last?: string;
};

/** Paged is a page of a list, and the after of the page that follows, empty on the last. */
export type Paged<T> = { page: T; next: string };

/** ask gets one answer of the API; it throws with the one line that the API gives for a person. */
export async function ask<T>(address: string, signal?: AbortSignal): Promise<T> {
  return (await askPage<T>(address, signal)).page;
}

/** askPage is ask for a list that comes in pages. */
export async function askPage<T>(address: string, signal?: AbortSignal): Promise<Paged<T>> {
  const response = await fetch(address, { signal, headers: { accept: 'application/json' } });
  if (response.ok) return { page: (await response.json()) as T, next: response.headers.get('casus-next') ?? '' };
  const problem = (await response.json().catch(() => ({}))) as { detail?: string; errors?: { location: string; message: string }[] };
  const detail = problem.errors?.map((e) => `${e.location}: ${e.message}`).join('; ') ?? problem.detail;
  throw new Error(detail ?? `${response.status} ${response.statusText}`);
}

/** address writes a path with those parameters that say something. */
export function address(path: string, parameters: { [name: string]: string | number | undefined | null }): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) if (value) query.set(name, String(value));
  const text = query.toString();
  return text ? `${path}?${text}` : path;
}

/** actorAddress is the dossier of an actor. */
export function actorAddress(id: string): string {
  return `/actor/${encodeURIComponent(id)}`;
}

export function articleAddress(id: string, record?: string): string {
  return address(`/article/${encodeURIComponent(id)}`, { record });
}
