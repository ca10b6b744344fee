import { USUAL_QUESTIONS } from '../../domain/import/mapping';
import type { ImportedSession } from '../../domain/import/plan';

/** Counts per score, lowest first: what the file would say if it were imported like this. */
export type PlannedScores = { csat: number[]; nps: number[] };

/** Counts what was planned; an owner who sees "12 % satisfied" knows that 1 is the best score in this file. */
export function plannedScores(sessions: readonly ImportedSession[]): PlannedScores {
  const scores: PlannedScores = { csat: new Array<number>(5).fill(0), nps: new Array<number>(11).fill(0) };
  for (const answer of sessions.flatMap(({ answers }) => answers)) {
    // Of the visit as a whole: a factor's column is no second opinion on it.
    if (answer.type === 'csat' && answer.question === USUAL_QUESTIONS.csat5.question)
      scores.csat[answer.score - 1]! += 1;
    if (answer.type === 'nps') scores.nps[answer.score]! += 1;
  }
  return scores;
}
