import { render, screen } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Result } from '../../../src/backend/failure';
import Welcome from '../../../src/staff/Welcome.svelte';
import { ScriptedPairing } from './staff-fixture';

type SetupState = Result<{ fresh: boolean }>;

function open(state: Promise<SetupState>) {
  render(Welcome, { pair: new ScriptedPairing().pair, askSetupState: () => state });
}

const fresh: SetupState = { ok: true, value: { fresh: true } };

describe('the welcome', () => {
  afterEach(() => vi.useRealTimers());

  it('opens two doors on a server that nobody has set up', async () => {
    open(Promise.resolve(fresh));
    const doors = await screen.findAllByRole('link');
    expect(doors.map((door) => door.getAttribute('href'))).toEqual(['/admin/setup', '/admin/demo']);
    expect(screen.queryByLabelText('Pairing code')).toBeNull();
  });

  it.each<[string, SetupState]>([
    ['a shop is there already', { ok: true, value: { fresh: false } }],
    ['the server cannot be reached', { ok: false, failure: { code: 'unreachable' } }],
  ])('asks for a pairing code when %s', async (_, state) => {
    open(Promise.resolve(state));
    expect(await screen.findByLabelText('Pairing code')).toBeTruthy();
    expect(screen.queryByRole('link', { name: /Set up my shop/ })).toBeNull();
    expect(screen.queryByRole('button', { name: 'Back' })).toBeNull();
  });

  it('leads from the doors to the code with the field ready to type, and back', async () => {
    const user = userEvent.setup();
    open(Promise.resolve(fresh));
    await user.click(await screen.findByRole('button', { name: 'I have a pairing code' }));
    expect(document.activeElement).toBe(screen.getByLabelText('Pairing code'));
    await user.click(screen.getByRole('button', { name: 'Back' }));
    expect(screen.getByRole('link', { name: /Set up my shop/ })).toBeTruthy();
  });

  it('waits three seconds for the server, then takes a code, and stays with it', async () => {
    vi.useFakeTimers();
    let answer: (state: SetupState) => void = () => {};
    open(new Promise((resolve) => (answer = resolve)));
    await vi.advanceTimersByTimeAsync(2_999);
    expect(screen.queryByLabelText('Pairing code')).toBeNull();
    await vi.advanceTimersByTimeAsync(1);
    expect(screen.getByLabelText('Pairing code')).toBeTruthy();
    answer(fresh);
    await vi.advanceTimersByTimeAsync(0);
    expect(screen.getByLabelText('Pairing code')).toBeTruthy();
  });
});
