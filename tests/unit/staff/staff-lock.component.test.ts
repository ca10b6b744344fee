import 'fake-indexeddb/auto';
import { fireEvent, render, screen } from '@testing-library/svelte';
import * as v from 'valibot';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { TabletSettings } from '../../../src/backend/tablet-calls';
import { DatabaseHandle, DATABASE_NAME } from '../../../src/device/database';
import { hashPin } from '../../../src/device/pin-hash';
import type { RecordBody } from '../../../src/device/mint';
import { Queue } from '../../../src/device/queue';
import { pulseSchema } from '../../../src/domain/pulse';
import { STAFF_RIGHTS, type StaffRight } from '../../../src/domain/staff-rights';
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
async function keepStaff(...people: (typeof vera & { rights?: StaffRight[] })[]): Promise<void> {
  const database = new DatabaseHandle();
  await new Queue(database).keepStaff(
    people.map((person) => ({ pin_salt: SALT, pin_hash: hash, rights: [...STAFF_RIGHTS], ...person })),
  );
  await database.close();
}

function open(
  status: Partial<SyncStatus> = {},
  membership: TabletSettings['membership'] = null,
  onidle: (resting: boolean) => void = () => {},
  pulseMonths: number | null = null,
) {
  const saved: RecordBody[] = [];
  const save = (body: RecordBody) => {
    saved.push(body);
    return Promise.resolve({ outcome: 'saved' as const, id: vera.id });
  };
  const { pair } = new ScriptedPairing();
  render(StaffPage, {
    tablet: {
      state: { phase: 'paired', settings: { ...settings, membership, pulse_months: pulseMonths } },
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
async function unlockAs(name: string): Promise<void> {
  await fireEvent.click(await screen.findByRole('button', { name }));
  await screen.findByRole('button', { name: '1' });
  await typePin(PIN);
  await press('Unlock');
  await screen.findByText(`Unlocked: ${name}`, undefined, soon);
}
/** A check takes the browser's other threads as long as it takes. */
const soon = { timeout: 20_000 };

describe('the lock on the staff’s page', () => {
  beforeEach(() => keepStaff(vera, boris));
  afterEach(() => {
    indexedDB.deleteDatabase(DATABASE_NAME);
    localStorage.clear();
  });

  it('says that the page is open to everyone while nobody has a PIN', async () => {
    await keepStaff();
    open();
    expect(await screen.findByText(/open to everyone/)).toBeTruthy();
    expect(screen.queryByRole('heading', { name: 'Locked' })).toBeNull();
  });

  it('shows the names, the sealed way out and the way back to a code without a PIN, and nothing else', async () => {
    open({ connection: 'paused', waiting: 12 });
    expect(await screen.findByRole('button', { name: 'Vera' })).toBeTruthy();
    expect(screen.getByText(/The owner has ended this pairing/)).toBeTruthy();
    expect(screen.getByLabelText('Pairing code')).toBeTruthy();
    expect(button('Save to a file')).toBeTruthy();
    expect(screen.queryByText('12')).toBeNull();
    expect(screen.queryByRole('button', { name: 'Note a complaint' })).toBeNull();
  });

  it('lets nobody do what is not among their rights, and says what that is', async () => {
    await keepStaff({ ...vera, rights: ['enrol'] });
    open({ waiting: 1 }, { directory_salt: 'ab'.repeat(32), programme: PROGRAMME, rewards: [] });
    await unlockAs('Vera');
    expect(button('Enrol')).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Check in' })).toBeNull();
    expect(screen.queryByRole('button', { name: 'Note a complaint' })).toBeNull();
    expect(screen.queryByText(/everybody can read/)).toBeNull();
    expect(
      screen.getByText(/checking in, redeeming rewards, noting complaints and readable copies/),
    ).toBeTruthy();
  });

  it('asks the team once a round where the owner wishes it, and keeps no name with the answer', async () => {
    const saved = open({}, null, undefined, 1);
    await unlockAs('Vera');
    await fireEvent.click(await screen.findByRole('button', { name: '0 of 10' }));
    expect(await screen.findByText(/Counted, without your name/)).toBeTruthy();
    const pulse = v.parse(pulseSchema, saved.at(-1));
    expect(pulse.score).toBe(0);
    expect(JSON.stringify(saved.at(-1))).not.toContain(vera.id);
    await press('Lock');
    await unlockAs('Vera');
    expect(screen.queryByText(/recommend working here/)).toBeNull();
  });

  it('does not ask again in the round who did not want to answer', async () => {
    const saved = open({}, null, undefined, 1);
    await unlockAs('Vera');
    await fireEvent.click(await screen.findByRole('button', { name: 'Not now' }));
    await press('Lock');
    await unlockAs('Vera');
    expect(screen.queryByText(/recommend working here/)).toBeNull();
    expect(saved.map((body) => 'type' in body && body.type)).toEqual(['unlock', 'unlock']);
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
