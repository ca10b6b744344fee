import type { ReportTeamPulse } from '../../backend/owner-calls/team-pulse';
import { PULSE_MIN_N } from '../../domain/pulse';
import type { Estimated } from '../../domain/statistics/estimate';
import { nps } from '../../domain/statistics/nps';

/**
 * The employee NPS of a stretch of months. The server tells the three groups and no scores, which five answers would give
 * away; each group stands at one score of its own.
 */
export function teamNps({
  detractors,
  passives,
  promoters,
}: ReportTeamPulse['stretches'][number]): Estimated {
  return nps([detractors, 0, 0, 0, 0, 0, 0, passives, 0, promoters, 0], PULSE_MIN_N);
}
