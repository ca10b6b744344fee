import { render } from '@testing-library/svelte';
import type { FoundMember } from '../../../src/device/members';
import * as phones from '../../../src/device/phone';
import type { Logged } from '../../../src/domain/check-in-log';
import { PLAIN_TERMS, type KnownMember, type Programme } from '../../../src/domain/member';
import type { OfferedReward } from '../../../src/domain/reward';
import type { SaveResult } from '../../../src/domain/sync';
import type { Noted } from '../../../src/staff/check-in.svelte';
import CheckIn from '../../../src/staff/CheckIn.svelte';

const id = (number: number) => `018f3c1e-7b2a-7c3d-8e4f-${String(number).padStart(12, '0')}`;

export const STAFF = id(101);
export const RECORD = id(301);
export const anna: KnownMember = { id: id(201), name: 'Anna', points: 145, last_visit: null };
export const whom = { member: anna.id, lookup: 'ab'.repeat(16) };

export const reward = (
  number: number,
  name: string,
  cost: number,
  more: Partial<OfferedReward> = {},
): OfferedReward => ({
  id: id(400 + number),
  name: { en: name, ru: `${name} (ru)`, bg: `${name} (bg)` },
  cost,
  left: null,
  from: null,
  until: null,
  picture: null,
  ...more,
});
export const COFFEE = reward(1, 'Free coffee', 100);
export const CAKE = reward(2, 'A whole cake', 185);

const PROGRAMME: Programme = {
  country: 'BG',
  currency: 'EUR',
  cooldown_hours: 4,
  points_per_visit: 10,
  points_per_amount: null,
  welcome_points: 0,
  birthday_points: 0,
  ...PLAIN_TERMS,
  offline_budget: { member: 150, tablet: 300 },
};

/** A counter whose directory, server and disk answer as the test says. */
export class ScriptedCounter {
  kept: unknown[] = [];
  noted: Noted[] = [];
  recorded: Logged[] = [];
  codes: unknown[] = [];
  /** What the server tells of the balance; null while it cannot be asked. */
  balance: number | null = null;
  next: SaveResult = { outcome: 'saved', id: RECORD };
  left = 0;

  open({
    member = {} as Partial<KnownMember>,
    found = {} as Partial<Extract<FoundMember, { outcome: 'known' }>>,
    programme = {} as Partial<Programme>,
    rewards = [COFFEE, CAKE],
    mayRedeem = true,
    byCode = null as FoundMember | null,
  } = {}): void {
    const known = { ...anna, ...member };
    const answer: FoundMember = {
      outcome: 'known',
      whom,
      member: known,
      balance: known.points,
      countedAt: null,
      ...found,
    };
    render(CheckIn, {
      membership: { directory_salt: 'ab'.repeat(32), programme: { ...PROGRAMME, ...programme }, rewards },
      timeZone: 'Europe/Sofia',
      phones,
      staff: STAFF,
      mayRedeem,
      diary: {
        note: (noted: Noted) => this.noted.push(noted),
        recorded: () => Promise.resolve(this.recorded),
      },
      members: {
        find: () => Promise.resolve(answer),
        findByCode: (coded: unknown) => {
          this.codes.push(coded);
          return Promise.resolve(byCode ?? answer);
        },
        askBalance: () => Promise.resolve(this.balance),
        close: () => Promise.resolve(),
      },
      save: (body: unknown) => {
        this.kept.push(body);
        return Promise.resolve(this.next);
      },
      onleave: () => (this.left += 1),
    });
  }
}
