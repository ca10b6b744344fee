import { Shop } from '../../../src/admin/shop.svelte';
import type { Result } from '../../../src/backend/failure';
import type { OwnerCalls } from '../../../src/backend/owner-calls';
import type { MemberRow, ReportMember } from '../../../src/backend/owner-calls/members';
import type { ReportReward } from '../../../src/backend/owner-calls/rewards';

export const id = (number: number) => `018f3c1e-7b2a-4c3d-8e4f-${String(number).padStart(12, '0')}`;

export const ok = <Value>(value: Value): Promise<Result<Value>> => Promise.resolve({ ok: true, value });
export const unreachable = (): Promise<Result<never>> =>
  Promise.resolve({ ok: false, failure: { code: 'unreachable' } });

export const memberRow = (number: number): MemberRow => ({
  member: id(number),
  first_name: `Member ${number}`,
  phone: `+3598880000${String(number).padStart(2, '0')}`,
  points: number,
  visits: 0,
  last_visit: null,
  enrolled_at: '2026-06-17T14:05:00Z',
});

export const member: ReportMember = {
  member: id(1),
  first_name: 'Anna',
  phone: '+359888123456',
  other_phones: [],
  email: null,
  birthday: { month: 2, day: 29 },
  locale: 'bg',
  enrolled_at: '2026-06-01T09:00:00Z',
  erased_at: null,
  points: 60,
  earned: 60,
  visits: 1,
  last_visit: '2026-06-10T12:00:00Z',
  consents: [
    {
      purpose: 'messages',
      granted: true,
      version: 1,
      locale: 'bg',
      at: '2026-06-01T09:00:00Z',
      tablet: id(20),
      location: id(30),
    },
  ],
  aliases: [id(1)],
  timeline: [
    { at: '2026-06-10T12:00:00Z', what: 'points', points: 10, reason: 'visit', note: null, by: null },
    {
      at: '2026-06-10T12:00:00Z',
      what: 'visit',
      tablet: id(20),
      location: id(30),
      staff: id(40),
      amount: 1250,
      currency: 'EUR',
      refused: null,
      points: 10,
    },
    { at: '2026-06-01T09:00:00Z', what: 'consent', purpose: 'messages', granted: true },
    { at: '2026-06-01T09:00:00Z', what: 'points', points: 50, reason: 'welcome', note: null, by: null },
    {
      at: '2026-06-01T09:00:00Z',
      what: 'enrolment',
      tablet: id(20),
      location: id(30),
      staff: null,
      referral_code: null,
    },
  ],
};

/** A coffee for 100 points, without an end of them. */
export const coffee: ReportReward = {
  reward: id(50),
  since: '2026-06-01T09:00:00Z',
  withdrawn: false,
  name: { en: 'Coffee', ru: 'Кофе', bg: 'Кафе' },
  cost: 100,
  from: null,
  until: null,
  picture: null,
  left: null,
  redeemed: 0,
  points: 0,
  flagged: 0,
};

/** A shop whose server answers as the test says; a call the test did not script is a mistake of the test. */
export function scriptedShop(calls: Partial<OwnerCalls>): Shop {
  const shop = new Shop(calls as OwnerCalls, {
    id: id(100),
    name: 'Golden Rye Bakery',
    default_locale: 'en',
    is_demo: false,
  });
  shop.locations = [
    { id: id(30), name: '5 Mill Lane', time_zone: 'Europe/London', region: null, opening_hours: null },
  ];
  return shop;
}
