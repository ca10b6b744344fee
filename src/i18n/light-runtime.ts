import type { Locale } from '../domain/locale';

/*
 * Stands in the build for Paraglide's own runtime (vite.config.ts). That one can find the language in a cookie, an
 * address or the storage, which weighs over a kilobyte on the first screen; here locale.svelte.ts says it.
 */

export let getLocale = (): Locale => 'en';

export function overwriteGetLocale(read: () => Locale): void {
  getLocale = read;
}

/** The messages ask for it: a build for one language only. */
export const experimentalStaticLocale = undefined;
