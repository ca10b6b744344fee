import { guessMapping } from '../../domain/import/guess-mapping';
import type { ImportMapping } from '../../domain/import/mapping';
import type { ImportedSession, ImportOptions, ImportProblem } from '../../domain/import/plan';
import { reasonKeys } from '../../domain/import/reason-keys';
import type { ImportReport, ImportWarning, RefusalReason } from '../../domain/import/report';
import type { FileJob } from '../import/file-job';
import { localDate } from '../scores/period';
import type { Shop } from '../shop.svelte';
import { draftOf, mappingOf, type ImportDraft } from './draft';
import { importQuestions, otherSurveys } from './import-questions';
import type { PlannedScores } from './planned-scores';
import { runImport } from './run-import';

/** A file of ratings. */
export type RatingTypes = {
  draft: ImportDraft;
  options: { mapping: ImportMapping; options: ImportOptions };
  problem: ImportProblem;
  sums: Pick<ImportReport, 'joined' | 'sessions' | 'values'> & { answers: number; scores: PlannedScores };
  reason: RefusalReason;
  warning: ImportWarning;
  row: ImportedSession;
};

export function ratingJob(shop: Shop): FileJob<RatingTypes> {
  return {
    openWorker: () => new Worker(new URL('./rating-worker.ts', import.meta.url), { type: 'module' }),
    guess: ({ header, sample }, timeZone) =>
      draftOf(
        guessMapping(header, sample),
        timeZone,
        localDate(Date.now(), timeZone),
        importQuestions(shop.surveys),
      ),
    optionsOf(draft) {
      const mapping = mappingOf(draft);
      if (!mapping) return { ok: false, problem: { code: 'score_column_missing' } };
      const { timeZone, dateOrder } = draft;
      const survey = shop.surveys[0];
      const options: ImportOptions = {
        timeZone,
        dateOrder,
        now: Date.now(),
        ...(survey && { reasonKeys: reasonKeys(survey.definition) }),
      };
      return { ok: true, options: { mapping, options } };
    },
    run(sessions, sending, draft) {
      const survey = shop.surveys[0];
      if (!survey) throw new Error('a shop has a survey from its first day');
      return runImport({
        ...sending,
        calls: shop.calls,
        organization: shop.organization.id,
        survey: survey.id,
        otherSurveys: otherSurveys(shop.surveys),
        locale: shop.organization.default_locale,
        dimension: draft.dimension?.id ?? null,
        sessions,
      });
    },
  };
}
