import { PLAIN_TERMS, type Enrolment, type Programme, type Visit } from '../../../src/domain/member';

export const PROGRAMME: Programme = {
  country: 'BG',
  currency: 'EUR',
  cooldown_hours: 4,
  points_per_visit: 10,
  points_per_amount: { points: 1, per: 100 },
  welcome_points: 50,
  birthday_points: 50,
  ...PLAIN_TERMS,
};

/** An enrolment whose directory key was never worked out: nothing here opens a directory. */
export const enrolment = (phone: string, firstName: string, more: Partial<Enrolment> = {}): Enrolment => ({
  type: 'enrolment',
  phone,
  firstName,
  directoryKey: phone.slice(1).padStart(64, '0'),
  locale: 'bg',
  staff: null,
  consents: [{ purpose: 'programme', version: 1, locale: 'bg' }],
  ...more,
});

/** A check-in by number, with a sale in cents where there was one. */
export const visit = (phone: string, cents: number | null = null): Visit => ({
  type: 'visit',
  member: null,
  phone,
  sale: cents === null ? null : { amount: cents, currency: 'EUR' },
  staff: null,
});
