import type { Programme } from '../../domain/member';
import { pointsOfVisit } from '../../domain/points';
import {
  admin_programme_example_sum,
  admin_programme_gets_amount,
  admin_programme_gets_birthday,
  admin_programme_gets_cooldown,
  admin_programme_gets_expiry,
  admin_programme_gets_nothing,
  admin_programme_gets_referral,
  admin_programme_gets_tiers,
  admin_programme_gets_visit,
  admin_programme_gets_welcome,
} from '../../i18n/paraglide/messages';
import { getLocale } from '../../i18n/locale.svelte';
import { countWords, hoursWords, listWords, moneyWords, monthsWords } from '../format';

/** What a customer gets, a line for each rule that gives or keeps back something. */
export function giftWords(programme: Programme): string[] {
  const gifts = pointGifts(programme);
  if (gifts.length === 0) return [admin_programme_gets_nothing()];
  return [...gifts, ...limits(programme)];
}

/** What is kept back, or gone again. */
function limits({ cooldown_hours: hours, expiry_months: months }: Programme): string[] {
  return [
    hours > 0 && admin_programme_gets_cooldown({ time: hoursWords(hours) }),
    months !== null && admin_programme_gets_expiry({ time: monthsWords(months) }),
  ].filter((words) => words !== false);
}

function pointGifts(programme: Programme): string[] {
  const { points_per_amount: perAmount, currency } = programme;
  return [
    wordsIfAny(programme.welcome_points, admin_programme_gets_welcome),
    wordsIfAny(programme.points_per_visit, admin_programme_gets_visit),
    wordsIfAny(perAmount?.points ?? 0, (points) =>
      admin_programme_gets_amount({ ...points, per: moneyWords(perAmount?.per ?? 0, currency) }),
    ),
    wordsIfAny(programme.birthday_points, admin_programme_gets_birthday),
    wordsIfAny(programme.referral_points, admin_programme_gets_referral),
    programme.tiers.length === 0
      ? null
      : admin_programme_gets_tiers({
          names: listWords(programme.tiers.map(({ name }) => name[getLocale()])),
        }),
  ].filter((words) => words !== null);
}

const wordsIfAny = (points: number, words: (inputs: { count: number; n: string }) => string): string | null =>
  points > 0 ? words({ count: points, n: countWords(points) }) : null;

/** "A visit with a sale of €12.50 gives 10 + 12 = 22 points." The sale is in minor units. */
export function exampleWords(programme: Programme, amount: number): string {
  const sale = { amount, currency: programme.currency };
  const points = pointsOfVisit(programme, sale);
  const sum = points.visit + points.amount;
  return admin_programme_example_sum({
    count: sum,
    n: countWords(sum),
    sale: moneyWords(sale.amount, sale.currency),
    visit: countWords(points.visit),
    amount: countWords(points.amount),
  });
}
