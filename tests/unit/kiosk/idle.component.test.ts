import { describe, expect, it } from 'vitest';
import type { SaveResult } from '../../../src/domain/sync';
import { makeSession, sessionId } from './kiosk-fixture';

describe('an abandoned follow-up', () => {
  it('shows a ring after 12 s, then clears everything 6 s later', async () => {
    const { session, clock, store, settle } = makeSession();
    await session.rate(1);
    settle();
    session.toggleReason('untidy');
    session.text = 'half a sentence';
    session.touch();
    clock.advance(11_999);
    expect(session.ringMs).toBeNull();
    clock.advance(1);
    expect(session.ringMs).toBe(6_000);
    clock.advance(6_000);
    expect(session.isAtRest).toBe(true);
    expect(session.step.name).toBe('rate');
    expect([session.chosen, session.text, session.justSaved]).toEqual([[], '', false]);
    expect(clock.timers).toBe(0);

    settle();
    await session.rate(5);
    expect(store.saved.map((answer) => answer.session)).toEqual([sessionId(1), sessionId(2)]);
  });

  it('stays when somebody touches the screen while the ring fills', async () => {
    const { session, clock } = makeSession();
    await session.rate(1);
    clock.advance(17_000);
    expect(session.ringMs).toBe(6_000);
    session.touch();
    expect(session.ringMs).toBeNull();
    clock.advance(17_000);
    expect(session.step.name).toBe('reasons');
  });

  it('leaves 30 s of quiet to whoever is writing', async () => {
    const { session, clock, settle } = makeSession();
    await session.rate(5);
    while (session.step.name !== 'comment') {
      settle();
      session.skip();
    }
    clock.advance(29_999);
    expect(session.ringMs).toBeNull();
    clock.advance(6_001);
    expect(session.isAtRest).toBe(true);
  });
});

describe('the thanks screen', () => {
  async function thanked() {
    const made = makeSession();
    await made.session.rate(5);
    while (made.session.step.name !== 'thanks') {
      made.settle();
      made.session.skip();
    }
    return made;
  }

  it('returns by itself after 5 s, with a ring from the start', async () => {
    const { session, clock } = await thanked();
    clock.advance(0);
    expect(session.ringMs).toBe(5_000);
    clock.advance(5_000);
    expect(session.isAtRest).toBe(true);
  });

  it('stays after a touch, for as long as a follow-up would', async () => {
    const { session, clock } = await thanked();
    clock.advance(3_000);
    session.touch();
    clock.advance(11_000);
    expect([session.step.name, session.ringMs]).toEqual(['thanks', null]);
    clock.advance(7_000);
    expect(session.isAtRest).toBe(true);
  });

  it('ends at once when the customer is done', async () => {
    const { session, settle, clock } = await thanked();
    settle();
    session.finish();
    expect(session.isAtRest).toBe(true);
    expect(clock.timers).toBe(0);
  });
});

describe('the first screen', () => {
  it('counts nothing down while nobody has begun', () => {
    const { session, clock } = makeSession();
    session.touch();
    expect([session.isAtRest, clock.timers]).toEqual([true, 0]);
  });

  it('comes back to rest when a language was chosen and nothing else', () => {
    const { session, clock } = makeSession();
    session.languageChosen();
    expect(session.isAtRest).toBe(false);
    clock.advance(18_000);
    expect(session.isAtRest).toBe(true);
  });

  it('does not hear of a save that outlived its customer', async () => {
    const { session, clock, store } = makeSession();
    let answer: (result: SaveResult) => void = () => {};
    store.next = new Promise((resolve) => (answer = resolve));
    const tap = session.rate(4);
    clock.advance(18_000);
    expect(session.isAtRest).toBe(true);
    answer({ outcome: 'saved', id: sessionId(1) });
    await tap;
    expect([session.isAtRest, session.justSaved, session.step.name]).toEqual([true, false, 'rate']);
  });

  it('stops its countdown when it goes away', async () => {
    const { session, clock } = makeSession();
    await session.rate(4);
    session.stop();
    expect(clock.timers).toBe(0);
  });
});
