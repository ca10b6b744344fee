import { pbkdf2Sync, randomBytes, randomUUID } from 'node:crypto';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { StaffMember } from '../../../src/backend/tablet-calls';
import { DatabaseHandle } from '../../../src/device/database';
import { hashPin, randomPin, saltAndHash } from '../../../src/device/pin-hash';
import { Queue } from '../../../src/device/queue';
import { StaffPins } from '../../../src/device/staff-pins';
import { isGuessable, isPin } from '../../../src/domain/pin';
import { STAFF_RIGHTS } from '../../../src/domain/staff-rights';
import './support';

const PIN = '482913';
const WRONG = '739164';
/** Six hundred thousand would only take longer. */
const ROUNDS = 10;

async function member(name: string, pin = PIN): Promise<StaffMember> {
  const salt = randomBytes(16).toString('hex');
  return {
    id: randomUUID(),
    name,
    pin_salt: salt,
    pin_hash: await hashPin(pin, salt, ROUNDS),
    rights: [...STAFF_RIGHTS],
  };
}

/** A tablet that knows these people; its clock moves only when told, and reload opens everything anew. */
async function tabletKnowing(...staff: StaffMember[]) {
  const name = `test-${randomUUID()}`;
  const clock = { now: Date.UTC(2026, 10, 22, 12) };
  const queue = new Queue(new DatabaseHandle(name));
  await queue.keepStaff(staff);
  const open = () => new StaffPins(new DatabaseHandle(name), () => clock.now, ROUNDS);
  return { clock, queue, open, pins: open() };
}

describe('hashing a PIN', () => {
  it('gives what Node’s own PBKDF2 gives', async () => {
    const { salt, hash } = await saltAndHash(PIN);
    const expected = pbkdf2Sync(PIN, Buffer.from(salt, 'hex'), 600_000, 32, 'sha256').toString('hex');
    expect(hash).toBe(expected);
    expect(salt).toMatch(/^[0-9a-f]{32}$/);
  });

  it('gives another hash for the same PIN every time', async () => {
    const [one, two] = await Promise.all([saltAndHash(PIN), saltAndHash(PIN)]);
    expect(one.hash).not.toBe(two.hash);
    expect(await hashPin(PIN, one.salt)).toBe(one.hash);
  });

  it('offers PINs of six digits that nobody would try first', () => {
    const pins = Array.from({ length: 2000 }, randomPin);
    expect(pins.filter((pin) => !isPin(pin) || pin.length !== 6 || isGuessable(pin))).toEqual([]);
    expect(new Set(pins.map((pin) => pin[0])).size).toBe(10);
  });
});

describe('checking a PIN on the tablet', () => {
  it('names those who have one, and nothing more of them', async () => {
    const vera = await member('Vera');
    const { pins } = await tabletKnowing(vera);
    expect(await pins.people()).toEqual([{ id: vera.id, name: 'Vera', rights: STAFF_RIGHTS }]);
    expect(await (await tabletKnowing()).pins.people()).toEqual([]);
  });

  it('lets everybody do everything who was kept before there were rights', async () => {
    const { rights: _, ...older } = await member('Vera');
    const { pins } = await tabletKnowing(older as StaffMember);
    expect((await pins.people()).map(({ rights }) => rights)).toEqual([STAFF_RIGHTS]);
  });

  it('takes the right one and forgets the wrong tries before it', async () => {
    const vera = await member('Vera');
    const { pins } = await tabletKnowing(vera);
    for (let round = 0; round < 3; round += 1) {
      expect(await pins.check(vera.id, WRONG)).toEqual({ outcome: 'wrong', waitMs: 0 });
      expect(await pins.check(vera.id, WRONG)).toEqual({ outcome: 'wrong', waitMs: 0 });
      expect(await pins.check(vera.id, PIN)).toEqual({ outcome: 'right' });
    }
  });

  it('makes everybody wait after five wrong ones, the right PIN and a reload included', async () => {
    const vera = await member('Vera');
    const { pins, open, clock } = await tabletKnowing(vera);
    for (let wrong = 1; wrong < 5; wrong += 1) await pins.check(vera.id, WRONG);
    expect(await pins.check(vera.id, WRONG)).toEqual({ outcome: 'wrong', waitMs: 30_000 });
    clock.now += 29_000;
    expect(await open().check(vera.id, PIN)).toEqual({ outcome: 'too_soon', waitMs: 1_000 });
    expect(await open().waitMs(vera.id)).toBe(1_000);
    clock.now += 1_000;
    expect(await open().check(vera.id, WRONG)).toEqual({ outcome: 'wrong', waitMs: 60_000 });
    clock.now += 60_000;
    expect(await open().check(vera.id, PIN)).toEqual({ outcome: 'right' });
    expect(await open().check(vera.id, WRONG)).toEqual({ outcome: 'wrong', waitMs: 0 });
  });

  it('counts for each person: nobody is locked out by a colleague, nor let on by one', async () => {
    const [vera, boris] = await Promise.all([member('Vera'), member('Boris', '5739')]);
    const { pins } = await tabletKnowing(vera, boris);
    for (let wrong = 1; wrong <= 5; wrong += 1) await pins.check(vera.id, WRONG);
    expect(await pins.check(boris.id, '5739')).toEqual({ outcome: 'right' });
    expect(await pins.check(vera.id, PIN)).toMatchObject({ outcome: 'too_soon' });
  });

  it('starts anew with a new PIN from the owner', async () => {
    const vera = await member('Vera');
    const { pins, queue } = await tabletKnowing(vera);
    for (let wrong = 1; wrong <= 5; wrong += 1) await pins.check(vera.id, WRONG);
    await queue.keepStaff([{ ...(await member('Vera', '61537')), id: vera.id }]);
    expect(await pins.check(vera.id, PIN)).toEqual({ outcome: 'wrong', waitMs: 0 });
    expect(await pins.check(vera.id, '61537')).toEqual({ outcome: 'right' });
  });

  it('knows nobody whom the owner has removed', async () => {
    const vera = await member('Vera');
    const { pins, queue } = await tabletKnowing(vera);
    await queue.keepStaff([]);
    expect(await pins.check(vera.id, PIN)).toEqual({ outcome: 'unknown' });
  });

  it('hands out no more than five tries, however many tabs try at once', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(3), { minLength: 6, maxLength: 9 }), async (tabs) => {
        const vera = await member('Vera');
        const { open } = await tabletKnowing(vera);
        const opened = Array.from({ length: 4 }, open);
        const results = await Promise.all(tabs.map((tab) => opened[tab]!.check(vera.id, WRONG)));
        expect(results.filter(({ outcome }) => outcome === 'wrong')).toHaveLength(5);
      }),
      { numRuns: 50 },
    );
  });
});
