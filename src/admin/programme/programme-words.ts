import type { Programme } from '../../domain/member';
import { pointsOfVisit } from '../../domain/points';
import {
  admin_programme_example_sum,
  admin_programme_gets_amount,
  admin_programme_gets_birthday,
  admin_programme_gets_cooldown,
  admin_programme_gets_nothing,
  admin_programme_gets_visit,
  admin_programme_gets_welcome,
} from '../../i18n/paraglide/messages';
import { countWords, hoursWords, moneyWords } from '../format';

/** What a customer gets, a line for each rule that gives or keeps back something. */
export function giftWords(programme: Programme): string[] {
  const gifts = pointGifts(programme);
  if (gifts.length === 0) return [admin_programme_gets_nothing()];
  if (programme.cooldown_hours === 0) return gifts;
  return [...gifts, admin_programme_gets_cooldown({ time: hoursWords(programme.cooldown_hours) })];
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
  ].filter((words) => words !== null);
}

const wordsIfAny = (
  points: number,
  words: (inputs: { count: number; n: string }) => string,
): string | null => (points > 0 ? words({ count: points, n: countWords(points) }) : null);

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
