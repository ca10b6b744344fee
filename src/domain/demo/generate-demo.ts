import { offsetMinutesAt, zonedInstant } from '../import/zoned-time';
import { addDays, isoWeekday } from '../statistics/local-date';
import { LOCALES, type Locale } from '../locale';
import type { LocalizedText } from '../survey';
import { demoAnswers, type DemoAnswer } from './answers';
import { demoFactors } from './factors';
import { DEMO_LOCATIONS, HOUR_RHYTHM, isRush, WEEKDAY_RHYTHM, type DemoLocation } from './locations';
import { createRandom, type Random } from './random';
import { chapterOf, SECOND_TILL, storyOf, type DemoStory } from './story';

export type DemoOptions = {
  /** Same seed, same end, same days: the same history to the last answer. An integer; its low 32 bits count. */
  seed: number;
  /** Ms since 1970 UTC; nothing happens after it, so the last day is as long as it has lasted. */
  endsAt: number;
  /** Local days up to and including the one of `endsAt`; at least 1. */
  days?: number;
};

export type DemoSession = {
  /** Index into `locations`. */
  location: number;
  /** Ms since 1970 UTC. */
  occurredAt: number;
  /** Minutes to add to UTC for local time. */
  tzOffset: number;
  locale: Locale;
  /** In the order they were given; the first is always the CSAT. */
  answers: DemoAnswer[];
};

export type Demo = {
  locations: readonly DemoLocation[];
  /** Dated changes to test against the scores. `day` is a local date, 'YYYY-MM-DD'. */
  improvements: { location: number; day: string; text: LocalizedText }[];
  /** Location by location, in order of time within each. Can be walked through once. */
  sessions: Generator<DemoSession, void, void>;
};

/** A believable history of a shop with three locations; about 9,500 sessions with some 19,000 answers in 90 days. */
export function generateDemo({ seed, endsAt, days = 90 }: DemoOptions): Demo {
  if (!Number.isSafeInteger(seed)) throw new RangeError(`seed must be an integer, got ${seed}`);
  if (!Number.isSafeInteger(days) || days < 1) throw new RangeError(`days must be 1 or more, got ${days}`);
  if (!Number.isFinite(endsAt)) throw new RangeError(`endsAt must be a time in ms, got ${endsAt}`);
  const story = storyOf(days);
  const improvedFrom = addDays(firstDay(DEMO_LOCATIONS[story.location]!, endsAt, days), story.improvementDay);
  // In a history too short for the story the change would be dated after its end.
  const told = story.improvementDay < days && story.improvementDay > story.dipStart;
  return {
    locations: DEMO_LOCATIONS,
    improvements: told ? [{ location: story.location, day: improvedFrom, text: SECOND_TILL }] : [],
    sessions: sessionsOf(seed, endsAt, days, story),
  };
}

function* sessionsOf(
  seed: number,
  endsAt: number,
  days: number,
  story: DemoStory,
): Generator<DemoSession, void, void> {
  for (const [index, location] of DEMO_LOCATIONS.entries()) {
    const random = createRandom(seed, index + 1);
    const aside = createRandom(seed, index + 101);
    const first = firstDay(location, endsAt, days);
    for (let day = 0; day < days; day += 1) {
      const date = addDays(first, day);
      const chapter = chapterOf(story, index, day);
      for (const localMs of dayOfTaps(random, location, date)) {
        const { instantMs, offsetMinutes } = zonedInstant(localMs, location.timeZone);
        if (instantMs > endsAt) break;
        const rush = isRush(new Date(localMs).getUTCHours());
        const locale = LOCALES[random.weighted(LOCALES.map((name) => location.languages[name]))]!;
        const answers = demoAnswers(random, { chapter, mood: location.mood, rush, locale });
        answers.push(...demoFactors(aside, answers, { chapter, rush }));
        yield { location: index, occurredAt: instantMs, tzOffset: offsetMinutes, locale, answers };
      }
    }
  }
}

/** Local date of the first day, so that `endsAt` falls on the last. */
function firstDay(location: DemoLocation, endsAt: number, days: number): string {
  const localMs = endsAt + offsetMinutesAt(endsAt, location.timeZone) * 60_000;
  return addDays(new Date(localMs).toISOString().slice(0, 10), 1 - days);
}

/** Local times of one day's sessions in order, read as if they were UTC. */
function dayOfTaps(random: Random, location: DemoLocation, date: string): number[] {
  const weekday = isoWeekday(date) - 1;
  const hours = location.hours[weekday];
  if (!hours) return [];
  const [opens, closes] = hours;
  const weights = HOUR_RHYTHM.map((weight, hour) => (hour >= opens && hour < closes ? weight : 0));
  const expected = location.sessionsPerDay * WEEKDAY_RHYTHM[weekday]!;
  // Counts of independent visitors scatter like √mean (Poisson); the normal is close enough at 30 and above.
  const count = Math.max(0, Math.round(expected + Math.sqrt(expected) * random.normal()));
  const midnight = Date.parse(`${date}T00:00:00Z`);
  const taps = Array.from({ length: count }, () => {
    const hour = random.weighted(weights);
    return midnight + hour * 3_600_000 + random.integer(0, 3_599_999);
  });
  return taps.sort((a, b) => a - b);
}
