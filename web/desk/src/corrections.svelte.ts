// What an analyst says of what was read: each word of theirs is an entry in the
// ledger with a name and a reason, and may be taken back.

/** What is sent; the members of a correction that its action needs (CorrectionBody of /api/docs). */
export type Saying = { action: string; reason?: string; [member: string]: unknown };

/** What the ledger made of it. */
export type Said = { number: number; action: string; author: string; reason: string; recorded: string };

let called = $state(remembered());

function remembered(): string {
  try {
    return localStorage.getItem('analyst') ?? '';
  } catch {
    return ''; // a browser that keeps nothing asks each time
  }
}

/** The name under which the person at this browser corrects. */
export const analyst = {
  get name(): string {
    return called;
  },
  set name(to: string) {
    called = to;
    try {
      localStorage.setItem('analyst', to);
    } catch {
      // As above.
    }
  },
};

/** correct sends a correction under the analyst's name; it throws with the one line that the API gives for a person. */
export async function correct(saying: Saying): Promise<Said> {
  const response = await fetch('/api/corrections', {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    body: JSON.stringify({ ...saying, author: called.trim() }),
  });
  if (response.ok) return (await response.json()) as Said;
  const problem = (await response.json().catch(() => ({}))) as { detail?: string; errors?: { location: string; message: string }[] };
  throw new Error(problem.errors?.map((e) => `${e.location}: ${e.message}`).join('; ') ?? problem.detail ?? `${response.status} ${response.statusText}`);
}
