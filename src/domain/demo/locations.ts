import type { Locale } from '../locale';

export type DemoLocation = {
  name: string;
  /** IANA time zone. */
  timeZone: string;
  /** Local hours by ISO weekday, Monday first: [opens, closes) or null for a closed day. */
  hours: readonly ([number, number] | null)[];
  /** Sessions on an ordinary day. */
  sessionsPerDay: number;
  /** Added to the chance of a good score in logits: shops differ a little. */
  mood: number;
  /** How often each language is chosen, en / ru / bg. */
  languages: Record<Locale, number>;
};

const everyDay = (hours: [number, number], sunday: [number, number] | null) => [
  ...Array(6).fill(hours),
  sunday,
];

/** A small food shop with three counters: a place by the river, one on a boulevard, one in a side street. */
export const DEMO_LOCATIONS: readonly DemoLocation[] = [
  {
    name: 'Vitosha 12',
    timeZone: 'Europe/Sofia',
    hours: everyDay([8, 21], [9, 19]),
    sessionsPerDay: 40,
    mood: 0,
    languages: { en: 0.17, ru: 0.08, bg: 0.75 },
  },
  {
    name: 'Lenina 5',
    timeZone: 'Europe/Moscow',
    hours: everyDay([9, 22], [10, 21]),
    sessionsPerDay: 35,
    mood: 0.1,
    languages: { en: 0.06, ru: 0.93, bg: 0.01 },
  },
  {
    name: 'Harbour Street 3',
    timeZone: 'Europe/London',
    hours: everyDay([7, 19], null),
    sessionsPerDay: 31,
    mood: -0.1,
    languages: { en: 0.92, ru: 0.04, bg: 0.04 },
  },
];

/** How busy an hour of the day is beside the others: a morning rise, lunch, and the walk home. */
export const HOUR_RHYTHM: readonly number[] = [
  0, 0, 0, 0, 0, 0, 0.2, 0.5, 1, 0.9, 0.8, 1, 1.6, 1.5, 0.9, 0.8, 1.1, 1.8, 2.1, 1.5, 0.8, 0.4, 0.2, 0,
];

/** Monday first: Friday and Saturday are full, Sunday is short. */
export const WEEKDAY_RHYTHM: readonly number[] = [0.9, 0.92, 0.97, 1, 1.16, 1.22, 0.85];

/** Hours in which one till is not enough. */
export const isRush = (hour: number) => (hour >= 12 && hour < 14) || (hour >= 17 && hour < 20);
