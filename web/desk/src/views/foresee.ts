// What the API tells of a scenario; docs/USING.md, casus foresee run, says what it means.

export type Act = { origin: 'assumed' | 'reported' | 'follows'; line?: number; record?: string; of?: number; date: string; type?: string; mode?: string; relation?: string; change?: string; source: string[]; target: string[] | null; place?: string; quote?: string; by?: string };
export type Condition = { condition: string; by: string; cite: string };
export type Telling = { what: string; record: string; quote: string };
export type Debtor = { actor: string; missing?: string[]; met?: Condition[]; nearby?: { what: string; km?: number; cite: string }[]; clashes?: number[]; told?: Telling[] };
export type Duty = {
  number: number;
  clause?: { id: string; instrument: string; article: string; source: string };
  promise?: { id: string };
  state: string;
  beneficiary?: string;
  met: Condition[];
  missing?: string[];
  debtors: Debtor[];
  duty: string;
  deadline: string | null;
  again?: Act[];
  told?: Telling[];
  then?: Duty[];
  repeats?: number;
};
export type Band = { low: number[]; mid: number[]; high: number[] };
export type End = Band & { place: string; name: string; country: string; kind: string; lat: number; lon: number; capacity?: number };
export type Fighting = { place: string; name: string; lat: number; lon: number; from: string; to: string; intensity: number; people: number };
export type Site = { place: string; name: string; lat: number; lon: number };
export type Closing = { between: [Site, Site]; border: boolean; from: string; to: string };
export type Flight = {
  start: string;
  days: number;
  runs: number;
  places: End[];
  away: Band;
  way: Band;
  zones: Fighting[];
  closed: Closing[];
  notes: string[];
  later: { record: string; article: string; place: string; day: string; low: number | null; high: number | null; quote: string; model_low: number; model_mid: number; model_high: number; within: boolean }[];
};
export type Foresight = {
  label: string;
  scenario: { name: string; period: { from: string; to: string }; true_on: string };
  obligations: { events: { act: Act; duties: Duty[] | null }[]; standing: Duty[]; clashes: { debtor: string; duty: number; with?: number; clause?: string; why: string }[]; declined: { clause: { id: string }; why: string }[]; articles: Record<string, string> };
  flight?: Flight;
};

/** A part of two trees: how it stands in the other, in what it differs, and where it stands in each. */
export type Match = { what: string; how: 'same' | 'differs' | 'first' | 'second'; differs?: string[]; first: number[]; second: number[] };
export type Comparison = {
  events: Match[];
  duties: Match[];
  clashes: Match[];
  places: { place: string; name: string; country: string; kind: string; more: number[]; overlap: boolean[] }[];
  from: string;
  to: string;
  shared_from: string | null;
  shared_to: string | null;
};
export type Pair = { label: string; first: Foresight; second: Foresight; comparison: Comparison };

/** Which of the two scenarios. */
export type Which = 'first' | 'second';

/** Refusal is the API's no, with the place of each mistake in the text, and of two texts in which. */
export type Refusal = { detail: string; mistakes: { which: Which; line: number; column: number; message: string }[] };

/** foresee asks what follows from a scenario, or from two side by side; nothing of it is stored. */
export async function foresee(first: string, second: string | null, signal: AbortSignal): Promise<Foresight | Pair | Refusal> {
  const [path, question] = second === null ? ['/api/foresee', { scenario: first }] : ['/api/foresee/compare', { first, second }];
  const answer = await fetch(path, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(question), signal });
  const said = await answer.json();
  if (answer.ok) return said as Foresight | Pair;
  const mistakes = ((said.errors ?? []) as { message: string; location?: string }[]).flatMap((e) => {
    const [, which, line, column] = /^(?:(first|second):)?(\d+):(\d+)$/.exec(e.location ?? '') ?? [];
    return line ? [{ which: (which ?? 'first') as Which, line: Number(line), column: Number(column), message: e.message }] : [];
  });
  return { detail: said.detail ?? answer.statusText, mistakes };
}

/** said is what an act is, in a line. */
export function said(act: Act): string {
  const sort = act.relation ? `${act.change} ${act.relation}` : [act.type, act.mode].filter(Boolean).join('/');
  const whom = act.target?.length ? ` → ${act.target.join(', ')}` : '';
  return `${sort}: ${act.source.join(', ')}${whom}`;
}

/** recordOf is the record that a cite names, if it names one of these. */
export function recordOf(cite: string, articles: Record<string, string>): string {
  const id = cite.split(', says ')[0] ?? '';
  return articles[id] ? id : '';
}
