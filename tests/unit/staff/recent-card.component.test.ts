import 'fake-indexeddb/auto';
import { render, screen, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import type { Logged } from '../../../src/domain/check-in-log';
import { Diary, type DiaryEntry } from '../../../src/staff/diary.svelte';
import RecentCard from '../../../src/staff/RecentCard.svelte';
import { COFFEE, RECORD, reward, whom } from './counter-fixture';

const record = (number: number) => `018f3c1e-7b2a-7c3d-8e4f-${String(number).padStart(12, '0')}`;

const entry = (number: number, more: Partial<DiaryEntry> = {}): DiaryEntry => ({
  id: record(number),
  pairing: RECORD,
  at: Date.now(),
  ...whom,
  sale: { amount: 1250, currency: 'EUR' },
  points: 22,
  reward: null,
  checked: false,
  name: null,
  state: 'sent',
  ...more,
});
const open = (entries: DiaryEntry[]) => render(RecentCard, { entries, rewards: [COFFEE], timeZone: 'UTC' });
const rows = () =>
  screen
    .getAllByRole('row')
    .slice(1)
    .map((row) =>
      within(row)
        .getAllByRole('cell')
        .slice(1)
        .map(({ textContent }) => textContent.trim()),
    );

describe('the last check-ins', () => {
  it('tell who, as far as the page knows, what was paid or given, the points, and what still waits', () => {
    open([
      entry(4, { reward: COFFEE.id, sale: null, points: -100, name: 'Anna', state: 'waiting' }),
      entry(3, { name: 'Anna' }),
      entry(2, { sale: null, points: 0 }),
      entry(5, { name: 'Anna', state: 'set_aside' }),
      entry(1, { member: null, sale: null, reward: reward(9, 'Gone', 1).id, points: -1 }),
    ]);
    expect(rows()).toEqual([
      ['Anna', 'Free coffee', '−100', 'Waiting'],
      ['Anna', '€12.50', '+22', 'Sent'],
      ['Member', '—', '0', 'Sent'],
      ['Anna', '€12.50', '+22', 'Set aside'],
      ['By number', 'Reward', '−1', 'Sent'],
    ]);
    expect(screen.getByText('Today: 3 check-ins · 1 waiting to be sent')).toBeTruthy();
  });

  it('are fifteen, and on request all of today', async () => {
    const yesterday = entry(0, { at: Date.now() - 86_400_000 });
    open([...Array.from({ length: 16 }, (_, index) => entry(index + 1)), yesterday]);
    expect(rows()).toHaveLength(15);
    await userEvent.click(screen.getByRole('button', { name: 'All of today' }));
    expect(rows()).toHaveLength(16);
    await userEvent.click(screen.getByRole('button', { name: 'Only the last' }));
    expect(rows()).toHaveLength(15);
  });

  it('say so when there are none', () => {
    open([]);
    expect(screen.getByText(/Nobody has been checked in/)).toBeTruthy();
  });
});

describe('the diary behind them', () => {
  const logged = (number: number, at: number): Logged => {
    const { name: _name, state: _state, ...rest } = entry(number, { at });
    return rest;
  };

  it('knows names only until it forgets them, and from the queue what waits or was refused', async () => {
    const kept = [logged(0, 500), logged(1, 1_000), logged(2, 2_000)];
    const diary = new Diary(
      {
        add: (added) => Promise.resolve(void kept.push({ ...added, pairing: RECORD })),
        entries: () => Promise.resolve(kept),
      },
      { heardUntil: () => Promise.resolve(2_000), setAside: () => Promise.resolve(new Set([record(0)])) },
    );
    diary.note({ entry: logged(3, 3_000), name: 'Anna' });
    await new Promise((resolve) => setTimeout(resolve));
    expect(diary.entries.map(({ name, state }) => [name, state])).toEqual([
      ['Anna', 'waiting'],
      [null, 'waiting'],
      [null, 'sent'],
      [null, 'set_aside'],
    ]);
    diary.forget();
    expect(diary.entries).toEqual([]);
    await diary.refresh();
    expect(diary.entries[0]!.name).toBeNull();
  });
});
