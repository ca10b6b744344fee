import type { ReportStaff } from '../../backend/owner-calls/staff';
import {
  admin_rights_may,
  admin_staff_last_unlock,
  admin_staff_name,
  admin_tablet,
} from '../../i18n/paraglide/messages';
import type { Table } from '../../ui/csv';
import { rightsWords } from './right-words';

/** Who has a PIN, as a file holds it. */
export const staffTable = (people: readonly ReportStaff[], tabletName: (id: string) => string): Table => ({
  columns: [admin_staff_name(), admin_rights_may(), admin_staff_last_unlock(), admin_tablet()].map(
    (label) => ({
      label,
    }),
  ),
  rows: people.map(({ name, rights, last_unlock }) => [
    name,
    rightsWords(rights),
    last_unlock?.at ?? '',
    last_unlock ? tabletName(last_unlock.tablet) : '',
  ]),
});
