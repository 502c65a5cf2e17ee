// The answers of the API that only this view asks for.

import type { Entry } from '../../ledger';
import type { Move } from '../commitments';

export type Spot = { place: string; kind: string; name?: string; lat: number; lon: number };
export type MapAnswer = { features: { id: string; spots?: Spot[]; properties: Entry }[]; next?: string };

export type Origin = { id?: string; outlet?: string };
export type Holding = { type: string; from: string; to: string; since: string | null; evidence: Entry[]; origins?: Origin[] | null };
export type Territory = { place: string; claims: Holding[]; contested: Holding[]; rivalry: boolean };
export type Deployment = Holding & { figures: Entry[] };
export type GroundAnswer = { features: { id: string; spots?: Spot[]; properties: { territory?: Territory; deployment?: Deployment } }[] };

export type Group = { entries: Entry[]; origins: Origin[] | null };
export type Promised = Group & { state: string; deadline: string | null; overdue: boolean; moves: Move[] };
export type Contradiction = { rivalry: string; verdict: string; sides: Group[] };
export type Lately = { happened: Group[]; promised: Promised[]; differ: Contradiction[]; whole: boolean };

export type Diff = { begun: Holding[]; ended: Holding[]; contested: Holding[]; happened: Group[]; moved: Group[]; said: Entry[]; bound: Entry[]; left?: { [part: string]: number | boolean } };
export type DayCounts = { days: { day: string; count: number }[]; complete: boolean; counted: number; undated: number };
