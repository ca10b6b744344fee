import { createHash, randomUUID } from 'node:crypto';
import fc from 'fast-check';
import type { VernaRecord } from '../../src/domain/record';
import { referralCode } from '../../src/domain/referral-code';
import { memberRecord } from './members';

/** What may happen at a shop's counter with members, as tablets tell it. */

export const TABLETS = 3;
/** The first two are of the members that every shop has; the third may never enrol. */
export const PHONES = ['+359881234567', '+359889999999', '+4915112345678'] as const;
export const START = Date.parse('2026-01-10T08:00:00Z');
/** Of the third nobody at the shop knows; see member-shop.ts for when the others are offered. */
export const REWARDS = [0, 1, 2].map((digit) => `16000000-0000-4000-8000-00000000000${digit}`);

/** Few moments, so that some are the same: hours of one day, days of a birthday, and days after a lapse or two. */
const moment = fc
  .tuple(fc.constantFrom(0, 0, 0, 1, 41, 43, 100, 150), fc.integer({ min: 0, max: 11 }))
  .map(([day, hour]) => new Date(START + (day * 24 + hour) * 3_600_000));
const purpose = fc.constantFrom('programme', 'messages', 'call');
const told = { tablet: fc.nat(TABLETS - 1), at: moment };

const enrolmentOf = (phone: fc.Arbitrary<string>) =>
  fc.record({
    kind: fc.constant('enrolment' as const),
    ...told,
    phone,
    firstName: fc.constantFrom('Анна', 'Ann', 'Аня'),
    email: fc.option(fc.constantFrom('anna@example.test', 'ann@example.test')),
    birthday: fc.option(fc.constantFrom({ month: 2, day: 20 }, { month: 6, day: 9 })),
    locale: fc.constantFrom('bg', 'en'),
    consents: fc.uniqueArray(purpose),
    invitedBy: fc.option(fc.nat(9)),
    /** Whether others go by the same code. */
    hasCommonCode: fc.integer({ min: 0, max: 7 }).map((dice) => dice === 0),
  });
const enrolment = enrolmentOf(fc.constantFrom(...PHONES.slice(0, 2), ...PHONES));
const visit = fc.record({
  kind: fc.constant('visit' as const),
  ...told,
  whom: fc.oneof(fc.constantFrom(...PHONES), fc.nat(9)),
  amount: fc.option(fc.integer({ min: 0, max: 2000 })),
});
const consent = fc.record({
  kind: fc.constant('consent' as const),
  ...told,
  whom: fc.nat(9),
  purpose,
  granted: fc.boolean(),
});
const redemption = fc.record({
  kind: fc.constant('redemption' as const),
  ...told,
  whom: fc.nat(9),
  reward: fc.constantFrom(...REWARDS),
  cost: fc.constantFrom(20, 30),
  checked: fc.boolean(),
});

type Valued<Generated> = Generated extends fc.Arbitrary<infer Value> ? Value : never;
type Fact =
  | Valued<typeof enrolment>
  | Valued<typeof visit>
  | Valued<typeof consent>
  | Valued<typeof redemption>;

/** Two that enrol first, so that they can be merged at any time, and what else happens. */
export const history: fc.Arbitrary<Fact[]> = fc
  .tuple(
    fc.tuple(enrolmentOf(fc.constant(PHONES[0])), enrolmentOf(fc.constant(PHONES[1]))),
    fc.array(
      fc.oneof(
        { weight: 3, arbitrary: enrolment },
        { weight: 5, arbitrary: visit },
        { weight: 4, arbitrary: redemption },
        { weight: 2, arbitrary: consent },
      ),
      { minLength: 2, maxLength: 24 },
    ),
  )
  .map(([first, others]) => [...first, ...others]);

export type Told = { tablet: number; record: VernaRecord };

export function recordsOf(facts: readonly Fact[]): Told[] {
  const made = Array.from({ length: TABLETS }, () => 0);
  const ids = facts.map((fact) => {
    const id = randomUUID();
    return fact.kind === 'enrolment' && fact.hasCommonCode ? `${id.slice(0, -10)}abcdef0123` : id;
  });
  const enrolled = ids.filter((_, at) => facts[at]?.kind === 'enrolment');
  // Of whom no enrolment tells, visits wait for ever.
  const named = (which: number) =>
    enrolled[which % (enrolled.length + 1)] ?? '00000000-0000-4000-8000-000000000000';
  return facts.map((fact, at) => {
    const seq = (made[fact.tablet] ?? 0) + 1;
    made[fact.tablet] = seq;
    const envelope = { pairing: '', seq, occurredAt: fact.at, ...(ids[at] ? { id: ids[at] } : {}) };
    return { tablet: fact.tablet, record: memberRecord(fact.kind, bodyOf(fact, named), envelope) };
  });
}

function bodyOf(fact: Fact, named: (which: number) => string): object {
  const by = { staff: null };
  switch (fact.kind) {
    case 'enrolment': {
      const { phone, firstName, email, birthday, locale, invitedBy } = fact;
      const directoryKey = createHash('sha256').update(phone).digest('hex');
      const consents = fact.consents.map((purpose) => ({ purpose, version: 1, locale }));
      const invited = invitedBy === null ? {} : { referralCode: referralCode(named(invitedBy)) };
      return { ...by, phone, directoryKey, firstName, email, birthday, locale, consents, ...invited };
    }
    case 'visit': {
      const sale = fact.amount === null ? null : { amount: fact.amount, currency: 'EUR' };
      const whom =
        typeof fact.whom === 'number'
          ? { member: named(fact.whom), phone: null }
          : { member: null, phone: fact.whom };
      return { ...by, ...whom, sale };
    }
    case 'consent': {
      const { purpose, granted } = fact;
      return { ...by, member: named(fact.whom), purpose, granted, version: 1, locale: 'bg' };
    }
    case 'redemption': {
      const { reward, cost, checked } = fact;
      return { ...by, member: named(fact.whom), reward, cost, checked };
    }
  }
}
