import type { Dates } from '../scores/period';
import { writeFilter } from '../scores/filter';
import type { Look } from './changes';

/** The scores behind a figure: its place, its question, its days. */
export function scoresHref({ from, to }: Dates, { measure, location }: Look, withFlagged: boolean): string {
  const query = writeFilter({
    period: { kind: 'custom', from, to },
    location,
    region: null,
    tablet: null,
    question: measure.question,
    by: null,
    withFlagged,
  });
  return `/admin/scores?${query.toString()}`;
}
