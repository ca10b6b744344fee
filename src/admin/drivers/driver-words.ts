import type { Factor } from '../../domain/factor';
import type { Quadrant } from '../../domain/statistics/drivers';
import { MIN_PARTS } from '../../domain/statistics/drivers';
import { getLocale } from '../../i18n/locale.svelte';
import {
  admin_drivers_alike,
  admin_drivers_deck,
  admin_drivers_deck_blamed,
  admin_drivers_deck_together,
  admin_drivers_enough,
  admin_drivers_factor_price,
  admin_drivers_factor_product,
  admin_drivers_factor_promises,
  admin_drivers_factor_range,
  admin_drivers_factor_service,
  admin_drivers_factor_speed,
  admin_drivers_factor_staff,
  admin_drivers_few,
  admin_drivers_few_blamed,
  admin_drivers_few_days,
  admin_drivers_few_days_text,
  admin_drivers_first,
  admin_drivers_first_blamed,
  admin_drivers_fix,
  admin_drivers_keep,
  admin_drivers_more,
  admin_drivers_more_low,
  admin_drivers_none,
  admin_drivers_none_blamed,
  admin_drivers_wait,
} from '../../i18n/paraglide/messages';
import { countWords, shareWords } from '../format';
import type { ToldDrivers } from './told-drivers';

const FACTOR_WORDS = {
  product: admin_drivers_factor_product,
  service: admin_drivers_factor_service,
  price: admin_drivers_factor_price,
  speed: admin_drivers_factor_speed,
  range: admin_drivers_factor_range,
  staff: admin_drivers_factor_staff,
  promises: admin_drivers_factor_promises,
} satisfies Record<Factor, () => string>;

/** Within a sentence: "speed". */
const factorWords = (factor: Factor): string => FACTOR_WORDS[factor]();

/** Standing alone: "Speed". */
export function factorName(factor: Factor): string {
  const words = factorWords(factor);
  return words.charAt(0).toLocaleUpperCase(getLocale()) + words.slice(1);
}

const QUADRANT_WORDS = {
  fix: admin_drivers_fix,
  keep: admin_drivers_keep,
  wait: admin_drivers_wait,
  enough: admin_drivers_enough,
} satisfies Record<Quadrant, () => string>;

export const quadrantWords = (quadrant: Quadrant): string => QUADRANT_WORDS[quadrant]();

/** Whether there are enough answers for any factor's importance. */
const hasFigures = ({ drivers }: ToldDrivers): boolean =>
  drivers.some(({ importance }) => importance?.kind === 'estimate');

/** The sentence the page opens with: what counts most, or that nothing does, or that it is too early to say. */
export function driversHeadline(told: ToldDrivers): string {
  const asksReasons = told.source === 'reasons';
  if (told.first) {
    const factor = factorWords(told.first);
    return asksReasons ? admin_drivers_first_blamed({ factor }) : admin_drivers_first({ factor });
  }
  if (told.needsDays) return admin_drivers_few_days();
  if (!hasFigures(told)) return asksReasons ? admin_drivers_few_blamed() : admin_drivers_few();
  return asksReasons ? admin_drivers_none_blamed() : admin_drivers_none();
}

/** What follows it: how sure it is, or what is missing. */
export function driversDeck(told: ToldDrivers): string[] {
  const parts: string[] = [];
  const first = told.drivers.find(({ factor }) => factor === told.first)?.importance;
  if (first?.kind === 'estimate') {
    const figure = { ...interval(first), n: countWords(first.n) };
    parts.push(told.source === 'questions' ? admin_drivers_deck(figure) : admin_drivers_deck_blamed(figure));
  }
  if (told.source === 'questions' && told.explained && told.drivers.length > 1)
    parts.push(admin_drivers_deck_together(interval(told.explained)));
  if (told.needsDays) parts.push(admin_drivers_few_days_text({ minimum: countWords(MIN_PARTS) }));
  else if (told.more !== null) {
    // A guess from today's figures: two digits say as much as it is worth.
    const count = Number(told.more.toPrecision(2));
    const needed = { count, n: countWords(count) };
    parts.push(told.source === 'questions' ? admin_drivers_more(needed) : admin_drivers_more_low(needed));
  } else if (told.first === null && hasFigures(told)) parts.push(admin_drivers_alike());
  return parts;
}

const interval = ({ value, low, high }: { value: number; low: number; high: number }) => ({
  share: shareWords(value),
  low: shareWords(low),
  high: shareWords(high),
});
