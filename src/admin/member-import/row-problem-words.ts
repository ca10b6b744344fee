import {
  admin_import_problem_dates,
  admin_rows_or,
  admin_rows_problem_column,
  admin_rows_problem_currency,
  admin_time_zone_unknown,
} from '../../i18n/paraglide/messages';
import type { RowsCheck } from './member-import.svelte';
import { fieldWords } from './row-words';

/** What the owner has to settle first. */
export function rowProblemWords(problem: Extract<RowsCheck, { status: 'problem' }>['problem']): string {
  switch (problem.code) {
    case 'column_missing':
      return admin_rows_problem_column({
        fields: problem.fields.map(fieldWords).join(` ${admin_rows_or()} `),
      });
    case 'date_order_ambiguous':
      return admin_import_problem_dates();
    case 'time_zone_unknown':
      return admin_time_zone_unknown();
    case 'currency_unknown':
      return admin_rows_problem_currency({ example: 'EUR' });
  }
}
