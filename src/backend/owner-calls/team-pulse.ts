import * as v from 'valibot';
import type { OwnerClient } from '../owner-client';
import { count, readReply } from './read-reply';

const reportTeamPulseSchema = v.object({
  /** Every how many months the team is asked; null when it is not. */
  months: v.nullable(v.number()),
  /** Stretches of whole months with at least five answers each, the oldest first. */
  stretches: v.array(
    v.object({
      /** Local dates: the first day of the first month and of the last. */
      from: v.string(),
      to: v.string(),
      detractors: count,
      passives: count,
      promoters: count,
    }),
  ),
});
export type ReportTeamPulse = v.InferOutput<typeof reportTeamPulseSchema>;

const setTeamPulseSchema = v.object({ outcome: v.picklist(['saved', 'bad_months', 'forbidden']) });

/** What the team thinks of working here. */
export const teamPulseCalls = (client: OwnerClient) => ({
  reportTeamPulse: (org: string) =>
    readReply(reportTeamPulseSchema, client.rpc('report_team_pulse', { org })),
  /** months: 1 to 12; null asks nobody. */
  setTeamPulse: (org: string, months: number | null) =>
    readReply(
      setTeamPulseSchema,
      // The generated types know no argument that may be null.
      client.rpc('set_team_pulse', { org, months: months as number }),
    ),
});
