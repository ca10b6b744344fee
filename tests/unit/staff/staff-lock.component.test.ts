import 'fake-indexeddb/auto';
import { fireEvent, render, screen } from '@testing-library/svelte';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { TabletSettings } from '../../../src/backend/tablet-calls';
import { DatabaseHandle, DATABASE_NAME } from '../../../src/device/database';
import { hashPin } from '../../../src/device/pin-hash';
import type { RecordBody } from '../../../src/device/mint';
import { Queue } from '../../../src/device/queue';
import { STAFF_RIGHTS } from '../../../src/domain/staff-rights';
import type { SyncStatus } from '../../../src/domain/sync';
import StaffPage from '../../../src/staff/StaffPage.svelte';
import { PROGRAMME } from '../../support/members';
import { ScriptedPairing, settings } from './staff-fixture';

const PIN = '482913';
const SALT = 'ab'.repeat(16);
const calm: SyncStatus = { connection: 'online', waiting: 0, quarantined: 0, lastSentAt: null };
const vera = { id: '018f3c1e-7b2a-7c3d-8e4f-000000000101', name: 'Vera' };
const boris = { id: '018f3c1e-7b2a-7c3d-8e4f-000000000102', name: 'Boris' };
const hash = await hashPin(PIN, SALT);

/** What the server told this tablet, in the database that the page reads. */
async function keepStaff(...people: (typeof vera)[]): Promise<void> {
  const database = new DatabaseHandle();
  await new Queue(database).keepStaff(
    people.map((person) => ({ ...person, pin_salt: SALT, pin_hash: hash, rights: [...STAFF_RIGHTS] })),
  );
  await database.close();
}

function open(
  status: Partial<SyncStatus> = {},
  membership: TabletSettings['membership'] = null,
  onidle: (resting: boolean) => void = () => {},
) {
  const saved: RecordBody[] = [];
  const save = (body: RecordBody) => {
    saved.push(body);
    return Promise.resolve({ outcome: 'saved' as const, id: vera.id });
  };
  const { pair } = new ScriptedPairing();
  render(StaffPage, {
    tablet: {
      state: { phase: 'paired', settings: { ...settings, membership } },
      status: { ...calm, ...status },
      pair,
      save,
    },
    onidle,
  });
  return saved;
}

const button = (name: string) => screen.getByRole<HTMLButtonElement>('button', { name });
const press = (name: string) => fireEvent.click(button(name));
async function typePin(pin: string): Promise<void> {
  for (const digit of pin) await press(digit);
}
/** A check takes the browser's other threads as long as it takes. */
const soon = { timeout: 20_000 };

