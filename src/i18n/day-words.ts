import { getLocale } from './locale.svelte';

/** A date, YYYY-MM-DD, as its day and month: "3 December". */
export function dayWords(day: string): string {
  // en alone would mean American dates; see time-words.ts.
  const language = getLocale() === 'en' ? 'en-GB' : getLocale();
  const format = new Intl.DateTimeFormat(language, { day: 'numeric', month: 'long', timeZone: 'UTC' });
  return format.format(Date.parse(day));
}
