import { LOCALES, type Locale } from '../../domain/locale';
import { setLocale } from '../../i18n/locale.svelte';

const KEY = 'verna.admin.locale';

/** The language this reader chose here before, if any; a language is no personal data, so localStorage may hold it. */
export function restoreLocale(): void {
  const kept = LOCALES.find((locale) => locale === read());
  if (kept) setLocale(kept);
}

export function chooseLocale(locale: Locale): void {
  setLocale(locale);
  try {
    localStorage.setItem(KEY, locale);
  } catch {
    // Storage may be forbidden; the choice then lasts until the page is left.
  }
}

function read(): string | null {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}
