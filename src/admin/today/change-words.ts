import {
  admin_deck_more_than_chance,
  admin_headline_ces_higher,
  admin_headline_ces_lower,
  admin_headline_csat_higher,
  admin_headline_csat_lower,
  admin_headline_expectation_higher,
  admin_headline_expectation_lower,
  admin_headline_nps_higher,
  admin_headline_nps_lower,
  admin_today_at_ces_higher,
  admin_today_at_ces_lower,
  admin_today_at_csat_higher,
  admin_today_at_csat_lower,
  admin_today_at_expectation_higher,
  admin_today_at_expectation_lower,
  admin_today_at_nps_higher,
  admin_today_at_nps_lower,
  admin_today_by_chance,
  admin_today_change,
  admin_today_first,
  admin_today_first_text,
  admin_today_looked,
  admin_today_nothing,
  admin_today_nothing_text,
  admin_today_quiet,
  admin_today_quiet_text,
} from '../../i18n/paraglide/messages';
import { MIN_N } from '../../domain/statistics/estimate';
import { countWords, pointWords } from '../format';
import { ofFactor } from '../scores/factor-words';
import { changeWords, measureName, valueWords } from '../scores/figure-words';
import type { MeasureType } from '../scores/measure';
import type { Change, Changes } from './changes';

type Sentence = (words: { now: string; before: string }) => string;
type PlaceSentence = (words: { now: string; before: string; place: string }) => string;

const SHOP = {
  csat: { higher: admin_headline_csat_higher, lower: admin_headline_csat_lower },
  nps: { higher: admin_headline_nps_higher, lower: admin_headline_nps_lower },
  ces: { higher: admin_headline_ces_higher, lower: admin_headline_ces_lower },
  expectation: { higher: admin_headline_expectation_higher, lower: admin_headline_expectation_lower },
} satisfies Record<MeasureType, Record<'higher' | 'lower', Sentence>>;

const PLACE = {
  csat: { higher: admin_today_at_csat_higher, lower: admin_today_at_csat_lower },
  nps: { higher: admin_today_at_nps_higher, lower: admin_today_at_nps_lower },
  ces: { higher: admin_today_at_ces_higher, lower: admin_today_at_ces_lower },
  expectation: { higher: admin_today_at_expectation_higher, lower: admin_today_at_expectation_lower },
} satisfies Record<MeasureType, Record<'higher' | 'lower', PlaceSentence>>;

/** "At Lenina 5, satisfaction fell from 84 % to 71 %". */
export function changeSentence(
  { look, verdict, now, before }: Change,
  placeName: (id: string) => string,
): string {
  const { type, factor } = look.measure;
  const words = { now: valueWords(type, now.value), before: valueWords(type, before.value) };
  const sentence =
    look.location === null
      ? SHOP[type][verdict](words)
      : PLACE[type][verdict]({ ...words, place: placeName(look.location) });
  return ofFactor(factor, sentence);
}

/** By how much, how surely and from how many. */
export function changeDetail({ look, change, now, before }: Change): string {
  return admin_today_change({
    change: changeWords(look.measure.type, change.value),
    low: changeWords(look.measure.type, change.low),
    high: changeWords(look.measure.type, change.high),
    n: countWords(now.n),
    before: countWords(before.n),
  });
}

export type Lead = { headline: string; deck: string };

/** The sentence the page opens with, and how much it is worth. */
export function leadOf(changes: Changes, placeName: (id: string) => string): Lead {
  const [first] = changes.named;
  if (first)
    return {
      headline: changeSentence(first, placeName),
      deck: [changeDetail(first), lookedWords(changes)].join(' '),
    };
  if (changes.answers === 0) return { headline: admin_today_quiet(), deck: admin_today_quiet_text() };
  if (changes.smallest === null)
    return { headline: admin_today_first(), deck: admin_today_first_text({ minimum: countWords(MIN_N) }) };
  const { measure, change } = changes.smallest;
  return {
    headline: admin_today_nothing(),
    deck: [
      admin_today_nothing_text({ count: changes.looked, n: countWords(changes.looked) }),
      admin_today_by_chance({
        name: measureName(measure.type, measure.factor),
        change: pointWords(measure.type === 'nps' ? change : 100 * change, 1),
      }),
    ].join(' '),
  };
}

/** Why one of many is not named for being the largest. */
const lookedWords = ({ looked }: Changes): string =>
  looked === 1 ? admin_deck_more_than_chance() : admin_today_looked({ count: looked, n: countWords(looked) });
