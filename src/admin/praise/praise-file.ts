import type { Praise } from '../../backend/owner-calls/comments';
import {
  admin_comments_language,
  admin_data_column_local,
  admin_data_column_location,
  admin_data_column_time,
  admin_tables_name,
  admin_tables_picked,
  admin_tables_words,
} from '../../i18n/paraglide/messages';
import type { FileForm } from '../member-data/member-files';

/** The wall as a file holds it: instants in ISO 8601, so that any program reads them; what was picked as 1. */
export const praiseFile = (locationName: (id: string) => string): FileForm<Praise> => ({
  columns: () => [
    { label: admin_data_column_time() },
    { label: admin_data_column_local() },
    { label: admin_data_column_location() },
    { label: admin_tables_words() },
    { label: admin_tables_name() },
    { label: admin_comments_language() },
    { label: admin_tables_picked() },
  ],
  cells: (praise) => [
    praise.occurred_at,
    praise.local_at,
    locationName(praise.location),
    praise.text,
    praise.first_name,
    praise.locale,
    praise.picked ? '1' : '',
  ],
});
