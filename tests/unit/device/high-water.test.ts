// @vitest-environment jsdom
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { forgetGone, highWater, moveHighWater, raiseHighWater } from '../../../src/device/high-water';

const KEY = 'verna.high-water';

beforeEach(() => localStorage.clear());

describe('the high-water mark', () => {
  it('rises with what was made and never falls', () => {
    raiseHighWater({ pairing: 'a', made: 3 });
    raiseHighWater({ pairing: 'a', made: 7 });
    raiseHighWater({ pairing: 'a', made: 5 });
    expect(highWater()).toEqual({ pairing: 'a', made: 7 });
  });

  it('does not leave its pairing for the count of another', () => {
    raiseHighWater({ pairing: 'a', made: 7 });
    raiseHighWater({ pairing: 'b', made: 9 });
    expect(highWater()).toEqual({ pairing: 'a', made: 7 });
  });

  it('begins at 0 under a new pairing, with nothing gone while the database keeps what was made before', () => {
    raiseHighWater({ pairing: 'a', made: 7 });
    moveHighWater('b', false);
    expect(highWater()).toEqual({ pairing: 'b', made: 0 });
  });

  it('keeps the pairing that is gone until the server has been told of it', () => {
    raiseHighWater({ pairing: 'a', made: 7 });
    moveHighWater('b', true);
    raiseHighWater({ pairing: 'b', made: 2 });
    moveHighWater('b', true);
    expect(highWater()).toEqual({ pairing: 'b', made: 2, gone: { pairing: 'a', made: 7 } });
    forgetGone({ pairing: 'another', made: 7 });
    expect(highWater()?.gone).toEqual({ pairing: 'a', made: 7 });
    forgetGone({ pairing: 'a', made: 7 });
    expect(highWater()).toEqual({ pairing: 'b', made: 2 });
  });

  it('still tells of the gone one when the tablet is paired once more before it could', () => {
    raiseHighWater({ pairing: 'a', made: 7 });
    moveHighWater('b', true);
    moveHighWater('c', false);
    expect(highWater()).toEqual({ pairing: 'c', made: 0, gone: { pairing: 'a', made: 7 } });
  });

  it.each(['', '{', '7', '{"pairing": 7, "made": 1}', '{"pairing": "a", "made": -1}', '{"made": 1e300}'])(
    'takes %j for no mark',
    (kept) => {
      localStorage.setItem(KEY, kept);
      expect(highWater()).toBeNull();
      raiseHighWater({ pairing: 'a', made: 1 });
      expect(highWater()).toEqual({ pairing: 'a', made: 1 });
    },
  );

  it('does without where the browser refuses storage', () => {
    vi.stubGlobal('localStorage', undefined);
    raiseHighWater({ pairing: 'a', made: 1 });
    expect(highWater()).toBeNull();
    vi.unstubAllGlobals();
  });
});
