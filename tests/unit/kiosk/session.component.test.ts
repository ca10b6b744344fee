import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { answerSchema } from '../../../src/domain/answer';
import { defaultSurvey } from '../../../src/domain/default-survey';
import type { SaveResult } from '../../../src/domain/sync';
import { EnrolmentStore, invitationWith } from '../membership/membership-fixture';
import { defaultVersion, makeSession, sessionId } from './kiosk-fixture';

describe('one tap on a face', () => {
  it('is a complete answer, saved once', async () => {
    const { session, store } = makeSession();
    await session.rate(5);
    expect(store.saved).toEqual([
      {
        type: 'csat',
        score: 5,
        session: sessionId(1),
        survey: defaultVersion.id,
        question: 'satisfaction',
        locale: 'en',
      },
    ]);
    expect(session.justSaved).toBe(true);
    expect(session.step.name).toBe('reasons');
  });

  it('saves once under two thumbs at the same time', async () => {
    const { session, store } = makeSession();
    await Promise.all([session.rate(5), session.rate(1)]);
    expect(store.given).toHaveLength(1);
  });

  it('does not let its second tap answer the next question', async () => {
    const { session, store, clock } = makeSession();
    await session.rate(1);
    clock.advance(200);
    session.toggleReason('long_wait');
    session.skip();
    expect(session.step.name).toBe('reasons');
    expect(session.chosen).toEqual([]);
    clock.advance(200);
    session.toggleReason('long_wait');
    expect(session.chosen).toEqual(['long_wait']);
    expect(store.given).toHaveLength(1);
  });

  it('says nothing of saved while the disk has not answered', async () => {
    const { session, store } = makeSession();
    let answer: (result: SaveResult) => void = () => {};
    store.next = new Promise((resolve) => (answer = resolve));
    const tap = session.rate(4);
    expect(session.justSaved).toBe(false);
    expect(session.step.name).toBe('rate');
    answer({ outcome: 'saved', id: sessionId(1) });
    await tap;
    expect(session.justSaved).toBe(true);
  });
});

describe('a save that fails', () => {
  it.each(['full', 'unavailable'] as const)(
    'never thanks (%s), and another tap may succeed',
    async (failure) => {
      const { session, store } = makeSession();
      store.next = { outcome: 'failed', failure };
      await session.rate(2);
      expect(session.failure).toBe(failure);
      expect(session.justSaved).toBe(false);
      expect(session.step.name).toBe('rate');
      store.next = null;
      await session.rate(2);
      expect(store.saved).toHaveLength(1);
      expect(store.given.map(({ session: id }) => id)).toEqual([sessionId(1), sessionId(1)]);
      expect(session.step.name).toBe('reasons');
    },
  );

  it('keeps what was typed for another try', async () => {
    const { session, store, settle } = makeSession();
    await session.rate(5);
    for (let i = 0; i < 3; i++) {
      settle();
      session.skip();
    }
    settle();
    session.text = 'Warm bread';
    store.next = { outcome: 'failed', failure: 'unavailable' };
    await session.sendComment();
    expect(session.text).toBe('Warm bread');
    expect(session.step.name).toBe('comment');
    store.next = null;
    await session.sendComment();
    expect(session.step.name).toBe('thanks');
    expect(session.isPartlyUnsaved).toBe(false);
  });

  it('is remembered to the end when the customer moves on without it', async () => {
    const { session, store, settle } = makeSession({
      ...defaultVersion,
      survey: { questions: [defaultSurvey.questions[0]!, defaultSurvey.questions[2]!] },
    });
    await session.rate(5);
    settle();
    store.next = { outcome: 'failed', failure: 'full' };
    await session.give({ type: 'nps', score: 10 });
    session.skip();
    expect(session.step.name).toBe('thanks');
    expect(session.isPartlyUnsaved).toBe(true);
    expect(session.justSaved).toBe(false);
  });

  it('tells the customer and passes the bug on when saving throws', async () => {
    const { session, store } = makeSession();
    store.next = Promise.reject(new Error('broken'));
    await expect(session.rate(3)).rejects.toThrow('broken');
    expect(session.failure).toBe('unavailable');
  });
});

