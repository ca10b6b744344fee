import 'fake-indexeddb/auto';
import { fireEvent, render, screen } from '@testing-library/svelte';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { FoundMember } from '../../../src/device/members';
import { PLAIN_TERMS, type Programme } from '../../../src/domain/member';
import type { SaveResult } from '../../../src/domain/sync';
import { setLocale } from '../../../src/i18n/locale.svelte';
import * as phones from '../../../src/device/phone';
import type { Noted } from '../../../src/staff/check-in.svelte';
import CheckIn from '../../../src/staff/CheckIn.svelte';

const NOW = new Date(2026, 5, 17, 15, 0).getTime();
const HOUR = 3_600_000;
const staff = '018f3c1e-7b2a-7c3d-8e4f-000000000101';
const anna = {
  id: '018f3c1e-7b2a-7c3d-8e4f-000000000201',
  name: 'Anna',
  points: 45,
  last_visit: '2026-06-15T10:00:00.000Z',
};
const programme: Programme = {
  country: 'BG',
  currency: 'EUR',
  cooldown_hours: 4,
  points_per_visit: 10,
  points_per_amount: { points: 1, per: 100 },
  welcome_points: 0,
  birthday_points: 0,
  ...PLAIN_TERMS,
};
const whom = { member: anna.id, lookup: 'ab'.repeat(16) };
const known = (countedAt: number | null): FoundMember => ({
  outcome: 'known',
  whom,
  member: anna,
  balance: anna.points,
  countedAt,
});
const unknown = (isCertain: boolean, countedAt: number | null = null): FoundMember => ({
  outcome: 'unknown',
  whom: { member: null, lookup: whom.lookup },
  isCertain,
  countedAt,
});

/** What the tablet knows, and a disk that answers as the test says; both are asked, never awaited by the clock. */
class ScriptedTablet {
  looked: string[] = [];
  kept: unknown[] = [];
  noted: Noted[] = [];
  left = 0;
  enrolling: string[] = [];
  answer: (found: FoundMember) => void = () => {};
  saves: (result: SaveResult) => void = () => {};

  open(canEnrol = true): void {
    render(CheckIn, {
      membership: { directory_salt: 'ab'.repeat(32), programme, rewards: [] },
      timeZone: 'UTC',
      phones,
      staff,
      diary: { note: (noted: Noted) => this.noted.push(noted), recorded: () => Promise.resolve([]) },
      members: {
        findByCode: () => Promise.reject(new Error('No code was shown')),
        askBalance: () => Promise.resolve(null),
        find: (phone: string) => {
          this.looked.push(phone);
          return new Promise<FoundMember>((resolve) => (this.answer = resolve));
        },
        close: () => Promise.resolve(),
      },
      save: (body: unknown) => {
        this.kept.push(body);
        return new Promise<SaveResult>((resolve) => (this.saves = resolve));
      },
      onleave: () => (this.left += 1),
      ...(canEnrol && { onenrol: (phone: string) => this.enrolling.push(phone) }),
    });
  }

  async find(found: FoundMember): Promise<void> {
    await type('0888123456');
    await key('Enter');
    this.answer(found);
    await settled();
  }

  async save(result: SaveResult = { outcome: 'saved', id: staff }): Promise<void> {
    this.saves(result);
    await settled();
  }
}

const settled = () => vi.advanceTimersByTimeAsync(0);
const key = (name: string) => fireEvent.keyDown(document.activeElement ?? window, { key: name });
async function type(digits: string): Promise<void> {
  for (const digit of digits) await key(digit);
}
const heading = () => screen.getByRole('heading', { level: 1 }).textContent;
const press = (name: string, index = 0) => fireEvent.click(screen.getAllByRole('button', { name })[index]!);

