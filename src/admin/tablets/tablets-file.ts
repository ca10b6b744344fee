import type { ReportTablet } from '../../backend/owner-calls/tablets';
import {
  admin_column_last_seen,
  admin_column_made,
  admin_column_missing,
  admin_column_quarantined,
  admin_column_received,
  admin_column_state,
  admin_column_version,
  admin_column_waiting,
  admin_location,
  admin_tables_region,
  admin_tablet,
} from '../../i18n/paraglide/messages';
import type { Cell, Table } from '../../ui/csv';
import type { Shop } from '../shop.svelte';
import { sourceName } from './source-name';
import { tabletState } from './tablet-state';
import { stateWords } from './tablet-words';

const number = (raw: number | null): Cell => ({ text: String(raw ?? ''), raw });

/** The tablets, by location as on the page; what only a tablet on a counter has is empty for a source of files. */
export function tabletsFile(tablets: readonly ReportTablet[], shop: Shop): Table {
  const row = (tablet: ReportTablet): Cell[] => {
    const location = shop.locations.find(({ id }) => id === tablet.location);
    const silence = shop.silent.find((silent) => silent.tablet === tablet)?.silence ?? null;
    const isKiosk = tablet.kind === 'kiosk';
    const counter = (raw: number) => number(isKiosk ? raw : null);
    return [
      location?.name ?? '',
      location?.region ?? '',
      sourceName(tablet),
      stateWords(tabletState(tablet, silence)).words,
      counter(tablet.made),
      number(tablet.received),
      counter(tablet.missing),
      counter(tablet.waiting),
      counter(tablet.quarantined),
      (isKiosk ? tablet.last_seen_at : tablet.last_received_at) ?? '',
      tablet.app_version ?? '',
    ];
  };
  const figure = (label: string) => ({ label, numeric: true });
  return {
    columns: [
      { label: admin_location() },
      { label: admin_tables_region() },
      { label: admin_tablet() },
      { label: admin_column_state() },
      figure(admin_column_made()),
      figure(admin_column_received()),
      figure(admin_column_missing()),
      figure(admin_column_waiting()),
      figure(admin_column_quarantined()),
      { label: admin_column_last_seen() },
      { label: admin_column_version() },
    ],
    rows: shop.locations.flatMap(({ id }) => tablets.filter(({ location }) => location === id).map(row)),
  };
}
