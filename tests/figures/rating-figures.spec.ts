import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { PROJECT_DIR } from '../../supabase/embedded/paths';
import { signInAsOwner } from '../e2e/support/owner';
import { createShop } from '../e2e/support/shop';
import { expect, test } from '../e2e/support/test';

const SATISFACTION = 'How was your visit today?';
const RECOMMENDATION = 'How likely are you to recommend us to a friend?';

/** Real files with published figures: what the owner corrects of the columns as guessed, and what the page then says. */
const FILES: readonly {
  file: string;
  columns?: Record<string, string>;
  correct?: (page: Page) => Promise<void>;
  rows: string;
  from: string;
  to: string;
  figures: readonly (readonly [question: string, figure: RegExp])[];
}[] = [
  {
    file: 'broadband_nps_2017-12_2018-03.csv',
    // The publisher counted the 22 replies without a score as passives.
    correct: async (page) => {
      await page.getByText('What the values in “score_0_10” mean').click();
      await page.getByLabel('empty (22 rows)').selectOption('8');
    },
    rows: '1,482',
    from: '2017-12-01',
    to: '2018-03-31',
    figures: [[RECOMMENDATION, /−29\.6.*−34\.0.*−25\.2.*n = 1,482/s]],
  },
  {
    file: 'nhs_fft_visible_NHFT.csv',
    columns: { Location: 'One location for all rows', Comment: 'None', Reasons: 'None' },
    // The codes for no answer are off the scale and left out by themselves.
    correct: (page) => page.getByLabel('In this file 1 is the best score, not 5').check(),
    rows: '2,450',
    from: '2021-06-01',
    to: '2022-05-31',
    figures: [[SATISFACTION, /82\.2%.*80\.0.*84\.1%.*n = 1,312/s]],
  },
  {
    file: 'sfo_airport_csat_nps_2017.csv',
    columns: { Location: 'One location for all rows' },
    correct: (page) => page.getByLabel('Date for all rows').fill('2017-05-15'),
    rows: '2,809',
    from: '2017-05-15',
    to: '2017-05-15',
    figures: [
      [SATISFACTION, /82\.1%.*n = 2,688/s],
      [RECOMMENDATION, /39\.8.*37\.2.*42\.5.*n = 2,746/s],
    ],
  },
  {
    file: 'sudzilla_event_survey.csv',
    columns: { 'Satisfaction, 1 to 5': 'None' },
    rows: '39',
    from: '2019-11-01',
    to: '2019-11-04',
    figures: [[RECOMMENDATION, /−35\.9.*n = 39/s]],
  },
  {
    file: 'nps_r_package_testdata.csv',
    columns: {
      'Satisfaction, 1 to 5': 'None',
      'Recommendation, 0 to 10': 'REC',
      Location: 'One location for all rows',
      Respondent: 'None',
    },
    rows: '1,000',
    from: '2012-01-01',
    to: '2012-12-31',
    figures: [[RECOMMENDATION, /10\.0.*n = 1,000/s]],
  },
];

test('files with published figures, imported, show them on the page', async ({ verna, page }) => {
  const shop = await createShop(verna.url, 'UTC');
  await signInAsOwner(page, verna.url, shop, '/admin/import');
  for (const { file, columns = {}, correct, rows, from, to, figures } of FILES) {
    await page.goto(`${verna.url}/admin/import`);
    await page
      .getByRole('button', { name: 'Choose a CSV file' })
      .setInputFiles(join(PROJECT_DIR, '..', 'shared', 'data', 'ratings', file));
    await expect(page.getByRole('heading', { name: 'What is in the columns' })).toBeVisible();
    for (const [label, choice] of Object.entries(columns)) await page.getByLabel(label).selectOption(choice);
    await correct?.(page);
    await expect(page.getByText(`${rows} rows will be taken`)).toBeVisible();
    await page.getByRole('button', { name: `Import ${rows} rows` }).click();
    await expect(page.getByText(/new answers stored/)).toBeVisible({ timeout: 150_000 });
    await page.goto(`${verna.url}/admin/scores?from=${from}&to=${to}`);
    for (const [question, figure] of figures) {
      await expect(page.getByRole('region', { name: question })).toContainText(figure);
    }
  }
});
