import * as v from 'valibot';

const integer = (from: number, to: number) =>
  v.pipe(v.number(), v.integer(), v.minValue(from), v.maxValue(to));

/** What the owner may ask to be told of, by the names and within the bounds of the table alert_rules. */
export const alertRulesSchema = v.object({
  low_scores: v.boolean(),
  /** Of the ratings of a window, how large a share must be low. */
  low_share_percent: integer(10, 100),
  low_answers: integer(2, 100),
  low_window_minutes: integer(5, 240),
  case_due: v.boolean(),
  /** How long before its time is over. */
  case_due_hours: integer(1, 47),
  tablet_silent: v.boolean(),
  score_left_limits: v.boolean(),
});
export type AlertRules = v.InferOutput<typeof alertRulesSchema>;
