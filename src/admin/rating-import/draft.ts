import type { MappingGuess } from '../../domain/import/guess-mapping';
import type { ImportMapping, ImportScale, ScoreColumn } from '../../domain/import/mapping';
import type { DateOrder } from '../../domain/import/stamp';
import type { ImportQuestion } from './import-questions';

/** What one cell of a score column counts as, where it is not what it says. */
export type Meaning = number | 'blank';

export type ScoreDraft = { column: number | null; meanings: Readonly<Record<string, Meaning>> };

/** The owner's choices while a file is being prepared; columns by position, null for none. */
export type ImportDraft = {
  scores: Readonly<Record<'csat5' | 'nps10', ScoreDraft>>;
  /** Columns of further questions, by the question's key. */
  more: Readonly<Record<string, ScoreDraft & { scale: ImportScale }>>;
  occurredAt: number | null;
  /** For files without a column of dates. */
  dateForAll: string;
  dateOrder: DateOrder | 'auto';
  timeZone: string;
  location: number | null;
  comment: number | null;
  reasons: number | null;
  externalId: number | null;
  /** One of the shop's own dimensions, and the column that says its values; null for none. */
  dimension: { id: string; column: number | null } | null;
};

export function draftOf(
  guess: MappingGuess,
  timeZone: string,
  today: string,
  questions: readonly ImportQuestion[] = [],
): ImportDraft {
  const scoreDraft = (scale: 'csat5' | 'nps10'): ScoreDraft => {
    const found = guess.scores.find((score) => score.scale === scale);
    const meanings = Object.fromEntries((found?.offScale ?? []).map((cell) => [cell, 'blank' as const]));
    return { column: found?.column ?? null, meanings };
  };
  return {
    scores: { csat5: scoreDraft('csat5'), nps10: scoreDraft('nps10') },
    more: Object.fromEntries(
      questions.map(({ question, scale }) => [question, { scale, column: null, meanings: {} }]),
    ),
    occurredAt: guess.occurredAt,
    dateForAll: today,
    dateOrder: guess.dateOrder.kind === 'certain' ? guess.dateOrder.order : 'auto',
    timeZone,
    location: guess.location,
    comment: guess.comment,
    reasons: guess.reasons,
    externalId: guess.externalId,
    dimension: null,
  };
}

/** The draft as the domain reads it; null while no column of scores is chosen. */
export function mappingOf(draft: ImportDraft): ImportMapping | null {
  const scores = [
    ...(['csat5', 'nps10'] as const).flatMap((scale) => columnOf(draft.scores[scale], scale)),
    ...Object.entries(draft.more).flatMap(([question, more]) =>
      columnOf(more, more.scale).map((column) => ({ ...column, question })),
    ),
  ];
  if (scores.length === 0) return null;
  return {
    scores,
    occurredAt: draft.occurredAt === null ? { forAll: draft.dateForAll } : { column: draft.occurredAt },
    ...(draft.location !== null && { location: draft.location }),
    ...(typeof draft.dimension?.column === 'number' && { dimension: draft.dimension.column }),
    ...(draft.comment !== null && { comment: draft.comment }),
    ...(draft.reasons !== null && { reasons: draft.reasons }),
    ...(draft.externalId !== null && { externalId: draft.externalId }),
  };
}

function columnOf({ column, meanings }: ScoreDraft, scale: ImportScale): ScoreColumn[] {
  if (column === null) return [];
  const entries = Object.entries(meanings);
  return [
    {
      column,
      scale,
      recode: Object.fromEntries(entries.filter((entry): entry is [string, number] => entry[1] !== 'blank')),
      blanks: entries.filter(([, meaning]) => meaning === 'blank').map(([cell]) => cell),
    },
  ];
}

/** 1 for the best: every score of the scale turned around. */
export const REVERSED: Readonly<Record<string, Meaning>> = { '1': 5, '2': 4, '3': 3, '4': 2, '5': 1 };
