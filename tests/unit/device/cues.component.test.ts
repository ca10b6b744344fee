import { afterEach, describe, expect, it, vi } from 'vitest';
import { cuesAt, noteCue, settleCue, watchCues } from '../../../src/device/cues';
import { CUE_MS } from '../../../src/domain/low-score';

const NOW = Date.UTC(2026, 10, 22, 14, 5);

describe('the cues of low scores', () => {
  afterEach(() => localStorage.clear());

  it('are told for ten minutes, the newest first, each customer once', () => {
    noteCue('one', NOW);
    noteCue('two', NOW + 1_000);
    noteCue('one', NOW + 2_000);
    expect(cuesAt(NOW + 2_000).map(({ session }) => session)).toEqual(['one', 'two']);
    expect(cuesAt(NOW + 1_000 + CUE_MS).map(({ session }) => session)).toEqual(['one']);
    expect(cuesAt(NOW + 2_000 + CUE_MS)).toEqual([]);
  });

  it('are not of the future: a clock that was set back tells none', () => {
    noteCue('one', NOW);
    expect(cuesAt(NOW - 1)).toEqual([]);
  });

  it('reach who watches, until settled or stopped', async () => {
    const told: number[] = [];
    const stop = watchCues(
      (cues) => told.push(cues.length),
      () => NOW,
    );
    noteCue('one', NOW);
    await vi.waitFor(() => expect(told).toEqual([0, 1]));
    settleCue('one', NOW);
    await vi.waitFor(() => expect(told).toEqual([0, 1, 0]));
    stop();
    noteCue('two', NOW);
    const late: number[] = [];
    const stopLate = watchCues(
      (cues) => late.push(cues.length),
      () => NOW,
    );
    expect(late).toEqual([1]);
    stopLate();
    expect(told).toHaveLength(3);
  });

  it('hold nothing of a person: a session and a time', () => {
    noteCue('one', NOW);
    expect(JSON.parse(localStorage.getItem('verna.cues')!)).toEqual([{ session: 'one', at: NOW }]);
  });

  it.each(['nonsense', '{"a":1}', '[null, {"session": 5}]'])(
    'are none where the storage holds %s',
    (kept) => {
      localStorage.setItem('verna.cues', kept);
      expect(cuesAt(NOW)).toEqual([]);
    },
  );
});
