import { LOCALES, type Locale } from '../domain/locale';

/** The first of the browser's languages that Verna speaks, else English. */
export function preferredLocale(languages: readonly string[]): Locale {
  for (const language of languages) {
    const known = LOCALES.find((locale) => language.toLowerCase().split('-')[0] === locale);
    if (known) return known;
  }
  return 'en';
}
