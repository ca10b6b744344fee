import type { Answer } from './answer';

/** A CSAT this low is one that staff are told of, so that they can ask while the customer is still there. */
const LOW_CSAT = 2;

/** How long they are told of it, in ms: longer than that the customer has gone. */
export const CUE_MS = 10 * 60_000;

export const isLowScore = (answer: Answer): boolean => answer.type === 'csat' && answer.score <= LOW_CSAT;
