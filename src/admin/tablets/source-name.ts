import type { ReportTablet } from '../../backend/owner-calls/tablets';
import { admin_import_source, admin_import_value_source } from '../../i18n/paraglide/messages';

/** How the server names a source of rows that stand for something: open_import_source. */
const OF_A_VALUE = 'Import: ';

/** What a tablet is called on a screen; a source of files has no name of its own but what its rows stand for. */
export function sourceName({ kind, name }: Pick<ReportTablet, 'kind' | 'name'>): string {
  if (kind !== 'import') return name;
  const source = admin_import_source();
  return name.startsWith(OF_A_VALUE)
    ? admin_import_value_source({ source, name: name.slice(OF_A_VALUE.length) })
    : source;
}
