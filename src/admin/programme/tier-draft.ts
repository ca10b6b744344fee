import type { Programme } from '../../domain/member';
import type { LocalizedText } from '../../domain/survey';
import { readWhole } from '../read-number';

/** As many as a programme may have. */
export const MAX_TIERS = 5;
const MAX_FROM = 1_000_000_000;
const MAX_NAME = 60;

/** A tier as somebody is typing it. */
export type TierDraft = { name: LocalizedText; from: string };
export type TierProblems = { name?: true; from?: 'bad_from' | 'not_rising' };

type Tiers = Programme['tiers'];

export const tierDrafts = (tiers: Tiers): TierDraft[] =>
  tiers.map(({ name, from }) => ({ name: { ...name }, from: String(from) }));

/** The next one to fill in, at twice the points of the last. */
export function nextTier(drafts: readonly TierDraft[]): TierDraft {
  const last = readFrom(drafts.at(-1)?.from ?? '');
  return {
    name: { en: '', ru: '', bg: '' },
    from: String(Math.min(MAX_FROM, last === null ? 500 : last * 2)),
  };
}

/** The tiers that are meant, or what is wrong with each in its place. */
export function readTiers(drafts: readonly TierDraft[]): { tiers: Tiers } | { problems: TierProblems[] } {
  const problems = drafts.map((draft, index) => problemsOf(draft, drafts[index - 1]));
  if (problems.some((problem) => Object.keys(problem).length > 0)) return { problems };
  return {
    tiers: drafts.map(({ name: { en, ru, bg }, from }) => ({
      name: { en: en.trim(), ru: ru.trim(), bg: bg.trim() },
      from: readFrom(from)!,
    })),
  };
}

function problemsOf({ name, from }: TierDraft, before: TierDraft | undefined): TierProblems {
  const isNamed = Object.values(name).every((text) => text.trim() !== '' && text.trim().length <= MAX_NAME);
  const points = readFrom(from);
  const atLeast = before === undefined ? null : readFrom(before.from);
  return {
    ...(!isNamed && { name: true as const }),
    ...(points === null
      ? { from: 'bad_from' as const }
      : atLeast !== null && points <= atLeast && { from: 'not_rising' as const }),
  };
}

const readFrom = (text: string) => readWhole(text, 1, MAX_FROM);
