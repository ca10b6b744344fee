import type { ImportedSession } from '../../domain/import/plan';

/** Counts per score, lowest first: what the file would say if it were imported like this. */
export type PlannedScores = { csat: number[]; nps: number[] };

/** Counts what was planned; an owner who sees "12 % satisfied" knows that 1 is the best score in this file. */
export function plannedScores(sessions: readonly ImportedSession[]): PlannedScores {
  const scores: PlannedScores = { csat: new Array<number>(5).fill(0), nps: new Array<number>(11).fill(0) };
  for (const answer of sessions.flatMap(({ answers }) => answers)) {
    if (answer.type === 'csat') scores.csat[answer.score - 1]! += 1;
    if (answer.type === 'nps') scores.nps[answer.score]! += 1;
  }
  return scores;
}
