import type { Improvement } from '../../backend/owner-calls/improvements';
import type { Effect, Plan } from '../../domain/statistics/improvement';
import {
  admin_improvement_enough,
  admin_improvement_few,
  admin_improvement_going,
  admin_improvement_never,
  admin_improvement_nothing_before,
  admin_improvement_out_of_reach,
  admin_improvement_planned,
  admin_improvement_settled,
  admin_improvement_since,
  admin_improvement_smallest,
  admin_improvement_sure_higher,
  admin_improvement_sure_higher_so_far,
  admin_improvement_sure_lower,
  admin_improvement_sure_lower_so_far,
  admin_improvement_unclear,
  admin_improvement_unclear_so_far,
  admin_improvement_verdict,
  admin_improvement_waiting,
} from '../../i18n/paraglide/messages';
import { countWords, dayWords, pointWords, rangeWords } from '../format';
import { changeWords, measureName, valueWords } from '../scores/figure-words';
import type { MeasureType } from '../scores/measure';

type Compared = Extract<Effect, { kind: 'compared' }>;

/** Since when, or from when to when. */
export function whenWords({ happened_on, ended_on }: Improvement, today: string): string {
  if (ended_on !== null) return rangeWords(happened_on, ended_on);
  const day = dayWords(happened_on);
  return happened_on > today ? admin_improvement_planned({ day }) : admin_improvement_since({ day });
}

/** "Satisfied 71.2% → 78.0%: +6.8 points (+2.0 to +11.6)", or why nothing can be compared. */
export function effectWords(type: MeasureType, effect: Effect): string {
  if (effect.kind === 'waiting') return admin_improvement_waiting({ day: dayWords(effect.date) });
  if (effect.kind === 'nothing-before') return admin_improvement_nothing_before();
  const { before, after, change } = effect;
  const name = measureName(type);
  if (change.kind === 'too-few' || before.figure.kind === 'too-few' || after.figure.kind === 'too-few') {
    return admin_improvement_few({
      name,
      before: countWords(before.figure.n),
      after: countWords(after.figure.n),
    });
  }
  return admin_improvement_verdict({
    name,
    before: valueWords(type, before.figure.value),
    after: valueWords(type, after.figure.value),
    change: changeWords(type, change.value),
    low: changeWords(type, change.low),
    high: changeWords(type, change.high),
  });
}

const SURE = {
  higher: admin_improvement_sure_higher,
  lower: admin_improvement_sure_lower,
  unclear: admin_improvement_unclear,
};
const SO_FAR = {
  higher: admin_improvement_sure_higher_so_far,
  lower: admin_improvement_sure_lower_so_far,
  unclear: admin_improvement_unclear_so_far,
};

/** Whether it is more than chance; "so far" until enough answers are in. Empty where nothing is compared. */
export function sureWords(effect: Effect): string {
  if (effect.kind !== 'compared' || effect.change.kind === 'too-few') return '';
  return (effect.plan.kind === 'settled' ? SURE : SO_FAR)[effect.direction]();
}

/** When enough answers will be in, or why never. */
export function planWords(type: MeasureType, { weeks, before, plan }: Compared, hoped: number): string {
  const hope = countWords(hoped);
  switch (plan.kind) {
    case 'settled':
      return admin_improvement_settled({ count: weeks, n: countWords(weeks) });
    case 'going':
      // Only the weeks are missing then.
      if (plan.have >= plan.needed) return admin_improvement_enough({ day: dayWords(plan.date) });
      return admin_improvement_going({
        have: countWords(plan.have),
        needed: countWords(plan.needed),
        hope,
        day: dayWords(plan.date),
      });
    case 'out-of-reach':
      return admin_improvement_out_of_reach({
        hope,
        before: before.figure.kind === 'estimate' ? valueWords(type, before.figure.value) : '–',
      });
    case 'never':
      return neverWords(type, plan, hope);
  }
}

function neverWords(
  type: MeasureType,
  { weeks, smallest }: Extract<Plan, { kind: 'never' }>,
  hope: string,
): string {
  const never = admin_improvement_never({ count: weeks, n: countWords(weeks), hope });
  if (smallest === null) return never;
  // Rounded up: what is promised must suffice.
  const points = Math.ceil(10 * (type === 'nps' ? smallest : 100 * smallest)) / 10;
  return `${never} ${admin_improvement_smallest({ points: pointWords(points, 1) })}`;
}