describe('checking a member in', () => {
  let tablet: ScriptedTablet;
  beforeEach(() => {
    vi.useFakeTimers({ now: NOW });
    tablet = new ScriptedTablet();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('takes the number, Enter and Enter', async () => {
    tablet.open();
    await type('0888123456');
    expect(screen.getByText('088 812 3456')).toBeTruthy();
    await key('Enter');
    expect(screen.getByText('Looking …')).toBeTruthy();
    expect(tablet.looked).toEqual(['+359888123456']);
    tablet.answer(known(NOW - 48 * HOUR));
    await settled();
    expect(heading()).toBe('Anna');
    expect(screen.getByText('45 points')).toBeTruthy();
    expect(screen.getByText(/Last visit that counted: 15 June/)).toBeTruthy();
    await key('Enter');
    expect(tablet.kept).toEqual([{ type: 'visit', member: anna.id, phone: null, sale: null, staff }]);
    await tablet.save();
    expect(heading()).toBe('Anna: checked in');
    expect(screen.getByText('45 points as last known.')).toBeTruthy();
    expect(screen.getByText('This visit adds 10 points once it has been sent.')).toBeTruthy();
    await key('Enter');
    expect(heading()).toBe('Telephone number');
    expect(screen.queryByText('088 812 3456')).toBeNull();
  });

  it('works with fingers alone, and takes the amount of the sale', async () => {
    tablet.open();
    for (const digit of '0888123456') await press(digit);
    await press('Find');
    tablet.answer(known(null));
    await settled();
    expect(screen.getByText('No visit yet')).toBeTruthy();
    for (const digit of '12509') await press(digit);
    await press('Delete the last digit');
    expect(screen.getByText('€12.50')).toBeTruthy();
    await press('Check in');
    expect(tablet.kept).toMatchObject([{ sale: { amount: 1250, currency: 'EUR' } }]);
    await tablet.save();
    expect(screen.getByText('This visit adds 22 points once it has been sent.')).toBeTruthy();
  });

  it('has a key for two zeros, which fill the amount to its end and no further', async () => {
    tablet.open();
    await tablet.find(known(null));
    await press('00');
    expect(screen.getByText('€0.00')).toBeTruthy();
    for (const keys of ['7', '00', '00', '00', '1', '00']) await press(keys);
    expect(screen.getByText('€700,000.01')).toBeTruthy();
  });

  it('notes what was recorded, whose it was, and what it should give', async () => {
    tablet.open();
    await tablet.find(known(null));
    await type('1250');
    await key('Enter');
    expect(tablet.noted).toEqual([]);
    await tablet.save();
    const sale = { amount: 1250, currency: 'EUR' };
    const entry = { id: staff, at: NOW, ...whom, sale, points: 22, reward: null, checked: false };
    expect(tablet.noted).toEqual([{ entry, name: 'Anna' }]);
  });

  it('knows of a number that nobody is known by that it has been counted already', async () => {
    tablet.open();
    await tablet.find(unknown(false, new Date(2026, 5, 17, 14, 5).getTime()));
    expect(screen.getByText(/Counted already: 14:05/)).toBeTruthy();
    await key('Enter');
    await tablet.save();
    expect(tablet.noted).toMatchObject([{ entry: { member: null, points: 0 }, name: null }]);
  });

  it('says nothing of success before the disk has answered, and saves once', async () => {
    tablet.open();
    await tablet.find(known(null));
    await press('Check in');
    await press('Check in');
    await key('Enter');
    expect(tablet.kept).toHaveLength(1);
    expect(heading()).toBe('Anna');
    await tablet.save();
    expect(heading()).toBe('Anna: checked in');
  });

  it.each([
    ['full', /The tablet is full/],
    ['unavailable', /could not be saved/],
  ] as const)('says so when the disk is %s, and lets it be tried again', async (failure, words) => {
    tablet.open();
    await tablet.find(known(null));
    await key('Enter');
    await tablet.save({ outcome: 'failed', failure });
    expect(screen.getByRole('alert').textContent).toMatch(words);
    await key('Enter');
    await tablet.save();
    expect(heading()).toBe('Anna: checked in');
  });

  it('tells that the cooldown runs, keeps the check-in, and promises no points', async () => {
    tablet.open();
    await tablet.find(known(new Date(2026, 5, 17, 14, 5).getTime()));
    expect(screen.getByText(/Counted already: 14:05/)).toBeTruthy();
    await key('Enter');
    await tablet.save();
    expect(tablet.kept).toHaveLength(1);
    expect(screen.getByText(/Counted already: 14:05.*gives no points/)).toBeTruthy();
    expect(screen.queryByText(/adds/)).toBeNull();
  });

  it('does not take a number that cannot be', async () => {
    tablet.open();
    await type('088812345');
    await key('Enter');
    expect(screen.getByRole('alert').textContent).toMatch(/no such number/);
    expect(tablet.looked).toEqual([]);
    await key('6');
    expect(screen.queryByRole('alert')).toBeNull();
    await key('Enter');
    expect(tablet.looked).toEqual(['+359888123456']);
  });

  it('takes a number from abroad, by its key and by the keyboard', async () => {
    tablet.open();
    await press('+ Number from abroad');
    await type('447400123456');
    expect(screen.getByText('+44 7400 123456')).toBeTruthy();
    for (let left = 13; left > 0; left -= 1) await key('Backspace');
    await key('+');
    await type('79123456789');
    await key('Enter');
    expect(tablet.looked).toEqual(['+79123456789']);
  });

  it('offers whom nobody knows to be enrolled, or the visit to be recorded by number', async () => {
    tablet.open();
    await tablet.find(unknown(true));
    expect(heading()).toBe('Not a member yet');
    await press('Enrol as a member');
    expect(tablet.enrolling).toEqual(['+359888123456']);
    await key('Enter');
    expect(tablet.kept).toEqual([{ type: 'visit', member: null, phone: '+359888123456', sale: null, staff }]);
    await tablet.save();
    expect(heading()).toBe('Visit recorded');
    expect(screen.getByText(/counts for whoever has the number 088 812 3456/)).toBeTruthy();
  });

  it('does not call somebody no member whom it only could not ask about', async () => {
    tablet.open(false);
    await tablet.find(unknown(false));
    expect(heading()).toBe('Not known on this tablet');
    expect(screen.queryByRole('button', { name: 'Enrol as a member' })).toBeNull();
  });

  it('shows nobody when the answer comes after the number was left', async () => {
    tablet.open();
    await type('0888123456');
    await key('Enter');
    await vi.advanceTimersByTimeAsync(60_000);
    tablet.answer(known(null));
    await settled();
    expect(heading()).toBe('Telephone number');
  });

  it('forgets who is on the screen after a minute without a touch, and a result sooner', async () => {
    tablet.open();
    await tablet.find(known(null));
    await vi.advanceTimersByTimeAsync(59_000);
    await fireEvent.pointerDown(window);
    await vi.advanceTimersByTimeAsync(59_000);
    expect(heading()).toBe('Anna');
    await vi.advanceTimersByTimeAsync(1_000);
    expect(heading()).toBe('Telephone number');
    await tablet.find(known(null));
    await key('Enter');
    await tablet.save();
    await vi.advanceTimersByTimeAsync(15_000);
    expect(screen.queryByText(/Anna/)).toBeNull();
  });

  it('forgets who is on the screen when the page is left', async () => {
    tablet.open();
    await tablet.find(known(null));
    vi.spyOn(document, 'visibilityState', 'get').mockReturnValue('hidden');
    await fireEvent(document, new Event('visibilitychange'));
    vi.restoreAllMocks();
    expect(screen.queryByText('Anna')).toBeNull();
  });

  it('goes back to the number to mend it, and from there to the page', async () => {
    tablet.open();
    await tablet.find(known(null));
    await press('Back');
    expect(screen.getByText('088 812 3456')).toBeTruthy();
    expect(tablet.left).toBe(0);
    await press('Back');
    expect(tablet.left).toBe(1);
  });

  it('speaks the language of the page, plurals and all', async () => {
    setLocale('ru');
    tablet.open();
    await tablet.find(known(null));
    expect(screen.getByText('45 баллов')).toBeTruthy();
  });
});
