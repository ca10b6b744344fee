import { expect, type Page } from '@playwright/test';
import { defaultSurvey } from '../../../src/domain/default-survey';
import type { Locale } from '../../../src/domain/locale';
import type { Question, QuestionType } from '../../../src/domain/survey';
import {
  kiosk_continue,
  kiosk_failed_full,
  kiosk_saved,
  kiosk_send,
  kiosk_skip,
  kiosk_stay,
} from '../../../src/i18n/paraglide/messages';
import { KIOSK_VIEWS } from './gallery';
import { enterCode, openBrowser, openPage, openShop, type Tour } from './tour';

const COMMENT = {
  en: 'The rye bread is the best in town. Please keep the early opening hours!',
  ru: 'Ржаной хлеб у вас лучший в городе. Открывайтесь, пожалуйста, так же рано!',
  bg: 'Ръженият хляб при Вас е най-добрият в града. Моля, отваряйте все така рано!',
} as const;

/** Every screen that a customer sees. */
export async function kioskPictures(tour: Tour): Promise<void> {
  const { verna, gallery, locale } = tour;
  const { code } = await openShop(tour);
  const context = await openBrowser(tour);
  const page = await openPage(context, verna.url);
  const press = (name: string) => page.getByRole('button', { name, exact: true }).click();
  const shoot = (screen: string) =>
    gallery.shoot(page, `kiosk/${screen}`, locale, KIOSK_VIEWS, { before: () => touch(page) });
  const arriveAt = async (type: QuestionType) => {
    await expect(page.getByRole('heading', { name: questionText(type, locale) })).toBeVisible();
    // In its first moment a screen takes no tap: it may still be the second one of an impatient thumb.
    await page.waitForTimeout(400);
  };

  await enterCode(page, code, locale);
  await arriveAt('csat');
  await shoot('rate');

  await tapFace(page, 5);
  await arriveAt('reasons');
  await press(reasonText('friendly_staff', locale));
  await press(reasonText('good_choice', locale));
  await shoot('reasons-good');
  await press(kiosk_continue({}, { locale }));
  await arriveAt('nps');
  await shoot('recommend');
  await press(kiosk_skip({}, { locale }));
  await arriveAt('expectation');
  await shoot('expectation');
  await press(kiosk_skip({}, { locale }));
  await arriveAt('comment');
  await page.getByRole('textbox').fill(COMMENT[locale]);
  await shoot('comment');
  await press(kiosk_send({}, { locale }));
  await expect(page.getByRole('heading', { name: kiosk_saved({}, { locale }) })).toBeVisible();
  // Untouched, so that its ring is seen filling.
  await page.waitForTimeout(1_200);
  await gallery.shoot(page, 'kiosk/thanks', locale, KIOSK_VIEWS);

  await arriveAt('csat');
  await tapFace(page, 1);
  await arriveAt('reasons');
  await press(reasonText('long_wait', locale));
  await shoot('reasons-poor');
  await expect(page.getByText(kiosk_stay({}, { locale }))).toBeVisible({ timeout: 20_000 });
  await page.waitForTimeout(1_500);
  await gallery.shoot(page, 'kiosk/idle', locale, KIOSK_VIEWS);

  await page.reload();
  await arriveAt('csat');
  await fillDisk(page);
  await tapFace(page, 4);
  await expect(page.getByText(kiosk_failed_full({}, { locale }))).toBeVisible();
  await shoot('failed');
  await context.close();
}

export const tapFace = (page: Page, score: number) =>
  page
    .getByRole('main')
    .getByRole('button')
    .nth(score - 1)
    .click();

/** Keeps the customer's session from ending while pictures are taken. */
export const touch = (page: Page) => page.evaluate(() => dispatchEvent(new PointerEvent('pointerdown')));

/** From here on every write is refused as a full disk refuses it. */
const fillDisk = (page: Page) =>
  page.evaluate(() => {
    IDBObjectStore.prototype.put = IDBObjectStore.prototype.add = () => {
      throw new DOMException('The disk is full', 'QuotaExceededError');
    };
  });

const questionText = (type: QuestionType, locale: Locale): string => questionOf(type).text[locale];

function reasonText(key: string, locale: Locale): string {
  const choice = questionOf('reasons').choices.find((each) => each.key === key);
  if (!choice) throw new Error(`The default survey offers no reason ${key}`);
  return choice.text[locale];
}

function questionOf<Type extends QuestionType>(type: Type) {
  const question = defaultSurvey.questions.find(
    (each): each is Extract<Question, { type: Type }> => each.type === type,
  );
  if (!question) throw new Error(`The default survey has no question of type ${type}`);
  return question;
}
