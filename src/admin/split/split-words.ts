import type { ReportSplit } from '../../backend/owner-calls/splits';
import { LOCALES } from '../../domain/locale';
import { getLocale } from '../../i18n/locale.svelte';
import {
  admin_split_by_language,
  admin_split_by_location,
  admin_split_by_reason,
  admin_split_by_region,
  admin_split_by_staff,
  admin_split_by_tablet,
  admin_split_by_visitor,
  admin_split_language_note,
  admin_split_no_value,
  admin_split_own_note,
  admin_split_reason_note,
  admin_split_removed,
  admin_split_staff_gone,
  admin_split_staff_note,
  admin_split_visitor_new,
  admin_split_visitor_note,
  admin_split_visitor_returning,
  admin_split_visitor_unknown,
} from '../../i18n/paraglide/messages';
import type { Dimension } from '../dimensions/dimension-list.svelte';
import { LANGUAGE_NAMES } from '../languages';
import { choiceNames } from '../scores/choice-names';
import type { Shop } from '../shop.svelte';
import type { Split } from './split-filter';
import { NO_VALUE } from './split-values';

const BY = {
  language: admin_split_by_language,
  visitor: admin_split_by_visitor,
  reason: admin_split_by_reason,
  staff: admin_split_by_staff,
  location: admin_split_by_location,
  region: admin_split_by_region,
  tablet: admin_split_by_tablet,
};

/** What figures are split by, as a name. */
export function splitWords(split: Split, dimensions: readonly Dimension[]): string {
  if (split.by !== 'own') return BY[split.by]();
  return dimensions.find(({ id }) => id === split.dimension)?.name ?? '';
}

/** How answers came to be counted under one value or another; null where that needs no words. */
export function splitNote({ by }: Split): string | null {
  if (by === 'own') return admin_split_own_note();
  const notes = {
    language: admin_split_language_note,
    visitor: admin_split_visitor_note,
    reason: admin_split_reason_note,
    staff: admin_split_staff_note,
    location: null,
    region: null,
    tablet: null,
  };
  return notes[by]?.() ?? null;
}

const VISITORS: Partial<Record<string, () => string>> = {
  new: admin_split_visitor_new,
  returning: admin_split_visitor_returning,
  unknown: admin_split_visitor_unknown,
};

/** The names of values, as far as anybody knows one. */
export function valueNames(
  split: Split,
  shop: Shop,
  dimensions: readonly Dimension[],
  values: Extract<ReportSplit, { outcome: 'ok' }>['values'],
): (value: string) => string {
  if (split.by === 'language')
    return (value) => {
      const locale = LOCALES.find((each) => each === value);
      return locale ? LANGUAGE_NAMES[locale] : value;
    };
  if (split.by === 'visitor') return (value) => VISITORS[value]?.() ?? value;
  if (split.by === 'reason') {
    const names = choiceNames(shop.surveys.map(({ definition }) => definition));
    return (value) => {
      const text = names.get(value)?.text;
      return text ? text[getLocale()] || text.en : value;
    };
  }
  if (split.by === 'staff')
    return (value) => values.find((each) => each.value === value)?.name ?? admin_split_staff_gone();
  const dimension = split.by === 'own' ? dimensions.find(({ id }) => id === split.dimension) : undefined;
  return (value) => {
    if (value === NO_VALUE) return admin_split_no_value();
    const known = dimension?.values.find(({ id }) => id === value);
    if (known) return known.name;
    const removed = dimension?.removed.find(({ id }) => id === value);
    return removed ? admin_split_removed({ name: removed.name }) : value;
  };
}
