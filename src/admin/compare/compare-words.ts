import {
  admin_compare_deck,
  admin_compare_higher,
  admin_compare_looked,
  admin_compare_lower,
  admin_compare_too_few,
  admin_compare_too_few_text,
  admin_compare_unclear,
  admin_compare_verdict_few,
  admin_compare_verdict_higher,
  admin_compare_verdict_lower,
  admin_compare_verdict_unclear,
  admin_deck_chance,
  admin_deck_more_than_chance,
} from '../../i18n/paraglide/messages';
import { MIN_N } from '../../domain/statistics/estimate';
import { countWords } from '../format';
import { changeWords, measureName, valueWords } from '../scores/figure-words';
import type { MeasureCompared } from './compared';

const HEADLINES = {
  higher: admin_compare_higher,
  lower: admin_compare_lower,
  unclear: admin_compare_unclear,
};

/** The sentence a comparison opens with, and how much it is worth. */
export function compareHeadline(
  { measure, figures: { a, b }, compared }: MeasureCompared,
  looked: number,
): { headline: string; deck: string } {
  const name = measureName(measure.type, measure.factor);
  if (!compared || a.kind === 'too-few' || b.kind === 'too-few')
    return {
      headline: admin_compare_too_few({ name }),
      deck: admin_compare_too_few_text({
        a: countWords(a.n),
        b: countWords(b.n),
        minimum: countWords(MIN_N),
      }),
    };
  const { change, verdict } = compared;
  const digits = valueWords(measure.type, a.value) === valueWords(measure.type, b.value) ? 1 : 0;
  return {
    headline: HEADLINES[verdict]({
      name,
      a: valueWords(measure.type, a.value, digits),
      b: valueWords(measure.type, b.value, digits),
    }),
    deck: [
      admin_compare_deck({
        change: changeWords(measure.type, change.value),
        low: changeWords(measure.type, change.low),
        high: changeWords(measure.type, change.high),
        a: countWords(a.n),
        b: countWords(b.n),
      }),
      verdict === 'unclear' ? admin_deck_chance() : admin_deck_more_than_chance(),
      looked > 1 ? admin_compare_looked({ count: looked, n: countWords(looked) }) : '',
    ]
      .filter((words) => words !== '')
      .join(' '),
  };
}

const VERDICTS = {
  higher: admin_compare_verdict_higher,
  lower: admin_compare_verdict_lower,
  unclear: admin_compare_verdict_unclear,
};

export const verdictWords = ({ compared }: MeasureCompared): string =>
  compared ? VERDICTS[compared.verdict]() : admin_compare_verdict_few();
