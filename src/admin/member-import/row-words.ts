import type { Field } from '../../domain/member-import/fields';
import type { RowRefusal, RowWarning } from '../../domain/member-import/report';
import * as m from '../../i18n/paraglide/messages';
import type { FileWords } from '../import/file-job';
import { purposeWords } from '../members/member-words';
import { reasonWords } from '../quarantine/reason-words';
import type { RowTypes } from './row-job';

const FIELDS: Record<Exclude<Field, 'programme' | 'messages' | 'call' | 'publish'>, () => string> = {
  phone: m.admin_rows_field_phone,
  firstName: m.admin_rows_field_first_name,
  joined: m.admin_rows_field_joined,
  birthday: m.admin_rows_field_birthday,
  email: m.admin_rows_field_email,
  locale: m.admin_rows_field_locale,
  reference: m.admin_rows_field_reference,
  location: m.admin_import_col_location,
  at: m.admin_rows_field_at,
  amount: m.admin_rows_field_amount,
  currency: m.admin_rows_field_currency,
  receipt: m.admin_rows_field_receipt,
  points: m.admin_rows_field_points,
};

/** What a column says. */
export const fieldWords = (field: Field): string =>
  field in FIELDS
    ? FIELDS[field as keyof typeof FIELDS]()
    : m.admin_rows_consent({ purpose: purposeWords(field as 'programme' | 'messages' | 'call' | 'publish') });

const REFUSALS: Record<RowRefusal, () => string> = {
  row_too_short: m.admin_rows_refusal_row_too_short,
  phone_missing: m.admin_rows_refusal_phone_missing,
  phone_unreadable: m.admin_rows_refusal_phone_unreadable,
  name_missing: m.admin_rows_refusal_name_missing,
  name_too_long: m.admin_rows_refusal_name_too_long,
  reference_repeated: m.admin_rows_refusal_reference_repeated,
  member_missing: m.admin_rows_refusal_member_missing,
  member_repeated: m.admin_rows_refusal_member_repeated,
  date_missing: m.admin_rows_refusal_date_missing,
  date_unreadable: m.admin_rows_refusal_date_unreadable,
  date_in_future: m.admin_rows_refusal_date_in_future,
  date_too_early: m.admin_rows_refusal_date_too_early,
  location_missing: m.admin_rows_refusal_location_missing,
  amount_unreadable: m.admin_rows_refusal_amount_unreadable,
  currency_unknown: m.admin_rows_refusal_currency_unknown,
  receipt_repeated: m.admin_rows_refusal_receipt_repeated,
  points_missing: m.admin_rows_refusal_points_missing,
  points_unreadable: m.admin_rows_refusal_points_unreadable,
  points_zero: m.admin_rows_refusal_points_zero,
  points_too_many: m.admin_rows_refusal_points_too_many,
};

const WARNINGS: Record<RowWarning, () => string> = {
  email_unreadable: m.admin_rows_warning_email_unreadable,
  birthday_unreadable: m.admin_rows_warning_birthday_unreadable,
  consent_unreadable: m.admin_rows_warning_consent_unreadable,
  locale_unknown: m.admin_rows_warning_locale_unknown,
  phone_repeated: m.admin_rows_warning_phone_repeated,
  joined_missing: m.admin_rows_warning_joined_missing,
  time_missing: m.admin_rows_warning_time_missing,
  time_adjusted: m.admin_rows_warning_time_adjusted,
};
function problemWords(problem: RowTypes['problem']): string {
  switch (problem.code) {
    case 'column_missing':
      return m.admin_rows_problem_column({
        fields: problem.fields.map(fieldWords).join(` ${m.admin_rows_or()} `),
      });
    case 'date_order_ambiguous':
      return m.admin_import_problem_dates();
    case 'time_zone_unknown':
      return m.admin_time_zone_unknown();
    case 'currency_unknown':
      return m.admin_rows_problem_currency({ example: 'EUR' });
  }
}

/** How a file of members, visits or balances speaks to the owner. */
export const ROW_WORDS: FileWords<RowTypes> = {
  problem: problemWords,
  refusal: (reason) => REFUSALS[reason](),
  warning: (warning) => WARNINGS[warning](),
  progress: m.admin_rows_progress,
  stored: m.admin_rows_stored,
  serverRefusal: (reason) =>
    reason === 'unknown_member' ? m.admin_rows_unknown_member() : reasonWords(reason),
  see: m.admin_rows_see_members,
};
