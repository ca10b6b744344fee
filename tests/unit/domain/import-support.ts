import { defaultSurvey } from '../../../src/domain/default-survey';
import type { ImportMapping } from '../../../src/domain/import/mapping';
import {
  planImport,
  type ImportOptions,
  type ImportPlan,
  type PlanResult,
} from '../../../src/domain/import/plan';
import { reasonKeys } from '../../../src/domain/import/reason-keys';

export const HEADER = ['id', 'when', 'where', 'score', 'comment', 'reasons'];
export const MAPPING: ImportMapping = {
  scores: [{ column: 3, scale: 'csat5' }],
  occurredAt: { column: 1 },
  location: 2,
  comment: 4,
  reasons: 5,
};
export const OPTIONS: ImportOptions = {
  timeZone: 'Europe/Sofia',
  dateOrder: 'ymd',
  now: Date.UTC(2026, 5, 1),
  reasonKeys: reasonKeys(defaultSurvey),
};
/** A good row with some cells changed. */
export function row(
  cells: Partial<Record<'id' | 'when' | 'where' | 'score' | 'comment' | 'reasons', string>> = {},
): string[] {
  const full = {
    id: '1',
    when: '2026-03-04 10:15',
    where: 'Vitosha 12',
    score: '5',
    comment: '',
    reasons: '',
    ...cells,
  };
  return [full.id, full.when, full.where, full.score, full.comment, full.reasons];
}

export function planned(result: PlanResult): ImportPlan {
  if (!result.ok) throw new Error(result.problem.code);
  return result.plan;
}

export function plan(
  rows: string[][],
  mapping: Partial<ImportMapping> = {},
  options: Partial<ImportOptions> = {},
) {
  return planned(
    planImport({ header: HEADER, rows }, { ...MAPPING, ...mapping }, { ...OPTIONS, ...options }),
  );
}
