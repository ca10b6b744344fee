import type { ScoredType } from './scored-type';

/** Ends of a range of scores on a scale, both included. */
export type ScoreRanges = { [Type in ScoredType]?: readonly [number, number] };

/**
 * What counts as a low, a middling and a high score on each scale: the bottom two and the top two faces (low-score.ts
 * has the same bottom), detractors, passives and promoters, who disagrees, neither and agrees, worse, as and better than
 * expected.
 */
export const SCORE_GROUPS = {
  low: { csat: [1, 2], nps: [0, 6], ces: [1, 3], expectation: [-1, -1] },
  middle: { csat: [3, 3], nps: [7, 8], ces: [4, 4], expectation: [0, 0] },
  high: { csat: [4, 5], nps: [9, 10], ces: [5, 7], expectation: [1, 1] },
} as const satisfies Record<string, ScoreRanges>;
export type ScoreGroup = keyof typeof SCORE_GROUPS;
