import { afterEach, describe, expect, it } from 'vitest';
import { isToBeAsked, noteAsked } from '../../../src/device/asked';

const VERA = '018f3c1e-7b2a-7c3d-8e4f-000000000101';
const BORIS = '018f3c1e-7b2a-7c3d-8e4f-000000000102';
const day = (month: number, date = 10) => new Date(2026, month - 1, date);

describe('asking the team', () => {
  afterEach(() => localStorage.clear());

  it('asks each person once a round', async () => {
    expect(await isToBeAsked(VERA, 3, day(1))).toBe(true);
    await noteAsked(VERA, 3, day(1));
    expect(await isToBeAsked(VERA, 3, day(3, 31))).toBe(false);
    expect(await isToBeAsked(BORIS, 3, day(3, 31))).toBe(true);
    await noteAsked(BORIS, 3, day(3, 31));
    expect(await isToBeAsked(VERA, 3, day(3, 31))).toBe(false);
    expect(await isToBeAsked(VERA, 3, day(4, 1))).toBe(true);
  });

  it('begins a new round with a new rhythm', async () => {
    await noteAsked(VERA, 3, day(1));
    expect(await isToBeAsked(VERA, 1, day(1))).toBe(true);
  });

  it('keeps nobody’s name or id, and not what they did', async () => {
    await noteAsked(VERA, 1, day(1));
    await noteAsked(VERA, 1, day(1));
    const kept = localStorage.getItem('verna.asked')!;
    expect(kept).not.toContain(VERA);
    expect((JSON.parse(kept) as { people: string[] }).people).toEqual([
      expect.stringMatching(/^[0-9a-f]{16}$/),
    ]);
  });

  it('asks again where the storage holds nonsense', async () => {
    localStorage.setItem('verna.asked', '{');
    expect(await isToBeAsked(VERA, 1, day(1))).toBe(true);
  });
});
