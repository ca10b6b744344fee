import { join } from 'node:path';
import type { Locale } from '../../../src/domain/locale';
import { PROJECT_DIR } from '../../../supabase/embedded/paths';

export const DOCS_FOLDER = join(PROJECT_DIR, 'docs/pictures');

type DocsPicture = { walk: string; locale: Locale; from: string; to: string };

/** The few pictures that the documentation shows: who takes them, their name in the full set and their name there. */
const DOCS_PICTURES: readonly DocsPicture[] = [
  { walk: 'kiosk', locale: 'en', from: 'kiosk/rate-landscape-en', to: 'kiosk-landscape' },
  { walk: 'kiosk', locale: 'ru', from: 'kiosk/rate-portrait-ru', to: 'kiosk-portrait-ru' },
  { walk: 'staff', locale: 'en', from: 'staff/offline-landscape-en', to: 'staff' },
  { walk: 'admin', locale: 'en', from: 'admin/scores-desktop-en', to: 'owner' },
  { walk: 'admin', locale: 'en', from: 'admin/scores-phone-en', to: 'owner-phone' },
];

export const DOCS_NAMES: ReadonlyMap<string, string> = new Map(
  DOCS_PICTURES.map(({ from, to }) => [from, to]),
);

export const isForDocs = (walk: string, locale: Locale): boolean =>
  DOCS_PICTURES.some((picture) => picture.walk === walk && picture.locale === locale);
