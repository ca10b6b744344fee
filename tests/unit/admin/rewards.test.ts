import { describe, expect, it } from 'vitest';
import { firstShortEnough, fitInto, MAX_PICTURE_LENGTH } from '../../../src/admin/rewards/scale-picture';
import { stateOfReward } from '../../../src/admin/rewards/reward-state';
import { readWhole } from '../../../src/admin/read-number';
import { tierStanding } from '../../../src/domain/tier';
import { coffee } from './member-fixture';

const TODAY = '2026-06-15';

describe('whether members can have a reward today', () => {
  it.each([
    [{}, { state: 'offered' }],
    [
      { from: TODAY, until: TODAY },
      { state: 'until', day: TODAY },
    ],
    [{ from: '2026-06-16' }, { state: 'from', day: '2026-06-16' }],
    [{ until: '2026-06-14' }, { state: 'ended', day: '2026-06-14' }],
    [{ left: 1 }, { state: 'offered' }],
    [{ left: 0 }, { state: 'out_of_stock' }],
    [{ left: -1, from: '2026-06-16' }, { state: 'out_of_stock' }],
    [
      { left: 0, until: '2026-06-14' },
      { state: 'ended', day: '2026-06-14' },
    ],
    [
      { withdrawn: true, until: '2026-06-14' },
      { state: 'withdrawn', at: coffee.since },
    ],
  ])('%j', (change, state) => expect(stateOfReward({ ...coffee, ...change }, TODAY)).toEqual(state));
});

describe('where somebody stands among the tiers', () => {
  const tiers = [100, 500].map((from) => ({ name: { en: '', ru: '', bg: '' }, from }));
  it.each([
    [0, undefined, 100],
    [99, undefined, 1],
    [100, 100, 400],
    [499, 100, 1],
    [500, 500, undefined],
    [9999, 500, undefined],
  ])('with %i points ever earned', (earned, from, missing) => {
    const { tier, next } = tierStanding(tiers, earned);
    expect([tier?.from, next?.missing]).toEqual([from, missing]);
  });

  it('where there are none', () => expect(tierStanding([], 50)).toEqual({ tier: null, next: null }));
});

describe('a picture made small', () => {
  it.each([
    [
      { width: 4000, height: 3000 },
      { width: 512, height: 384 },
    ],
    [
      { width: 3000, height: 4000 },
      { width: 384, height: 512 },
    ],
    [
      { width: 300, height: 200 },
      { width: 300, height: 200 },
    ],
    [
      { width: 10_000, height: 1 },
      { width: 512, height: 1 },
    ],
  ])('of %j fits', (size, fitting) => expect(fitInto(size, 512)).toEqual(fitting));

  const full = { width: 1024, height: 1024 };
  /** As long as so many characters a pixel make it at full quality. */
  const encoder = (perPixel: number) => {
    const tries: string[] = [];
    const encode = ({ width, height }: { width: number; height: number }, quality: number) => {
      tries.push(`${width} ${quality}`);
      return 'x'.repeat(Math.round(width * height * perPixel * quality));
    };
    return { tries, encode };
  };

  it('is taken at its best when that is short enough', () => {
    const { tries, encode } = encoder(0.2);
    firstShortEnough(encode, full);
    expect(tries).toEqual(['512 0.86']);
  });

  it('loses quality before it loses size, and is never longer than tablets keep', () => {
    const { tries, encode } = encoder(1);
    expect(firstShortEnough(encode, full)!.length).toBeLessThanOrEqual(MAX_PICTURE_LENGTH);
    expect(tries).toEqual(['512 0.86', '512 0.72', '512 0.55', '384 0.86', '384 0.72', '384 0.55']);
  });

  it('is none when nothing helps', () => {
    expect(firstShortEnough(() => 'x'.repeat(MAX_PICTURE_LENGTH + 1), full)).toBeNull();
  });
});

describe('a whole number as people type it', () => {
  it.each([
    ['12', 12],
    [' 1 000 ', 1000],
    ['1\u00a0000', 1000],
    ['1.5', null],
    ['-1', null],
    ['', null],
    ['1001', null],
  ])('%j', (text, number) => expect(readWhole(text, 1, 1000)).toBe(number));
});
