import type { Actor, Entry } from '../ledger';
import type { Grade, Origin, Thing } from '../things';
import type { Move } from './commitments';

// The answers that a dossier is made of.

export type Office = { person: string; actor: string; role: string; from: string | null; to: string | null; checked: string | null; source: string };
export type Government = { place: string; by: string; from: string | null; to: string | null; source: string };

/** A relation, and the records that say so: the latest to speak first. */
export type Holding = { type: string; from: string; to: string; since: string | null; evidence: Entry[]; origins: Origin[]; grade: Grade };
export type Deployment = Holding & { figures: Entry[] };

export type Portrait = {
  actor: Actor;
  as_of: string | null;
  records: number;
  offices: Office[];
  governments: Government[];
  relations: Holding[];
  contested: Holding[];
  deployments: Deployment[];
  statements: Entry[];
  events: Entry[];
  grades: { [record: string]: Grade };
};

/** A commitment, what it is by the day, and what that rests on. */
export type Followed = Thing & { state: string; deadline: string | null; overdue: boolean; moves: Move[] };

export type Drift = { a: string; b: string; before: number; after: number; events: [number, number]; origins: number; likely: string; things: Thing[] };

export type Sourcing = { sources: { origin: Origin; records: number; reliability: string; latest: Entry }[]; counted: number; complete: boolean };

/** isOf tells whether an actor is another or a part of it, as rus/mil is of rus. */
export function isOf(actor: string, whole: string): boolean {
  return actor === whole || actor.startsWith(`${whole}/`);
}
