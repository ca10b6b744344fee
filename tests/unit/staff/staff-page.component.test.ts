import 'fake-indexeddb/auto';
import { render, screen, within } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';
import type { SyncStatus } from '../../../src/domain/sync';
import { setLocale } from '../../../src/i18n/locale.svelte';
import StaffPage from '../../../src/staff/StaffPage.svelte';
import { ScriptedPairing, settings } from './staff-fixture';

const lastSentAt = new Date(2026, 5, 17, 14, 5).getTime();
const calm: SyncStatus = { connection: 'online', waiting: 0, quarantined: 0, lastSentAt };

/** Of a shop that has given no PINs, so that the page is open to everyone. */
async function open(status: Partial<SyncStatus>) {
  const { pair } = new ScriptedPairing();
  const { container } = render(StaffPage, {
    tablet: { state: { phase: 'paired', settings }, status: { ...calm, ...status }, pair },
  });
  await within(container).findAllByRole('definition');
}

/** What stands beside a word in the list of figures. */
function figure(term: RegExp): string | null {
  const row = screen.getByText(term, { selector: 'dt' }).parentElement!;
  return within(row).getByRole('definition').textContent;
}

describe('the staff’s page', () => {
  it('names the shop, the place and the tablet', async () => {
    await open({});
    expect(screen.getByText('Golden Rye Bakery')).toBeTruthy();
    expect(screen.getByText('5 Mill Lane · Counter')).toBeTruthy();
  });

  it.each<[string, Partial<SyncStatus>, string, RegExp]>([
    ['all is sent', {}, 'Online', /Everything is fine/],
    ['something is being sent', { waiting: 3 }, 'Online', /on their way/],
    ['there is no network', { connection: 'offline', waiting: 12 }, 'Offline', /go out by themselves/],
    ['the pairing was ended', { connection: 'paused', waiting: 1 }, 'Paused', /every answer is kept/],
  ])('says how things are when %s', async (_, status, title, about) => {
    await open(status);
    const state = screen.getByRole('status');
    expect(within(state).getByRole('heading').textContent).toBe(title);
    expect(state.textContent).toMatch(about);
  });

  it('gives the figures in the language of the page', async () => {
    setLocale('ru');
    await open({ connection: 'offline', waiting: 1204 });
    expect(figure(/Ждут отправки/)).toBe('1\u00a0204');
    expect(figure(/Последняя отправка/)).toMatch(/17 июня.*14:05/);
  });

  it('says so when nothing was ever sent', async () => {
    await open({ lastSentAt: null });
    expect(figure(/Last sent/)).toBe('Never yet');
  });

  it('speaks of records set aside only when there are some', async () => {
    await open({});
    expect(screen.queryByText(/Set aside/)).toBeNull();
    await open({ quarantined: 2 });
    expect(figure(/Set aside/)).toBe('2');
  });

  it('takes a new code once the pairing was ended, and at no other time', async () => {
    await open({ connection: 'offline' });
    expect(screen.queryByLabelText('Pairing code')).toBeNull();
    await open({ connection: 'paused' });
    expect(screen.getByLabelText('Pairing code')).toBeTruthy();
  });

  it('leads a browser that is no tablet to the pairing', () => {
    const { pair } = new ScriptedPairing();
    render(StaffPage, { tablet: { state: { phase: 'unpaired' }, status: calm, pair } });
    expect(screen.getByRole('link', { name: 'Pair it' }).getAttribute('href')).toBe('/');
  });
});
