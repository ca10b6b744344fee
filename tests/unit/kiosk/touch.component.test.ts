import { fireEvent, render, screen } from '@testing-library/svelte';
import { tick } from 'svelte';
import { describe, expect, it, vi } from 'vitest';
import Kiosk from '../../../src/kiosk/Kiosk.svelte';
import { FakeClock } from './fake-clock';
import { defaultVersion, ScriptedStore, sessionId } from './kiosk-fixture';

function openKiosk() {
  const clock = new FakeClock();
  const store = new ScriptedStore();
  const onidle = vi.fn();
  render(Kiosk, {
    surveyVersion: defaultVersion,
    defaultLocale: 'en',
    shopName: 'Bakery',
    save: store.save,
    newSessionId: () => sessionId(1),
    status: { connection: 'offline', waiting: 12, quarantined: 0, lastSentAt: null },
    onidle,
    clock,
  });
  clock.advance(400);
  const face = screen.getByRole('button', { name: 'Good, 4 of 5' });
  // Laid out nowhere, every element of this test lies at 0, 0.
  const lift = (clientX: number) => fireEvent.touchEnd(face, { changedTouches: [{ clientX, clientY: 0 }] });
  return { store, onidle, face, lift };
}

describe('a finger on a face', () => {
  it('rates when it is lifted, and the browser need not make a click of it', async () => {
    const { store, lift } = openKiosk();
    const wasLeftToTheBrowser = await lift(0);
    expect(store.given.map((answer) => answer.type === 'csat' && answer.score)).toEqual([4]);
    expect(wasLeftToTheBrowser).toBe(false);
  });

  it('has changed its mind when it was drawn off the face', async () => {
    const { store, lift } = openKiosk();
    await lift(40);
    expect(store.given).toEqual([]);
  });

  it('is a person: nothing reloads under it', async () => {
    const { onidle, face } = openKiosk();
    await tick();
    expect(onidle).toHaveBeenLastCalledWith(true);
    await fireEvent.pointerDown(face);
    expect(onidle).toHaveBeenLastCalledWith(false);
  });
});
