import type { Kind } from '../ledger';

const types: { [kind in Kind]: string[] } = {
  event: ['AGREE', 'CONSULT', 'SUPPORT', 'CONCEDE', 'COOPERATE', 'AID', 'RETREAT', 'REQUEST', 'ACCUSE', 'REJECT', 'THREATEN', 'PROTEST', 'SANCTION', 'MOBILIZE', 'COERCE', 'ASSAULT'],
  claim: ['say', 'accuse', 'deny', 'promise', 'threaten', 'demand', 'reject', 'warn', 'assess', 'predict', 'praise'],
  figure: [],
  relation: ['recognises', 'member-of', 'allied-with', 'governs', 'controls', 'bases-in', 'deploys-in', 'designates-terrorist', 'hosts', 'at-war-with', 'disputes', 'depends-on', 'neutral-on'],
  commitment: ['offered', 'in-force', 'triggered', 'kept', 'broken', 'lapsed', 'rejected'],
  flow: ['conflict', 'deportation', 'return', 'economic', 'unknown'],
};

/** typesOf lists the sorts within a kind, as the filter offers them. A figure's are its units: any word. */
export function typesOf(kind: Kind): string[] {
  return types[kind];
}
