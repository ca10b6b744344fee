import { render, screen, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { beforeAll, describe, expect, it } from 'vitest';
import { defaultSurvey } from '../../../src/domain/default-survey';
import { factorQuestion, standardQuestion } from '../../../src/domain/standard-questions';
import type { SaveResult } from '../../../src/domain/sync';
import FollowUp from '../../../src/kiosk/FollowUp.svelte';
import { FactorRatings } from '../../../src/kiosk/factor-ratings.svelte';
import { defaultVersion, makeSession, sessionId } from './kiosk-fixture';

// Compiled once beforehand, so that no test waits for it.
beforeAll(() => import('../../../src/kiosk/after-first-paint'));

/** A survey of the visit, two factors with effort between them, and nothing else. */
const version = {
  ...defaultVersion,
  survey: {
    questions: [
      defaultSurvey.questions[0]!,
      factorQuestion('staff'),
      standardQuestion('ces'),
      factorQuestion('speed'),
    ],
  },
};

async function rated() {
  const made = makeSession(version);
  await made.session.rate(4);
  made.settle();
  render(FollowUp, { session: made.session });
  const row = (name: string) => within(screen.getByRole('group', { name }));
  const face = (name: string, label: string) =>
    row(name).getByRole<HTMLInputElement>('radio', { name: label });
  return { ...made, user: userEvent.setup(), face };
}

describe('factors', () => {
  it('share one screen, each tap an answer of its own, then effort is asked', async () => {
    const { session, store, user, face, settle } = await rated();
    expect(screen.getAllByRole('group')).toHaveLength(2);
    expect(screen.getByRole('button', { name: 'Skip' })).toBeTruthy();
    await user.click(face('Speed', 'Poor, 2 of 5'));
    await user.click(face('Staff', 'Good, 4 of 5'));
    await user.click(face('Staff', 'Very good, 5 of 5'));
    expect(
      store.saved.slice(1).map((answer) => [answer.question, 'score' in answer && answer.score]),
    ).toEqual([
      ['about_speed', 2],
      ['about_staff', 4],
      ['about_staff', 5],
    ]);
    expect(new Set(store.saved.map((answer) => answer.session))).toEqual(new Set([sessionId(1)]));
    expect(face('Staff', 'Very good, 5 of 5').checked).toBe(true);
    expect(session.justSaved).toBe(true);
    settle();
    await user.click(screen.getByRole('button', { name: 'Continue' }));
    expect(session.step).toMatchObject({ name: 'effort', question: { key: 'effort' } });
    settle();
    await user.click(screen.getByRole('button', { name: '6 of 7' }));
    expect(store.saved.at(-1)).toMatchObject({ type: 'ces', score: 6 });
    expect(session.step.name).toBe('thanks');
  });

  it('show no choice that is not on the disk, and the customer is told', async () => {
    const { session, store, user, face } = await rated();
    await user.click(face('Staff', 'Good, 4 of 5'));
    store.next = { outcome: 'failed', failure: 'full' };
    await user.click(face('Staff', 'Poor, 2 of 5'));
    expect(face('Staff', 'Poor, 2 of 5').checked).toBe(false);
    expect(face('Staff', 'Good, 4 of 5').checked).toBe(true);
    expect(session.failure).toBe('full');
    expect(session.isPartlyUnsaved).toBe(true);
  });

  it('of the next customer are untouched by a save that comes late', async () => {
    const { session, store } = await rated();
    let answer: (result: SaveResult) => void = () => {};
    store.next = new Promise((resolve) => (answer = resolve));
    const tap = session.rateFactor('about_staff', 5);
    session.reset();
    answer({ outcome: 'saved', id: sessionId(1) });
    expect(await tap).toBe(false);
    expect(session.justSaved).toBe(false);
  });
});

describe('quick taps', () => {
  it('are saved one after another, the same face once', async () => {
    const given: string[] = [];
    const waiting: (() => void)[] = [];
    const ratings = new FactorRatings(async (question, score) => {
      given.push(`${question} ${score}`);
      await new Promise<void>((resolve) => waiting.push(resolve));
      return true;
    });
    const taps = [ratings.rate('staff', 4), ratings.rate('staff', 5), ratings.rate('staff', 5)];
    await Promise.resolve();
    expect(given).toEqual(['staff 4']);
    waiting.shift()!();
    await taps[0];
    await Promise.resolve();
    waiting.shift()!();
    await Promise.all(taps);
    expect(given).toEqual(['staff 4', 'staff 5']);
    expect(ratings.saved).toEqual({ staff: 5 });
  });
});
