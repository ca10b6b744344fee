import type { Locale } from '../domain/survey';
import { overwriteGetLocale } from './paraglide/runtime';

const current = $state<{ locale: Locale }>({ locale: 'en' });

// Reading the rune inside getLocale makes every message in a template follow the language without a reload.
overwriteGetLocale(() => current.locale);

export function getLocale(): Locale {
  return current.locale;
}

/** Changes every message on the screen and the document's language, so that screen readers pronounce it right. */
export function setLocale(locale: Locale): void {
  current.locale = locale;
  document.documentElement.lang = locale;
}
