import type { MappingGuess } from '../../domain/import/guess-mapping';
import type { ImportMapping, ImportScale, ScoreColumn } from '../../domain/import/mapping';
import type { DateOrder } from '../../domain/import/stamp';

/** What one cell of a score column counts as, where it is not what it says. */
export type Meaning = number | 'blank';

export type ScoreDraft = { column: number | null; meanings: Readonly<Record<string, Meaning>> };

/** The owner's choices while a file is being prepared; columns by position, null for none. */
export type ImportDraft = {
  scores: Readonly<Record<ImportScale, ScoreDraft>>;
  occurredAt: number | null;
  /** For files without a column of dates. */
  dateForAll: string;
  dateOrder: DateOrder | 'auto';
  timeZone: string;
  location: number | null;
  comment: number | null;
  reasons: number | null;
  externalId: number | null;
};

export function draftOf(guess: MappingGuess, timeZone: string, today: string): ImportDraft {
  const scoreDraft = (scale: ImportScale): ScoreDraft => {
    const found = guess.scores.find((score) => score.scale === scale);
    const meanings = Object.fromEntries((found?.offScale ?? []).map((cell) => [cell, 'blank' as const]));
    return { column: found?.column ?? null, meanings };
  };
  return {
    scores: { csat5: scoreDraft('csat5'), nps10: scoreDraft('nps10') },
    occurredAt: guess.occurredAt,
    dateForAll: today,
    dateOrder: guess.dateOrder.kind === 'certain' ? guess.dateOrder.order : 'auto',
    timeZone,
    location: guess.location,
    comment: guess.comment,
    reasons: guess.reasons,
    externalId: guess.externalId,
  };
}

/** The draft as the domain reads it; null while no column of scores is chosen. */
export function mappingOf(draft: ImportDraft): ImportMapping | null {
  const scores = (['csat5', 'nps10'] as const).flatMap((scale): ScoreColumn[] => {
    const { column, meanings } = draft.scores[scale];
    if (column === null) return [];
    const entries = Object.entries(meanings);
    return [
      {
        column,
        scale,
        recode: Object.fromEntries(
          entries.filter((entry): entry is [string, number] => entry[1] !== 'blank'),
        ),
        blanks: entries.filter(([, meaning]) => meaning === 'blank').map(([cell]) => cell),
      },
    ];
  });
  if (scores.length === 0) return null;
  return {
    scores,
    occurredAt: draft.occurredAt === null ? { forAll: draft.dateForAll } : { column: draft.occurredAt },
    ...(draft.location !== null && { location: draft.location }),
    ...(draft.comment !== null && { comment: draft.comment }),
    ...(draft.reasons !== null && { reasons: draft.reasons }),
    ...(draft.externalId !== null && { externalId: draft.externalId }),
  };
}

/** 1 for the best: every score of the scale turned around. */
export const REVERSED: Readonly<Record<string, Meaning>> = { '1': 5, '2': 4, '3': 3, '4': 2, '5': 1 };
