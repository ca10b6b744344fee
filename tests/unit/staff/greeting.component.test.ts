import 'fake-indexeddb/auto';
import { fireEvent, screen } from '@testing-library/svelte';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ScriptedCounter } from './counter-fixture';

const NOW = Date.parse('2026-11-22T10:00:00.000Z');

async function greet(options: Parameters<ScriptedCounter['open']>[0]): Promise<string> {
  new ScriptedCounter().open(options);
  for (const digit of '0888123456') await fireEvent.keyDown(window, { key: digit });
  await fireEvent.keyDown(window, { key: 'Enter' });
  await vi.advanceTimersByTimeAsync(0);
  return screen.getByRole('heading', { level: 1, name: 'Anna' }).parentElement!.textContent;
}

describe('greeting a member', () => {
  beforeEach(() => void vi.useFakeTimers({ now: NOW }));
  afterEach(() => void vi.useRealTimers());

  it('tells the points as the tablet knows them, the tier, and the way to the next reward', async () => {
    const name = { en: 'Silver', ru: 'Серебро', bg: 'Сребро' };
    const words = await greet({
      member: { tier: 1 },
      found: { balance: 155 },
      programme: { tiers: [{ name, from: 100 }] },
    });
    expect(words).toContain('155 points');
    expect(words).toContain('Silver');
    expect(words).toContain('30 points to “A whole cake”');
    expect(screen.getByRole('progressbar').getAttribute('value')).toBe('155');
    expect(screen.getByRole('button', { name: 'Give a reward 1 within reach' })).toBeTruthy();
  });

  it.each([
    ['11-22', 'Birthday today: time for a warm word.'],
    ['11-27', 'Birthday: 27 November'],
    ['02-29', null],
  ])('thinks of a birthday on %s', async (birthday, words) => {
    const said = await greet({ member: { birthday } });
    if (words) expect(said).toContain(words);
    else expect(said).not.toContain('Birthday');
  });

  it('tells of points that are about to lapse, and no longer once a visit has just kept them', async () => {
    const programme = { expiry_months: 6 };
    const countedAt = Date.parse('2026-05-30T10:00:00.000Z');
    expect(await greet({ programme, found: { countedAt } })).toContain('145 points lapse on 30 November');
  });

  it('says nothing of lapsing while the cooldown runs', async () => {
    const words = await greet({ programme: { expiry_months: 1 }, found: { countedAt: NOW - 60_000 } });
    expect(words).toContain('Counted already');
    expect(words).not.toContain('lapse');
  });
});
