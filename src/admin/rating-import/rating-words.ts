import type { ImportProblem } from '../../domain/import/plan';
import type { ImportWarning, RefusalReason } from '../../domain/import/report';
import {
  admin_import_problem_dates,
  admin_import_problem_score,
  admin_import_progress,
  admin_import_see,
  admin_import_stored,
  admin_import_value_too_long,
  admin_import_value_too_many,
  admin_refusal_date_in_future,
  admin_refusal_date_missing,
  admin_refusal_date_unreadable,
  admin_refusal_location_missing,
  admin_refusal_row_too_short,
  admin_refusal_score_conflicts,
  admin_refusal_score_missing,
  admin_refusal_score_not_a_number,
  admin_refusal_score_off_scale,
  admin_refusal_text_too_long,
  admin_time_zone_unknown,
  admin_warning_reason_unknown,
  admin_warning_text_cut,
  admin_warning_text_damaged,
  admin_warning_time_adjusted,
  admin_warning_time_missing,
} from '../../i18n/paraglide/messages';
import { countWords } from '../format';
import type { FileWords } from '../import/file-job';
import { reasonWords } from '../quarantine/reason-words';
import type { RatingTypes } from './rating-job';

const REFUSALS = {
  row_too_short: admin_refusal_row_too_short,
  score_missing: admin_refusal_score_missing,
  score_not_a_number: admin_refusal_score_not_a_number,
  score_off_scale: admin_refusal_score_off_scale,
  score_conflicts: admin_refusal_score_conflicts,
  date_missing: admin_refusal_date_missing,
  date_unreadable: admin_refusal_date_unreadable,
  date_in_future: admin_refusal_date_in_future,
  location_missing: admin_refusal_location_missing,
  value_too_long: admin_import_value_too_long,
  text_too_long: admin_refusal_text_too_long,
} satisfies Record<RefusalReason, () => string>;

const WARNINGS = {
  text_damaged: admin_warning_text_damaged,
  text_cut: admin_warning_text_cut,
  reason_unknown: admin_warning_reason_unknown,
  time_missing: admin_warning_time_missing,
  time_adjusted: admin_warning_time_adjusted,
} satisfies Record<ImportWarning, () => string>;

const PROBLEMS = {
  date_order_ambiguous: admin_import_problem_dates,
  time_zone_unknown: admin_time_zone_unknown,
  score_column_missing: admin_import_problem_score,
} satisfies Record<Exclude<ImportProblem['code'], 'too_many_values'>, () => string>;

/** How a file of ratings speaks to the owner. */
export const RATING_WORDS: FileWords<RatingTypes> = {
  problem: (problem) =>
    problem.code === 'too_many_values'
      ? admin_import_value_too_many({ limit: countWords(problem.limit) })
      : PROBLEMS[problem.code](),
  refusal: (reason) => REFUSALS[reason](),
  warning: (warning) => WARNINGS[warning](),
  progress: admin_import_progress,
  stored: admin_import_stored,
  serverRefusal: reasonWords,
  see: admin_import_see,
};
