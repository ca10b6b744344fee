import 'fake-indexeddb/auto';
import { screen, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it } from 'vitest';
import { setLocale } from '../../../src/i18n/locale.svelte';
import { anna, CAKE, COFFEE, RECORD, reward, ScriptedCounter, STAFF, whom } from './counter-fixture';

const user = userEvent.setup();
const heading = (name: string) => screen.findByRole('heading', { level: 1, name });
const press = async (name: string | RegExp) => user.click(await screen.findByRole('button', { name }));

async function toRewards(): Promise<void> {
  await user.keyboard('0888123456{Enter}');
  await heading('Anna');
  await press(/^Give a reward/);
  await heading('A reward for Anna');
}

describe('giving a reward', () => {
  let counter: ScriptedCounter;
  beforeEach(() => {
    counter = new ScriptedCounter();
  });

  it('takes a choice and a confirmation, and says what to hand over only once it is saved', async () => {
    counter.balance = 145;
    counter.open();
    await toRewards();
    expect(screen.getByText('40 points to “A whole cake”')).toBeTruthy();
    await press(/^Free coffee/);
    await heading('Free coffee');
    expect(await screen.findByText('The server has just confirmed the balance.')).toBeTruthy();
    expect(screen.getAllByRole('definition').map(({ textContent }) => textContent)).toEqual([
      '145',
      '−100',
      '45',
    ]);
    expect(counter.kept).toEqual([]);
    await press('Give it');
    await heading('Hand over: Free coffee');
    expect(screen.getByText('Anna has 45 points left.')).toBeTruthy();
    expect(counter.kept).toEqual([
      {
        type: 'redemption',
        member: anna.id,
        reward: COFFEE.id,
        cost: 100,
        staff: STAFF,
        checked: true,
      },
    ]);
    const entry = { id: RECORD, ...whom, sale: null, points: -100, reward: COFFEE.id, checked: true };
    expect(counter.noted).toMatchObject([{ entry, name: 'Anna' }]);
    await press('Back to Anna');
    await heading('Anna');
    expect(screen.getByText('45 points')).toBeTruthy();
  });

  it('goes by what the tablet knows while the server cannot be asked', async () => {
    counter.open();
    await toRewards();
    await press(/^Free coffee/);
    expect(await screen.findByText(/As this tablet knows it/)).toBeTruthy();
    expect(screen.queryByRole('alert')).toBeNull();
    await press('Give it');
    await heading('Hand over: Free coffee');
    expect(counter.kept).toMatchObject([{ checked: false }]);
    expect(screen.getByText('Recorded and safe on this tablet.')).toBeTruthy();
  });

  it('gives none that the server says there are too few points for', async () => {
    counter.balance = 60;
    counter.open();
    await toRewards();
    await press(/^Free coffee/);
    expect((await screen.findByRole('alert')).textContent).toBe(
      'This reward needs 40 points more than there are.',
    );
    expect(screen.queryByRole('button', { name: /^Give/ })).toBeNull();
    await user.keyboard('{Enter}');
    expect(counter.kept).toEqual([]);
    await press('Another reward');
    await heading('A reward for Anna');
    expect(screen.getByText('60 points')).toBeTruthy();
  });

  it('says that the owner will be shown what goes over the known balance offline, and gives it all the same', async () => {
    counter.open();
    await toRewards();
    await press(/^A whole cake/);
    expect((await screen.findByRole('alert')).textContent).toMatch(/too few.*the owner will be shown it/);
    await user.keyboard('{Enter}');
    expect(counter.kept).toEqual([]);
    await press('Give it anyway');
    await heading('Hand over: A whole cake');
    expect(counter.kept).toMatchObject([{ reward: CAKE.id, cost: 185, checked: false }]);
    expect(screen.getByText('Anna has -40 points left.')).toBeTruthy();
    expect(screen.getByText('Recorded. The owner will be shown it.')).toBeTruthy();
  });

  it.each([
    ['this member’s', { member: anna.id, lookup: null }],
    ['the tablet’s', { member: null, lookup: 'cd'.repeat(16) }],
  ])('says so when it goes over %s budget of the day', async (_, who) => {
    const spent = { ...who, sale: null, checked: false, pairing: RECORD, at: Date.now(), id: RECORD };
    counter.recorded = [{ ...spent, points: -60, reward: CAKE.id }];
    counter.open({ programme: { offline_budget: { member: 150, tablet: 150 } } });
    await toRewards();
    await press(/^Free coffee/);
    expect((await screen.findByRole('alert')).textContent).toMatch(/more than may be given today/);
    expect(screen.getByRole('button', { name: 'Give it anyway' })).toBeTruthy();
  });

  it('shows what cannot be had, and why, and lets nobody choose it', async () => {
    counter.open({
      rewards: [
        reward(3, 'Mug', 10, { left: 0 }),
        reward(4, 'Stollen', 20, { from: '2126-12-01' }),
        reward(5, 'Sorbet', 30, { until: '2026-01-31' }),
        reward(6, 'Bun', 40, { left: 3 }),
      ],
    });
    await toRewards();
    const about = (name: RegExp) => {
      const button = screen.getByRole<HTMLButtonElement>('button', { name });
      return [button.disabled, within(button).getByText(/None|From|longer|left/).textContent];
    };
    expect(about(/^Mug/)).toEqual([true, 'None left']);
    expect(about(/^Stollen/)).toEqual([true, 'From 1 December']);
    expect(about(/^Sorbet/)).toEqual([true, 'No longer given']);
    expect(about(/^Bun/)).toEqual([false, '3 left']);
  });

  it('hands nothing over that the disk did not take', async () => {
    counter.next = { outcome: 'failed', failure: 'full' };
    counter.open();
    await toRewards();
    await press(/^Free coffee/);
    await press('Give it');
    expect((await screen.findByRole('alert')).textContent).toMatch(/tablet is full.*don’t hand it over/);
    expect(counter.noted).toEqual([]);
    counter.next = { outcome: 'saved', id: RECORD };
    await press('Give it');
    await heading('Hand over: Free coffee');
  });

  it('is offered after a check-in too, and counts that visit', async () => {
    counter.open();
    await user.keyboard('0888123456{Enter}');
    await heading('Anna');
    await press('Check in');
    await press('Give a reward');
    await heading('A reward for Anna');
    expect(screen.getByText('155 points')).toBeTruthy();
    await press('Back');
    expect(await screen.findByText(/Counted already/)).toBeTruthy();
  });

  it('is not offered to whom it is not given to, nor where there is nothing', async () => {
    counter.open({ mayRedeem: false });
    await user.keyboard('0888123456{Enter}');
    await heading('Anna');
    expect(screen.queryByRole('button', { name: /reward/ })).toBeNull();
  });

  it('speaks the language of the page', async () => {
    setLocale('bg');
    counter.open();
    await user.keyboard('0888123456{Enter}');
    await press(/^Дай награда/);
    expect(await screen.findByRole('button', { name: /^Free coffee \(bg\)/ })).toBeTruthy();
    expect(screen.getByText('Още 40 точки до „A whole cake (bg)“')).toBeTruthy();
  });
});
