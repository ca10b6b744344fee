import { readMoney } from './cells';
import {
  readLocation,
  readWhen,
  readWho,
  refuse,
  type Cells,
  type ReadRow,
  type RowOptions,
} from './read-cells';
import type { RowRefusal } from './report';
import type { ImportedVisit } from './rows';

/** A visit of a row, perhaps nobody's, perhaps money given back. */
export function readVisit(cells: Cells, options: RowOptions): ReadRow<Omit<ImportedVisit, 'occurrence'>> {
  const who = readWho(cells, options);
  if ('reason' in who) return refuse(who.reason);
  const when = readWhen(cells.named('at'), options);
  if ('reason' in when) return refuse(when.reason);
  const sale = readSale(cells, options.currency);
  if (sale && 'reason' in sale) return refuse(sale.reason);
  const location = readLocation(cells);
  if (location === '') return refuse('location_missing');

  const receipt = cells.named('receipt');
  const written = (['phone', 'reference', 'at', 'amount', 'currency', 'location'] as const).map((field) =>
    cells.raw(field),
  );
  const { at, tzOffset, warnings } = when;
  return {
    ok: true,
    warnings,
    row: {
      kind: 'visit',
      ...who,
      sale,
      location,
      at,
      tzOffset,
      identity: JSON.stringify(receipt === '' ? ['row', ...written] : ['receipt', receipt]),
    },
  };
}

function readSale(cells: Cells, usual: string): ImportedVisit['sale'] | { reason: RowRefusal } {
  const typed = cells.named('amount');
  if (typed === '') return null;
  const currency = cells.named('currency').toUpperCase() || usual;
  if (!/^[A-Z]{3}$/.test(currency)) return { reason: 'currency_unknown' };
  const amount = readMoney(typed, currency);
  return amount === null ? { reason: 'amount_unreadable' } : { amount, currency };
}
