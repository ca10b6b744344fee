import { join } from 'node:path';
import { PROJECT_DIR } from '../../../supabase/embedded/paths';

export const DOCS_FOLDER = join(PROJECT_DIR, 'docs/pictures');

/** The few pictures that the documentation shows: from the name in the full set to the name there. */
export const DOCS_PICTURES: ReadonlyMap<string, string> = new Map([
  ['kiosk/rate-landscape-en', 'kiosk-landscape'],
  ['kiosk/rate-portrait-ru', 'kiosk-portrait-ru'],
  ['admin/scores-desktop-en', 'owner'],
  ['admin/scores-phone-en', 'owner-phone'],
  ['staff/offline-landscape-en', 'staff'],
]);