describe('the lock on the staff’s page', () => {
  beforeEach(() => keepStaff(vera, boris));
  afterEach(() => {
    indexedDB.deleteDatabase(DATABASE_NAME);
  });

  it('says that the page is open to everyone while nobody has a PIN', async () => {
    await keepStaff();
    open();
    expect(await screen.findByText(/open to everyone/)).toBeTruthy();
    expect(screen.queryByRole('heading', { name: 'Locked' })).toBeNull();
  });

  it('shows the connection, the counts and the way back to a code without a PIN', async () => {
    open({ connection: 'paused', waiting: 12 });
    expect(await screen.findByRole('button', { name: 'Vera' })).toBeTruthy();
    expect(screen.getByText('12')).toBeTruthy();
    expect(screen.getByLabelText('Pairing code')).toBeTruthy();
  });

  it('takes four to six digits, from keys and keyboard, and no more', async () => {
    open();
    await fireEvent.click(await screen.findByRole('button', { name: 'Vera' }));
    expect(await screen.findByRole('heading', { name: 'Vera' })).toBe(document.activeElement);
    await typePin('48');
    await fireEvent.keyDown(window, { key: '2' });
    expect(button('Unlock').disabled).toBe(true);
    await press('9');
    expect(button('Unlock').disabled).toBe(false);
    await typePin('1355');
    expect(screen.getByText('6 digits typed')).toBeTruthy();
    await fireEvent.keyDown(window, { key: 'Backspace' });
    await press('Delete the last digit');
    expect(screen.getByText('4 digits typed')).toBeTruthy();
  });

  it('opens for the right PIN and keeps that as a record, once', async () => {
    const saved = open();
    await fireEvent.click(await screen.findByRole('button', { name: 'Vera' }));
    await screen.findByRole('button', { name: '1' });
    await typePin(PIN);
    await press('Unlock');
    expect(await screen.findByText('Unlocked: Vera', undefined, soon)).toBeTruthy();
    expect(saved).toEqual([{ type: 'unlock', staff: vera.id }]);
    await press('Lock');
    expect(button('Vera')).toBeTruthy();
  });

  it('shows the shop’s members to nobody who has not given a PIN, and locks them away again', async () => {
    const saved = open({}, { directory_salt: 'ab'.repeat(32), programme: PROGRAMME, rewards: [] });
    await fireEvent.click(await screen.findByRole('button', { name: 'Vera' }));
    expect(screen.queryByRole('button', { name: 'Check in' })).toBeNull();
    await screen.findByRole('button', { name: '1' });
    await typePin(PIN);
    await press('Unlock');
    await fireEvent.click(await screen.findByRole('button', { name: 'Check in' }, soon));
    expect(await screen.findByRole('heading', { name: 'Telephone number' }, soon)).toBeTruthy();
    const visibility = vi.spyOn(document, 'visibilityState', 'get').mockReturnValue('hidden');
    await fireEvent(document, new Event('visibilitychange'));
    visibility.mockRestore();
    expect(button('Vera')).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Check in' })).toBeNull();
    expect(saved).toEqual([{ type: 'unlock', staff: vera.id }]);
  });

  it('must not be loaded anew while a member is checked in', async () => {
    await keepStaff();
    const told: boolean[] = [];
    open({}, { directory_salt: 'ab'.repeat(32), programme: PROGRAMME, rewards: [] }, (resting) =>
      told.push(resting),
    );
    await fireEvent.click(await screen.findByRole('button', { name: 'Check in' }));
    await fireEvent.click(await screen.findByRole('button', { name: 'Back' }, soon));
    expect(told).toEqual([true, false, true]);
  });

  it('opens the check-in to everyone while nobody has a PIN, and only where there is a programme', async () => {
    await keepStaff();
    open();
    await screen.findByText(/open to everyone/);
    expect(screen.queryByRole('button', { name: 'Check in' })).toBeNull();
    open({}, { directory_salt: 'ab'.repeat(32), programme: PROGRAMME, rewards: [] });
    expect(await screen.findByRole('button', { name: 'Check in' })).toBeTruthy();
  });

  it('says so when the PIN is another’s, and keeps no record', async () => {
    const saved = open();
    await fireEvent.click(await screen.findByRole('button', { name: 'Boris' }));
    await screen.findByRole('button', { name: '1' });
    await typePin('739164');
    await press('Unlock');
    expect((await screen.findByRole('alert', undefined, soon)).textContent).toMatch(/not the right PIN/);
    expect(screen.getByText('0 digits typed')).toBeTruthy();
    await press('1');
    expect(screen.queryByRole('alert')).toBeNull();
    expect(saved).toEqual([]);
  });

  it('unlocks nothing when the page was left while the PIN was checked', async () => {
    const saved = open();
    await fireEvent.click(await screen.findByRole('button', { name: 'Vera' }));
    await screen.findByRole('button', { name: '1' });
    await typePin(PIN);
    await press('Unlock');
    expect(screen.getByText('Checking …')).toBeTruthy();
    const visibility = vi.spyOn(document, 'visibilityState', 'get').mockReturnValue('hidden');
    await fireEvent(document, new Event('visibilitychange'));
    visibility.mockRestore();
    expect(button('Vera')).toBeTruthy();
    // The try was the right one, so it is forgiven once it has been checked.
    await vi.waitFor(async () => expect(await triesKept()).toEqual({}), soon);
    expect(button('Vera')).toBeTruthy();
    expect(saved).toEqual([]);
  });
});

async function triesKept(): Promise<unknown> {
  const database = new DatabaseHandle();
  const tries = await database.run((connection) => connection.get('state', 'pinTries'));
  await database.close();
  return tries;
}
