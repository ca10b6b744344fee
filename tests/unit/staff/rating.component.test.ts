import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Rater } from '../../../src/domain/rater';
import { Rating } from '../../../src/staff/rating.svelte';

const MEMBER = crypto.randomUUID();

let saved: Rater[];
let ended = 0;
let stop: () => void;

beforeEach(() => {
  vi.useFakeTimers();
  saved = [];
  ended = 0;
});
afterEach(() => {
  stop();
  vi.useRealTimers();
});

function begin(outcome: 'saved' | 'failed' = 'saved'): Rating {
  const rating = new Rating(
    MEMBER,
    async (rater) => {
      saved.push(rater);
      return outcome === 'saved' ? { outcome, id: crypto.randomUUID() } : { outcome, failure: 'full' };
    },
    () => (ended += 1),
  );
  stop = rating.start();
  rating.idle(true);
  return rating;
}

async function leave(rating: Rating): Promise<void> {
  rating.idle(false);
  rating.idle(true);
  await vi.advanceTimersByTimeAsync(0);
}

it('keeps whose session it was once the customer is done', async () => {
  const rating = begin();
  const session = rating.begin();
  expect(rating.begin()).toBe(session);
  expect(saved).toEqual([]);
  await leave(rating);
  expect(saved).toEqual([{ type: 'rater', member: MEMBER, session }]);
  expect(ended).toBe(1);
  await leave(rating);
  expect(saved).toHaveLength(1);
  expect(ended).toBe(1);
});

it('keeps nothing for who would rather not be named, also after the first answer', async () => {
  const rating = begin();
  rating.begin();
  rating.isNamed = false;
  await leave(rating);
  expect(saved).toEqual([]);
  expect(ended).toBe(1);
});

it('ends by itself, and keeps nothing, when nobody begins', async () => {
  const rating = begin();
  await leave(rating);
  expect(ended).toBe(0);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(ended).toBe(1);
  expect(saved).toEqual([]);
});

it('does not end in the middle of an answer, however long it takes', async () => {
  const rating = begin();
  rating.begin();
  rating.idle(false);
  await vi.advanceTimersByTimeAsync(600_000);
  expect(ended).toBe(0);
});

it('ends although the tablet could not keep whose it was', async () => {
  const rating = begin('failed');
  rating.begin();
  await leave(rating);
  expect(saved).toHaveLength(1);
  expect(ended).toBe(1);
});
