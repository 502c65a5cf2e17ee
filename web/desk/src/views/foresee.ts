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
export type End = { place: string; name: string; country: string; kind: string; capacity?: number; low: number[]; mid: number[]; high: number[] };
export type Flight = { start: string; days: number; runs: number; places: End[]; notes: string[]; later: { record: string; article: string; place: string; day: string; low: number | null; high: number | null; quote: string; model_low: number; model_mid: number; model_high: number; within: boolean }[] };
export type Foresight = {
  label: string;
  scenario: { name: string; period: { from: string; to: string }; true_on: string };
  obligations: { events: { act: Act; duties: Duty[] | null }[]; standing: Duty[]; clashes: { debtor: string; duty: number; with?: number; clause?: string; why: string }[]; declined: { clause: { id: string }; why: string }[]; articles: Record<string, string> };
  flight?: Flight;
};

/** Refusal is the API's no, with the place of each mistake in the text. */
export type Refusal = { detail: string; mistakes: { line: number; column: number; message: string }[] };

/** foresee asks what follows from a scenario; nothing of it is stored. */
export async function foresee(scenario: string, signal: AbortSignal): Promise<Foresight | Refusal> {
  const answer = await fetch('/api/foresee', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ scenario }), signal });
  const said = await answer.json();
  if (answer.ok) return said as Foresight;
  const mistakes = ((said.errors ?? []) as { message: string; location: string }[]).flatMap((e) => {
    const [line, column] = (e.location ?? '').split(':').map(Number);
    return line && column ? [{ line, column, message: e.message }] : [];
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

/** band is the outline of a place's people by day, low to high, in a box of a width and a height, as SVG points. */
export function band(low: number[], high: number[], most: number, width: number, height: number): string {
  const at = (i: number, v: number) => `${((i / Math.max(1, low.length - 1)) * width).toFixed(1)},${(height - (v / Math.max(1, most)) * height).toFixed(1)}`;
  const up = high.map((v, i) => at(i, v));
  const down = low.map((v, i) => at(i, v)).reverse();
  return [...up, ...down].join(' ');
}
