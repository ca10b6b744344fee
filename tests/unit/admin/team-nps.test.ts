import { describe, expect, it } from 'vitest';
import { teamNps } from '../../../src/admin/staff/team-nps';

const stretch = (detractors: number, passives: number, promoters: number) =>
  teamNps({ from: '2026-01-01', to: '2026-01-01', detractors, passives, promoters });

describe('the employee NPS', () => {
  it('is promoters less detractors, in percent of all who answered', () => {
    expect(stretch(1, 2, 5)).toMatchObject({ kind: 'estimate', value: 50, n: 8 });
    expect(stretch(5, 0, 0)).toMatchObject({ kind: 'estimate', value: -100, n: 5 });
  });

  it('is none from fewer than five answers, should the server ever tell them', () => {
    expect(stretch(1, 0, 3)).toEqual({ kind: 'too-few', n: 4, minimum: 5 });
  });
});
