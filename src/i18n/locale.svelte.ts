import type { Locale } from '../domain/locale';
import { overwriteGetLocale } from './paraglide/runtime';

let current = $state.raw<Locale>('en');

// Reading the rune inside getLocale makes every message in a template follow the language without a reload.
overwriteGetLocale(() => current);

export function getLocale(): Locale {
  return current;
}

/** Changes every message on the screen and the document's language, so that screen readers pronounce it right. */
export function setLocale(locale: Locale): void {
  current = locale;
  document.documentElement.lang = locale;
}
