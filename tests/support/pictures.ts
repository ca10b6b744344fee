import { parseArgs } from 'node:util';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { LOCALES } from '../../src/domain/locale';
import { PROJECT_DIR } from '../../supabase/embedded/paths';
import { startVerna } from '../e2e/support/verna-server';
import { CHROMIUM_ARGS, ensureChromium } from './chromium';
import { adminPictures } from './pictures/admin';
import { caseWorkPictures } from './pictures/case-work';
import { alertPictures } from './pictures/alerts';
import { casePictures } from './pictures/cases';
import { checkInPictures } from './pictures/check-in';
import { commentPictures } from './pictures/comments';
import { comparingPictures } from './pictures/comparing';
import { driverPictures } from './pictures/drivers';
import { DOCS_FOLDER, DOCS_NAMES, isForDocs } from './pictures/docs';
import { Gallery } from './pictures/gallery';
import { improvementPictures } from './pictures/improvements';
import { joinPictures } from './pictures/join';
import { kioskPictures } from './pictures/kiosk';
import { questionPictures } from './pictures/questions';
import { memberImportPictures } from './pictures/member-import';
import { memberPictures } from './pictures/members';
import { pinPictures } from './pictures/pins';
import { reportPictures } from './pictures/report';
import { rewardPictures } from './pictures/rewards';
import { splitPictures } from './pictures/splits';
import { INSECURE_HOST, outOfServicePictures, staffPictures, welcomePictures } from './pictures/staff';
import { teamPictures } from './pictures/team';
import type { Tour } from './pictures/tour';

// Pictures of every screen of the built app, in every language: npm run build && npm run pictures
//   --only kiosk   one walk: welcome, kiosk, join, check-in, staff, pins, out-of-service, admin, members, rewards,
//                  member-import, cases, case-work, comments, comparing, splits, drivers, improvements, team, alerts,
//                  report
//   --lang en      one language
//   --out DIR      where to, instead of pictures/
//   --dist DIR     the built app, instead of dist/
//   --docs         only the few that the documentation shows, into docs/pictures/

const { values: options } = parseArgs({
  options: {
    only: { type: 'string' },
    lang: { type: 'string' },
    out: { type: 'string', default: join(PROJECT_DIR, 'pictures') },
    dist: { type: 'string', default: join(PROJECT_DIR, 'dist') },
    docs: { type: 'boolean', default: false },
  },
});

/** In this order: a welcome needs a server that nobody has set up yet. */
const WALKS: Record<string, (tour: Tour) => Promise<void>> = {
  welcome: welcomePictures,
  kiosk: kioskPictures,
  join: joinPictures,
  'check-in': checkInPictures,
  staff: staffPictures,
  pins: pinPictures,
  'out-of-service': outOfServicePictures,
  admin: adminPictures,
  comparing: comparingPictures,
  splits: splitPictures,
  members: memberPictures,
  rewards: rewardPictures,
  'member-import': memberImportPictures,
  cases: casePictures,
  'case-work': caseWorkPictures,
  comments: commentPictures,
  team: teamPictures,
  alerts: alertPictures,
  improvements: improvementPictures,
  questions: questionPictures,
  drivers: driverPictures,
  report: reportPictures,
};

if (options.only !== undefined && !(options.only in WALKS)) {
  throw new Error(`--only takes one of: ${Object.keys(WALKS).join(', ')}`);
}

const gallery = options.docs ? new Gallery(DOCS_FOLDER, DOCS_NAMES) : new Gallery(options.out, null);
const verna = await startVerna(options.dist);
const browser = await chromium.launch({
  executablePath: ensureChromium(),
  args: [...CHROMIUM_ARGS, `--host-resolver-rules=MAP ${INSECURE_HOST} 127.0.0.1`],
});
try {
  for (const [name, walk] of Object.entries(WALKS)) {
    if (options.only !== undefined && options.only !== name) continue;
    for (const locale of LOCALES) {
      if (options.lang !== undefined && options.lang !== locale) continue;
      if (options.docs && !isForDocs(name, locale)) continue;
      await walk({ browser, verna, gallery, locale });
      console.log(`${name}, ${locale}: ${gallery.taken} pictures so far`);
    }
  }
} finally {
  await browser.close();
  await verna.close();
}
