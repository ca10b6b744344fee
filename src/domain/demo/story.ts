import type { LocalizedText } from '../survey';

/**
 * What happens in the demo: a till breaks at the first location in the middle of the period; for two weeks people wait;
 * then a second till is opened and it gets a little better than it ever was.
 */
export type DemoStory = {
  /** Index of the location it happens to. */
  location: number;
  /** First day of the dip, counted from the first day of the history. */
  dipStart: number;
  /** The day of the improvement, the first without a dip. */
  improvementDay: number;
};

export const SECOND_TILL: LocalizedText = {
  en: 'Second till opened',
  ru: 'Открыли вторую кассу',
  bg: 'Отворихме втора каса',
};

const DIP_DAYS = 14;

/** The story within a history of this many days; under a month there is room for half a dip only. */
export function storyOf(days: number): DemoStory {
  const length = Math.min(DIP_DAYS, Math.floor(days / 3));
  const dipStart = Math.floor(days / 2) - Math.floor(length / 2);
  return { location: 0, dipStart, improvementDay: dipStart + length };
}

export type Chapter = 'ordinary' | 'dip' | 'improved';

export function chapterOf(story: DemoStory, location: number, day: number): Chapter {
  if (location !== story.location || day < story.dipStart) return 'ordinary';
  return day < story.improvementDay ? 'dip' : 'improved';
}
