import type { DimensionValue, TabletValue } from '../../backend/owner-calls/splits';
import {
  admin_dimension_always,
  admin_dimension_from,
  admin_dimension_nothing,
  admin_dimension_since,
  admin_split_removed,
} from '../../i18n/paraglide/messages';
import { dayWords } from '../format';
import type { Dimension } from './dimension-list.svelte';

/** As far back as a clock is believed: a value since then is the tablet's ever since. */
export const EVER_SINCE = '2000-01-01';

export type Standing = {
  /** What holds today; null where nobody ever said. */
  now: TabletValue | null;
  /** What is to hold from a later day on, the next first. */
  next: TabletValue[];
  /** What held before, the latest first. */
  before: TabletValue[];
};

/** What a tablet stands for, as of a local date; `rows` are the latest first. */
export function standingOf(rows: readonly TabletValue[], tablet: string, today: string): Standing {
  const own = rows.filter(({ tablet_id }) => tablet_id === tablet);
  const [now, ...before] = own.filter(({ since }) => since <= today);
  return { now: now ?? null, next: own.filter(({ since }) => since > today).reverse(), before };
}

function nameOf({ values, removed }: Dimension, id: string | null): string {
  const isIt = (value: DimensionValue) => value.id === id;
  const gone = removed.find(isIt);
  if (gone) return admin_split_removed({ name: gone.name });
  return values.find(isIt)?.name ?? admin_dimension_nothing();
}

/** The value and, quieter, since when it holds. */
export function standingWords(
  dimension: Dimension,
  row: TabletValue | null,
  today: string,
): { name: string; when: string } {
  if (row === null) return { name: admin_dimension_nothing(), when: '' };
  const name = nameOf(dimension, row.value_id);
  if (row.since === EVER_SINCE) return { name, when: admin_dimension_always() };
  const day = dayWords(row.since);
  return { name, when: row.since > today ? admin_dimension_from({ day }) : admin_dimension_since({ day }) };
}
