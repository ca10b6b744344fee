import { getLocale } from './locale.svelte';

/** A 24-hour time in the device's zone, with the date when it was not today. `at` and `now` in wall-clock ms. */
export function timeWords(at: number, now: number): string {
  const isToday = new Date(at).toDateString() === new Date(now).toDateString();
  // en alone would mean American dates; a shop's day comes before its month in all three languages.
  const language = getLocale() === 'en' ? 'en-GB' : getLocale();
  return new Intl.DateTimeFormat(language, {
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    ...(isToday ? {} : { day: 'numeric', month: 'long' }),
  }).format(at);
}
