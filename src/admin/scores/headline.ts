import { difference, verdict } from '../../domain/statistics/difference';
import type { Estimated } from '../../domain/statistics/estimate';
import {
  admin_deck_change,
  admin_deck_chance,
  admin_deck_interval,
  admin_deck_more_than_chance,
  admin_deck_no_before,
  admin_headline_ces_higher,
  admin_headline_ces_lower,
  admin_headline_ces_plain,
  admin_headline_ces_unclear,
  admin_headline_csat_higher,
  admin_headline_csat_lower,
  admin_headline_csat_plain,
  admin_headline_csat_unclear,
  admin_headline_expectation_higher,
  admin_headline_expectation_lower,
  admin_headline_expectation_plain,
  admin_headline_expectation_unclear,
  admin_headline_nps_higher,
  admin_headline_nps_lower,
  admin_headline_nps_plain,
  admin_headline_nps_unclear,
  admin_headline_none,
  admin_headline_too_few,
  admin_headline_too_few_text,
  admin_headline_none_text,
} from '../../i18n/paraglide/messages';
import { countWords } from '../format';
import { ofFactor } from './factor-words';
import { changeWords, valueWords } from './figure-words';
import type { Measure, MeasureType } from './measure';

export type Headline = { headline: string; deck: string };

const HEADLINES = {
  csat: {
    plain: admin_headline_csat_plain,
    higher: admin_headline_csat_higher,
    lower: admin_headline_csat_lower,
    unclear: admin_headline_csat_unclear,
  },
  nps: {
    plain: admin_headline_nps_plain,
    higher: admin_headline_nps_higher,
    lower: admin_headline_nps_lower,
    unclear: admin_headline_nps_unclear,
  },
  ces: {
    plain: admin_headline_ces_plain,
    higher: admin_headline_ces_higher,
    lower: admin_headline_ces_lower,
    unclear: admin_headline_ces_unclear,
  },
  expectation: {
    plain: admin_headline_expectation_plain,
    higher: admin_headline_expectation_higher,
    lower: admin_headline_expectation_lower,
    unclear: admin_headline_expectation_unclear,
  },
} satisfies Record<
  MeasureType,
  Record<'plain' | 'higher' | 'lower' | 'unclear', (words: { now: string; before: string }) => string>
>;

/**
 * The sentence the page opens with. It says "rose" or "fell" only when the interval of the difference leaves out zero;
 * otherwise the change may be chance and is called so.
 */
export function headlineOf(
  { type, factor }: Pick<Measure, 'type' | 'factor'>,
  now: Estimated,
  before: Estimated,
): Headline {
  if (now.kind === 'too-few') {
    return now.n === 0
      ? { headline: admin_headline_none(), deck: admin_headline_none_text() }
      : {
          headline: admin_headline_too_few({ count: now.n, n: countWords(now.n) }),
          deck: admin_headline_too_few_text({ minimum: countWords(now.minimum) }),
        };
  }
  const said = admin_deck_interval({
    value: valueWords(type, now.value, 1),
    low: valueWords(type, now.low, 1),
    high: valueWords(type, now.high, 1),
    n: countWords(now.n),
  });
  const words = { now: valueWords(type, now.value), before: '' };
  const change = difference(now, before);
  if (change.kind === 'too-few' || before.kind === 'too-few') {
    return {
      headline: ofFactor(factor, HEADLINES[type].plain(words)),
      deck: `${said} ${admin_deck_no_before({ n: countWords(before.n) })}`,
    };
  }
  const direction = verdict(change);
  const compared = admin_deck_change({
    change: changeWords(type, change.value),
    low: changeWords(type, change.low),
    high: changeWords(type, change.high),
    before: valueWords(type, before.value, 1),
    n: countWords(before.n),
  });
  const sure = direction === 'unclear' ? admin_deck_chance() : admin_deck_more_than_chance();
  return {
    headline: ofFactor(
      factor,
      HEADLINES[type][direction]({ ...words, before: valueWords(type, before.value) }),
    ),
    deck: `${said} ${compared} ${sure}`,
  };
}
