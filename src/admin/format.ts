import { majorUnits, minorDigits } from '../domain/money';
import { getLocale } from '../i18n/locale.svelte';

/** Building an Intl formatter costs some 50 µs and a page asks for hundreds of words. */
const formatters = new Map<string, unknown>();

function cached<Formatter>(kind: string, options: object, make: (locale: string) => Formatter): Formatter {
  const locale = getLocale();
  const key = `${kind}:${locale}:${JSON.stringify(options)}`;
  const known = formatters.get(key) as Formatter | undefined;
  if (known) return known;
  // en alone would mean American dates; a shop's day comes before its month in all three languages.
  const made = make(locale === 'en' ? 'en-GB' : locale);
  formatters.set(key, made);
  return made;
}

const number = (value: number, options: Intl.NumberFormatOptions) =>
  cached('number', options, (locale) => new Intl.NumberFormat(locale, options))
    .format(value)
    .replace('-', '−');

const date = (options: Intl.DateTimeFormatOptions) =>
  cached('date', options, (locale) => new Intl.DateTimeFormat(locale, options));

export const countWords = (n: number): string => number(n, {});

/** A share 0 … 1 as a percentage. */
export const shareWords = (share: number, digits = 0): string =>
  number(share, { style: 'percent', minimumFractionDigits: digits, maximumFractionDigits: digits });

/** NPS points, −100 … 100. */
export const pointWords = (points: number, digits = 0): string =>
  number(points, { minimumFractionDigits: digits, maximumFractionDigits: digits, signDisplay: 'negative' });

export const signedWords = (points: number): string =>
  number(points, { minimumFractionDigits: 1, maximumFractionDigits: 1, signDisplay: 'exceptZero' });

/** A local date is a name, so it is shown in UTC: no zone may move it. */
const LOCAL: Intl.DateTimeFormatOptions = { timeZone: 'UTC' };

export const dayWords = (day: string): string =>
  date({ ...LOCAL, day: 'numeric', month: 'short', year: 'numeric' }).format(Date.parse(day));

export const shortDayWords = (day: string): string =>
  date({ ...LOCAL, day: 'numeric', month: 'short' }).format(Date.parse(day));

export const weekdayDayWords = (day: string): string =>
  date({ ...LOCAL, weekday: 'short', day: 'numeric', month: 'short' }).format(Date.parse(day));

export const rangeWords = (from: string, to: string): string =>
  date({ ...LOCAL, day: 'numeric', month: 'short', year: 'numeric' }).formatRange(
    Date.parse(from),
    Date.parse(to),
  );

/** Whole months from the one that this date lies in to another: "May – July 2026". */
export const monthRangeWords = (from: string, to: string): string =>
  date({ ...LOCAL, month: 'long', year: 'numeric' }).formatRange(Date.parse(from), Date.parse(to));

/** The month that a date lies in, as it stands under a picture: "Jul 26". */
export const shortMonthWords = (day: string): string =>
  date({ ...LOCAL, month: 'short', year: '2-digit' }).format(Date.parse(day));

/** 1 Monday … 7 Sunday. */
export const weekdayWords = (weekday: number): string =>
  date({ ...LOCAL, weekday: 'short' }).format(Date.UTC(2024, 0, weekday));

export const longWeekdayWords = (weekday: number): string =>
  date({ ...LOCAL, weekday: 'long' }).format(Date.UTC(2024, 0, weekday));

/** A local stamp without zone, as the database keeps it beside the instant. */
export const localStampWords = (stamp: string): string =>
  date({
    ...LOCAL,
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
  }).format(Date.parse(`${stamp.slice(0, 19)}Z`));

/** An instant in this device's zone: the time alone today, the date with it otherwise. */
export function momentWords(at: number, now: number): string {
  const isToday = new Date(at).toDateString() === new Date(now).toDateString();
  const time: Intl.DateTimeFormatOptions = { hour: '2-digit', minute: '2-digit' };
  return date(isToday ? time : { day: 'numeric', month: 'short', ...time }).format(at);
}

/** From one instant to another, in this device's zone. */
export const momentRangeWords = (from: number, to: number): string =>
  date({ day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit' }).formatRange(
    from,
    to,
  );

/** How long something has lasted, in its largest unit: "2 hr", "3 days". */
export function durationWords(ms: number): string {
  const minutes = Math.max(1, Math.round(ms / 60_000));
  const [value, unit] =
    minutes < 90
      ? ([minutes, 'minute'] as const)
      : minutes < 36 * 60
        ? ([Math.round(minutes / 60), 'hour'] as const)
        : ([Math.round(minutes / 1440), 'day'] as const);
  const unitDisplay = unit === 'day' ? 'long' : 'short';
  return number(value, { style: 'unit', unit, unitDisplay });
}

export const hoursWords = (hours: number): string =>
  number(hours, { style: 'unit', unit: 'hour', unitDisplay: 'long' });

export const monthsWords = (months: number): string =>
  number(months, { style: 'unit', unit: 'month', unitDisplay: 'long' });

/** "Silver, Gold and Platinum". */
export const listWords = (words: readonly string[]): string =>
  cached('list', {}, (locale) => new Intl.ListFormat(locale)).format(words);

/** An amount in minor units with its currency: "€12.50". */
export const moneyWords = (minor: number, currency: string): string =>
  number(majorUnits(minor, currency), { style: 'currency', currency });

/** An amount in minor units as somebody would type it in major ones: "12.50". */
export function amountText(minor: number, currency: string): string {
  const digits = minorDigits(currency);
  return number(majorUnits(minor, currency), {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
    useGrouping: false,
  });
}

/** With a plus or a real minus. */
export const changeWords = (n: number): string => number(n, { signDisplay: 'exceptZero' });

/** An instant as a date, in this device's zone. */
export const dateWords = (at: number): string =>
  date({ day: 'numeric', month: 'short', year: 'numeric' }).format(at);

/** An instant as a date with its time, in this device's zone. */
export const stampWords = (at: number): string =>
  date({ day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit' }).format(at);

/** A day of every year: "29 February". */
export const birthdayWords = ({ month, day }: { month: number; day: number }): string =>
  date({ ...LOCAL, day: 'numeric', month: 'long' }).format(Date.UTC(LEAP_YEAR, month - 1, day));
const LEAP_YEAR = 2024;

const names = (type: Intl.DisplayNamesType) =>
  cached('names', { type }, (locale) => new Intl.DisplayNames(locale, { type }));

/** A code that the browser has no name for stands for itself. */
export const countryName = (code: string): string => names('region').of(code) ?? code;
export const currencyName = (code: string): string => names('currency').of(code) ?? code;
export const languageName = (code: string): string => names('language').of(code) ?? code;

/** In the order of the page's language. */
export const compareWords = (a: string, b: string): number =>
  cached('collator', {}, (locale) => new Intl.Collator(locale)).compare(a, b);
