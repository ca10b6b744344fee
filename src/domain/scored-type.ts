/** Types of question that are answered with a number on a scale (scale.ts). */
export const SCORED_TYPES = ['csat', 'nps', 'ces', 'expectation'] as const;
export type ScoredType = (typeof SCORED_TYPES)[number];