describe('the follow-ups', () => {
  it('give an answer each that the schema accepts, all under one session', async () => {
    const { session, store, world, settle } = makeSession();
    await session.rate(2);
    settle();
    session.toggleReason('long_wait');
    session.toggleReason('untidy');
    session.toggleReason('long_wait');
    await session.sendReasons();
    settle();
    world.locale = 'bg';
    await session.give({ type: 'nps', score: 0 });
    settle();
    await session.give({ type: 'expectation', score: -1 });
    settle();
    session.text = '  Дълго чакане.\n';
    await session.sendComment();
    expect(session.step.name).toBe('thanks');

    const answers = store.saved.map((answer) => v.parse(answerSchema, answer));
    expect(answers).toEqual(store.saved);
    expect(answers.map(({ type }) => type)).toEqual(['csat', 'reasons', 'nps', 'expectation', 'comment']);
    expect(answers[1]).toMatchObject({ question: 'reasons', choices: ['untidy'], locale: 'en' });
    expect(answers[2]).toMatchObject({ question: 'recommend', score: 0, locale: 'bg' });
    expect(answers[4]).toMatchObject({ text: 'Дълго чакане.' });
    expect(new Set(answers.map((answer) => answer.session))).toEqual(new Set([sessionId(1)]));
  });

  it('can all be skipped', async () => {
    const { session, store, settle } = makeSession();
    await session.rate(5);
    const seen = [];
    while (session.step.name !== 'thanks') {
      seen.push(session.step.name);
      settle();
      session.skip();
    }
    expect(seen).toEqual(['reasons', 'recommend', 'expectation', 'comment']);
    expect(store.saved).toHaveLength(1);
  });

  it('offer the reasons that fit the score, and none when none fits', async () => {
    const good = makeSession();
    await good.session.rate(4);
    const { step } = good.session;
    expect(step.name === 'reasons' && step.choices.every(({ fits }) => fits === 'up')).toBe(true);

    const [first, reasons, recommend] = defaultSurvey.questions;
    if (reasons?.type !== 'reasons') throw new Error('the default survey has changed');
    const downOnly = { ...reasons, choices: reasons.choices.filter(({ fits }) => fits === 'down') };
    const other = makeSession({
      id: defaultVersion.id,
      survey: { questions: [first!, downOnly, recommend!] },
    });
    await other.session.rate(5);
    expect(other.session.step.name).toBe('recommend');
  });

  it('thank at once when the survey asks nothing more', async () => {
    const { session } = makeSession({
      ...defaultVersion,
      survey: { questions: [defaultSurvey.questions[0]!] },
    });
    await session.rate(5);
    expect(session.step.name).toBe('thanks');
  });

  it('may ask the same type more than once', async () => {
    const first = defaultSurvey.questions[0]!;
    const second = { ...first, key: 'cleanliness' };
    const { session, store, settle } = makeSession({
      ...defaultVersion,
      survey: { questions: [first, second] },
    });
    await session.rate(5);
    settle();
    await session.rate(3);
    expect(store.saved.map(({ question }) => question)).toEqual(['satisfaction', 'cleanliness']);
    expect(session.step.name).toBe('thanks');
  });

  it('take no answer of another type, no empty choice and no blank comment', async () => {
    const { session, store, settle } = makeSession();
    await session.rate(5);
    settle();
    await session.give({ type: 'nps', score: 9 });
    await session.sendReasons();
    session.text = '   ';
    await session.sendComment();
    expect(store.given).toHaveLength(1);
  });
});

describe('a survey version that arrives meanwhile', () => {
  it('waits for the next customer', async () => {
    const { session, store, world, settle } = makeSession();
    await session.rate(5);
    world.version = { id: '018f3c1e-7b2a-7c3d-8e4f-ffffffffffff', survey: defaultSurvey };
    settle();
    session.toggleReason('quick');
    await session.sendReasons();
    expect(store.saved[1]?.survey).toBe(defaultVersion.id);
    session.reset();
    expect(session.version.id).toBe(world.version.id);
  });
});

describe('joining the programme', () => {
  const invitation = invitationWith(new EnrolmentStore());

  async function thanked() {
    const made = makeSession({ ...defaultVersion, survey: { questions: [defaultSurvey.questions[0]!] } });
    made.world.invitation = invitation;
    await made.session.rate(5);
    made.settle();
    return made;
  }

  it('is offered to whoever has been thanked, and to nobody before', async () => {
    const { session, world } = makeSession();
    world.invitation = invitation;
    await session.rate(5);
    session.join();
    expect(session.step.name).toBe('reasons');
  });

  it('is not to be had where the shop has no programme', async () => {
    const { session, world } = await thanked();
    world.invitation = null;
    session.join();
    expect(session.step.name).toBe('thanks');
  });

  it('leaves the time that writing takes, then forgets that anybody was there', async () => {
    const { session, clock } = await thanked();
    session.join();
    expect(session.step).toEqual({ name: 'join', invitation });
    clock.advance(29_999);
    expect(session.ringMs).toBeNull();
    session.touch();
    clock.advance(30_000);
    expect(session.ringMs).toBe(6_000);
    clock.advance(6_000);
    expect([session.step.name, session.isAtRest, clock.timers]).toEqual(['rate', true, 0]);
  });

  it('keeps the programme that was joined when the owner changes it meanwhile', async () => {
    const { session, world } = await thanked();
    session.join();
    world.invitation = null;
    expect(session.step).toEqual({ name: 'join', invitation });
  });
});
