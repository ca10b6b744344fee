import { describe, expect, it } from 'vitest';
import { headlineOf } from '../../../src/admin/scores/headline';
import { csat } from '../../../src/domain/statistics/csat';
import { nps } from '../../../src/domain/statistics/nps';
import { setLocale } from '../../../src/i18n/locale.svelte';

const good = csat([10, 20, 50, 200, 232]);
const better = csat([2, 5, 20, 240, 260]);
const spaces = (text: string) => text.replaceAll('\u00a0', ' ');
const said = (...args: Parameters<typeof headlineOf>) => {
  const { headline, deck } = headlineOf(...args);
  return spaces(`${headline} | ${deck}`);
};

describe('the sentence the page opens with', () => {
  it('says that satisfaction rose only when that is more than chance', () => {
    expect(said({ type: 'csat' }, better, good)).toBe(
      'Satisfaction rose from 84% to 95% | 94.9%, with 95% confidence between 92.6% and 96.5% (n = 527). ' +
        'In the same time before it was 84.4% (n = 512): +10.5 points, between +6.9 and +14.3. That is more than chance.',
    );
    expect(said({ type: 'csat' }, good, better)).toMatch(
      /^Satisfaction fell from 95% to 84% .* more than chance\.$/,
    );
    expect(said({ type: 'csat' }, good, csat([11, 20, 50, 200, 231]))).toMatch(
      /^84% of customers were satisfied, about as before .* That may be chance\.$/,
    );
  });

  it('has nothing to compare with when the time before says too little', () => {
    expect(said({ type: 'csat' }, good, csat([0, 0, 0, 1, 2]))).toMatch(
      /^84% of customers were satisfied \| .* too few answers from the time before \(n = 3\)/,
    );
  });

  it('shows no figure below the minimum', () => {
    const few = said({ type: 'csat' }, csat([0, 0, 0, 1, 3]), good);
    expect(few).toMatch(/^4 answers are too few to tell/);
    expect(few).not.toContain('%');
    expect(said({ type: 'nps' }, nps(new Array<number>(11).fill(0)), good)).toMatch(/^Nobody has answered/);
  });

  it('speaks of NPS in points with a real minus', () => {
    const poor = nps([486, 57, 57, 49, 39, 89, 60, 74, 172, 94, 305]);
    expect(said({ type: 'nps' }, poor, poor)).toMatch(
      /^The NPS is −30, about as before \| −29\.6, .* −34\.0 and −25\.2/,
    );
  });

  it('counts in Russian and Bulgarian as people there do', () => {
    setLocale('ru');
    expect(said({ type: 'csat' }, csat([0, 0, 0, 0, 2]), good)).toMatch(/^2 ответа: слишком мало/);
    expect(said({ type: 'csat' }, csat([0, 0, 0, 0, 5]), good)).toMatch(/^5 ответов: слишком мало/);
    expect(said({ type: 'csat' }, better, good)).toMatch(
      /^Довольных стало больше: 95 % против 84 % \| 94,9 %/,
    );
    setLocale('bg');
    expect(said({ type: 'csat' }, better, good)).toMatch(/^Доволните се увеличиха от 84% на 95% \| 94,9%/);
  });
});
