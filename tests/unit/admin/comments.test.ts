import { describe, expect, it } from 'vitest';
import {
  filtersOn,
  NO_COMMENT_FILTER,
  readCommentFilter,
  wantedComments,
  writeCommentFilter,
  type CommentFilter,
} from '../../../src/admin/comments/comment-filter';
import { hitParts } from '../../../src/admin/comments/hit-parts';
import type { Answer } from '../../../src/domain/answer';
import { defaultSurvey } from '../../../src/domain/default-survey';
import { isLowScore } from '../../../src/domain/low-score';
import { SCORED_TYPES } from '../../../src/domain/scored-type';
import { SCORE_GROUPS } from '../../../src/domain/score-group';
import { scaleOf } from '../../../src/domain/scale';

const read = (query: string) => readCommentFilter(new URLSearchParams(query));
const PLACE = '018f3c1e-7b2a-4c3d-8e4f-000000000001';
const FULL: CommentFilter = {
  period: { kind: 'custom', from: '2026-05-01', to: '2026-05-31' },
  location: PLACE,
  region: null,
  tablet: PLACE,
  score: 'low',
  reason: 'long_wait',
  locale: 'bg',
  flagged: 'only',
  tag: 'втора каса',
  starred: true,
};

describe('the filter of comments', () => {
  it('reads back from its own address', () => {
    for (const filter of [FULL, NO_COMMENT_FILTER, { ...FULL, period: { kind: 'all' as const } }])
      expect(readCommentFilter(writeCommentFilter(filter))).toEqual(filter);
    expect(writeCommentFilter(NO_COMMENT_FILTER).toString()).toBe('');
  });

  it('takes nothing from an address that makes no sense', () => {
    expect(
      read(`score=6&reason=Long&language=de&flagged=with&tag=${'x'.repeat(41)}&starred=1&location=1&days=8`),
    ).toEqual(NO_COMMENT_FILTER);
  });

  it('asks only for what is on', () => {
    expect(wantedComments({ ...NO_COMMENT_FILTER, period: { kind: 'all' } }, '2026-06-10')).toEqual({});
    expect(wantedComments(NO_COMMENT_FILTER, '2026-06-10')).toEqual({ from: '2026-05-12', to: '2026-06-10' });
    expect(wantedComments(FULL, '2026-06-10')).toEqual({
      from: '2026-05-01',
      to: '2026-05-31',
      location: PLACE,
      tablet: PLACE,
      locale: 'bg',
      flagged: true,
      scores: { csat: [1, 2], nps: [0, 6], ces: [1, 3], expectation: [-1, -1] },
      reason: 'long_wait',
      tag: 'втора каса',
      starred: true,
    });
    expect(
      wantedComments({ ...NO_COMMENT_FILTER, score: '4', flagged: 'without' }, '2026-06-10'),
    ).toMatchObject({
      scores: { csat: [4, 4] },
      flagged: false,
    });
  });

  it('counts what is on besides the period', () => {
    expect(filtersOn(NO_COMMENT_FILTER)).toBe(0);
    expect(filtersOn(FULL)).toBe(8);
  });
});

describe('groups of scores', () => {
  it('cover each scale once and call low what staff are told of', () => {
    for (const type of SCORED_TYPES) {
      const { min, max } = scaleOf(type);
      const { low, middle, high } = SCORE_GROUPS;
      expect([
        low[type][0],
        middle[type][0] - low[type][1],
        high[type][0] - middle[type][1],
        high[type][1],
      ]).toEqual([min, 1, 1, max]);
    }
    const csat = (score: number, question = 'satisfaction') => ({ type: 'csat', question, score }) as Answer;
    expect([
      isLowScore(csat(SCORE_GROUPS.low.csat[1]), defaultSurvey),
      isLowScore(csat(SCORE_GROUPS.middle.csat[0]), defaultSurvey),
      isLowScore(csat(1, 'about_staff'), defaultSurvey),
    ]).toEqual([true, false, false]);
  });
});

describe('what a search found', () => {
  const marked = (text: string, ...hits: string[]) =>
    hitParts(text, hits)
      .map((part) => (part.isHit ? `[${part.text}]` : part.text))
      .join('');

  it('is marked as whole words, however they are written', () => {
    expect(marked('Очередь: очереди, «ОЧЕРЕДЬ»!', 'очередь')).toBe('[Очередь]: очереди, «[ОЧЕРЕДЬ]»!');
    expect(marked('Ёлка и и\u0306огурт', 'елка', 'йогурт')).toBe('[Ёлка] и [и\u0306огурт]');
    expect(marked('<b>queues</b>', 'queues')).toBe('<b>[queues]</b>');
    expect(marked('queue', 'queue')).toBe('[queue]');
  });

  it('leaves a text alone that has none of it', () => {
    expect(hitParts('👍 queued', ['queue'])).toEqual([{ text: '👍 queued', isHit: false }]);
    expect(hitParts('', ['queue'])).toEqual([]);
  });
});
