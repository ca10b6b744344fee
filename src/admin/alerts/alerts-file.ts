import type { Alert } from '../../backend/owner-calls/alerts';
import {
  admin_tables_alert,
  admin_tables_closed,
  admin_tables_closed_by,
  admin_tables_details,
  admin_tables_notes,
  admin_tables_opened,
  admin_tables_seen_by,
} from '../../i18n/paraglide/messages';
import type { FileForm } from '../member-data/member-files';
import type { Shop } from '../shop.svelte';
import { alertDetails, alertWords } from './alert-words';

/** Alerts as a file holds them: instants in ISO 8601, so that any program reads them. */
export const alertsFile = (shop: Shop): FileForm<Alert> => ({
  columns: () => [
    { label: admin_tables_opened() },
    { label: admin_tables_closed() },
    { label: admin_tables_closed_by() },
    { label: admin_tables_alert() },
    { label: admin_tables_details() },
    { label: admin_tables_seen_by() },
    { label: admin_tables_notes() },
  ],
  cells: (alert) => [
    alert.opened_at,
    alert.closed_at ?? '',
    alert.closed_by ?? '',
    alertWords(alert, shop),
    alertDetails(alert, shop).join(' · '),
    alert.acknowledged_by ?? '',
    alert.notes.flatMap(({ note }) => (note === null ? [] : [note])).join('; '),
  ],
});
