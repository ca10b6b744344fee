import type { TabletSettings } from '../backend/tablet-calls';

/*
 * A copy of the settings outside IndexedDB, which takes a tablet a twentieth of a second to open: with it the first face
 * is on the screen before the database is. It holds the shop's name and questions, nobody's data and no secret, and
 * what the database says replaces it at once.
 */
const KEY = 'verna.settings';

/** Null when nothing was kept, or by another version of the app, whose shape may differ. */
export function rememberedSettings(appVersion: string): TabletSettings | null {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY) ?? 'null') as {
      appVersion: string;
      settings: TabletSettings;
    } | null;
    return kept?.appVersion === appVersion ? kept.settings : null;
  } catch {
    return null;
  }
}

/** Quietly does nothing where the browser refuses: it is only a short cut. */
export function rememberSettings(settings: TabletSettings, appVersion: string): void {
  try {
    localStorage.setItem(KEY, JSON.stringify({ appVersion, settings }));
  } catch {
    // Full or forbidden.
  }
}

export function forgetSettings(): void {
  try {
    localStorage.removeItem(KEY);
  } catch {
    // Forbidden: then nothing was kept either.
  }
}
