import { planImport } from '../../domain/import/plan';
import { serveFile } from '../import/serve-file';
import { plannedScores } from './planned-scores';
import type { RatingTypes } from './rating-job';

serveFile<RatingTypes>((table, { mapping, options }) => {
  const result = planImport(table, mapping, options);
  if (!result.ok) return result;
  const { sessions, report } = result.plan;
  const answers = sessions.reduce((sum, session) => sum + session.answers.length, 0);
  return { ok: true, report: { ...report, answers, scores: plannedScores(sessions) }, rows: sessions };
});
