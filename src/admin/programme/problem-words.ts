import {
  admin_programme_bad_amount,
  admin_programme_bad_amount_points,
  admin_programme_bad_hours,
  admin_programme_bad_months,
  admin_programme_bad_points,
} from '../../i18n/paraglide/messages';
import { usualPer, type Problem } from './draft';

/** What is wrong with a field of the programme. */
export function problemWords(problem: Problem, currency: string): string {
  switch (problem) {
    case 'bad_points':
      return admin_programme_bad_points();
    case 'bad_amount_points':
      return admin_programme_bad_amount_points();
    case 'bad_amount':
      return admin_programme_bad_amount({ example: usualPer(currency) });
    case 'bad_hours':
      return admin_programme_bad_hours();
    case 'bad_months':
      return admin_programme_bad_months();
  }
}
