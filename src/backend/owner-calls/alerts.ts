import * as v from 'valibot';
import { alertRulesSchema, type AlertRules } from '../../domain/alert';
import { uuidSchema } from '../../domain/record';
import type { OwnerClient } from '../owner-client';
import { count, readReply } from './read-reply';

const alertEntries = {
  alert: uuidSchema,
  opened_at: v.string(),
  closed_at: v.nullable(v.string()),
  /** The e-mail address of who closed it; null where its rule held no more. */
  closed_by: v.nullable(v.string()),
  acknowledged_at: v.nullable(v.string()),
  acknowledged_by: v.nullable(v.string()),
  /** The first first; a note is null once the customer was erased whose case it was about. */
  notes: v.array(v.object({ at: v.string(), note: v.nullable(v.string()), by: v.string() })),
};

/** Seconds since 1970 UTC, with fractions. */
const epoch = v.number();
const question = v.pipe(v.string(), v.maxLength(100));

const alertSchema = v.variant('kind', [
  v.object({
    ...alertEntries,
    kind: v.literal('low_scores'),
    subject: v.object({ location: uuidSchema, question }),
    /** `low` of `n` ratings within so many `minutes`, the last of which was given `until` then. */
    facts: v.object({ low: count, n: count, minutes: count, until: epoch }),
  }),
  v.object({
    ...alertEntries,
    kind: v.literal('case_due'),
    subject: v.object({ case: uuidSchema }),
    facts: v.object({ due_at: epoch }),
  }),
  v.object({
    ...alertEntries,
    kind: v.literal('tablet_silent'),
    /** `since` is null for a tablet never heard of. */
    subject: v.object({ tablet: uuidSchema, since: v.nullable(epoch) }),
  }),
  v.object({
    ...alertEntries,
    kind: v.literal('score_left_limits'),
    /** `location` is null for all of them together; `week` is its Monday. */
    subject: v.object({ location: v.nullable(uuidSchema), question, week: v.string() }),
    facts: v.object({ score: v.number(), lower: v.number(), upper: v.number(), n: count }),
  }),
]);
export type Alert = v.InferOutput<typeof alertSchema>;
export type AlertOf<Kind extends Alert['kind']> = Extract<Alert, { kind: Kind }>;

const reportAlertsSchema = v.object({
  alerts: v.array(alertSchema),
  /** What to ask the next page with; null after the last. */
  next: v.nullable(v.string()),
  open: count,
  /** How many of the open ones nobody has said to have seen. */
  waiting: count,
  /** Whether the shop wants to hear of silent tablets; null where it is none of the reader's. */
  tablet_silent: v.nullable(v.boolean()),
});
/** One page of alerts: the open ones, the latest first, then the closed ones, the one closed last first. */
export type ReportAlerts = v.InferOutput<typeof reportAlertsSchema>;

const acknowledgeSchema = v.object({
  outcome: v.picklist(['saved', 'bad_note', 'unknown_alert', 'forbidden']),
});
const closeSchema = v.object({ outcome: v.picklist(['closed', 'unknown_alert', 'forbidden']) });

const reportRulesSchema = v.variant('outcome', [
  v.object({
    outcome: v.literal('ok'),
    rules: alertRulesSchema,
    changed_at: v.nullable(v.string()),
    changed_by: v.nullable(v.string()),
    /** Who of the team may be told by e-mail, and is. */
    people: v.array(v.object({ user: uuidSchema, email: v.string(), mail: v.boolean() })),
    /** When the function that sends mail asked last; null where there is none. */
    mailer_asked_at: v.nullable(v.string()),
  }),
  v.object({ outcome: v.literal('forbidden') }),
]);
export type ReportAlertRules = Extract<v.InferOutput<typeof reportRulesSchema>, { outcome: 'ok' }>;

const setRulesSchema = v.object({ outcome: v.picklist(['saved', 'bad_rules', 'forbidden']) });

const noteLimitsSchema = v.object({
  outcome: v.picklist(['opened', 'known', 'inside', 'not_wanted', 'bad_limits', 'throttled', 'forbidden']),
});

/** A week's score with its control limits: all three shares from 0 to 1, or all three points from −100 to 100. */
export type ScoreLimits = {
  question: string;
  /** Null for all places together. */
  location: string | null;
  /** Its Monday, as a local date. */
  week: string;
  score: number;
  lower: number;
  upper: number;
  n: number;
};

/** What the owner should hear of now. */
export const alertCalls = (client: OwnerClient) => ({
  /** Works them out anew, at most once a minute. pageSize: at most 200; after: `next` of the page before. */
  reportAlerts: (org: string, pageSize: number, after?: string) =>
    readReply(
      reportAlertsSchema,
      client.rpc('report_alerts', { org, page: pageSize, ...(after && { after }) }),
    ),
  /** Says to have seen it; an empty note is none. */
  acknowledgeAlert: (org: string, id: string, note = '') =>
    readReply(acknowledgeSchema, client.rpc('acknowledge_alert', { org, id, note })),
  closeAlert: (org: string, id: string) => readReply(closeSchema, client.rpc('close_alert', { org, id })),
  reportAlertRules: (org: string) => readReply(reportRulesSchema, client.rpc('report_alert_rules', { org })),
  /** mailTo: accounts of owners and managers. */
  setAlertRules: (org: string, rules: AlertRules, mailTo: readonly string[]) =>
    readReply(
      setRulesSchema,
      client.rpc('set_alert_rules', { org, rules: JSON.stringify({ ...rules, mail_to: mailTo }) }),
    ),
  /**
   * Tells how the latest whole week stands, inside its limits or not: outside it opens an alert, once however often it is
   * told; inside it closes the earlier ones.
   */
  noteScoreLimits: (org: string, { question, location, week, ...facts }: ScoreLimits) =>
    readReply(
      noteLimitsSchema,
      client.rpc('note_score_limits', {
        org,
        question,
        week,
        facts: JSON.stringify(facts),
        ...(location !== null && { location }),
      }),
    ),
});
