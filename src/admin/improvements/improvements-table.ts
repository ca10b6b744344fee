import type { Improvement } from '../../backend/owner-calls/improvements';
import type { Effect } from '../../domain/statistics/improvement';
import {
  admin_column_high,
  admin_column_low,
  admin_improvement_end,
  admin_improvement_everywhere,
  admin_improvement_name,
  admin_improvement_place,
  admin_tables_after,
  admin_tables_before,
  admin_tables_difference,
  admin_tables_figure,
  admin_tables_n_after,
  admin_tables_n_before,
  admin_tables_since,
  admin_tables_verdict,
} from '../../i18n/paraglide/messages';
import type { Estimated } from '../../domain/statistics/estimate';
import type { Cell, Table } from '../../ui/csv';
import { countWords } from '../format';
import { estimateCells, measureName } from '../scores/figure-words';
import type { Measure } from '../scores/measure';
import { sureWords } from './effect-words';

type Item = { improvement: Improvement; measure: Measure | undefined; effect: Effect | undefined };

const EMPTY: Cell = { text: '', raw: null };

/** What the shop changed and what came of it, as a file holds it: shares in percent, differences in points. */
export const improvementsTable = (items: readonly Item[], locationName: (id: string) => string): Table => ({
  columns: [
    { label: admin_improvement_name() },
    { label: admin_tables_since() },
    { label: admin_improvement_end() },
    { label: admin_improvement_place() },
    { label: admin_tables_figure() },
    { label: admin_tables_before(), numeric: true },
    { label: admin_tables_n_before(), numeric: true },
    { label: admin_tables_after(), numeric: true },
    { label: admin_tables_n_after(), numeric: true },
    { label: admin_tables_difference(), numeric: true },
    { label: admin_column_low(), numeric: true },
    { label: admin_column_high(), numeric: true },
    { label: admin_tables_verdict() },
  ],
  rows: items.map(({ improvement, measure, effect }) => [
    improvement.name,
    improvement.happened_on,
    improvement.ended_on ?? '',
    improvement.location_id === null ? admin_improvement_everywhere() : locationName(improvement.location_id),
    measure ? measureName(measure.type, measure.factor) : improvement.question,
    ...(measure && effect
      ? effectCells(measure, effect)
      : [EMPTY, EMPTY, EMPTY, EMPTY, EMPTY, EMPTY, EMPTY, '']),
  ]),
});

function effectCells({ type }: Measure, effect: Effect): Cell[] {
  if (effect.kind !== 'compared') return [EMPTY, EMPTY, EMPTY, EMPTY, EMPTY, EMPTY, EMPTY, ''];
  const side = (figure: Estimated): Cell[] => [
    estimateCells(type, figure)[0]!,
    { text: countWords(figure.n), raw: figure.n },
  ];
  return [
    ...side(effect.before.figure),
    ...side(effect.after.figure),
    ...estimateCells(type, effect.change).slice(0, 3),
    sureWords(effect),
  ];
}
