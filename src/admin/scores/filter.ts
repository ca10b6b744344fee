import { isDate, PRESET_DAYS, type Period } from './period';

/** What the scores page shows; null means all, or the page's own choice. */
export type ScoresFilter = {
  period: Period;
  location: string | null;
  /** Only where neither a location nor a tablet is chosen: each is in one region. */
  region: string | null;
  tablet: string | null;
  /** Key of the question looked at closely. */
  question: string | null;
  by: 'day' | 'week' | 'month' | null;
  withFlagged: boolean;
};

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const REGION = /^.{1,120}$/;
const KEY = /^[a-z][a-z0-9_]{0,39}$/;

/** Reads the page's address; what makes no sense falls back to the usual, because an address can be typed. */
export function readFilter(query: URLSearchParams): ScoresFilter {
  const matching = (name: string, pattern: RegExp) => {
    const value = query.get(name);
    return value !== null && pattern.test(value) ? value : null;
  };
  const by = query.get('by');
  const location = matching('location', UUID);
  const tablet = matching('tablet', UUID);
  return {
    period: readPeriod(query),
    location,
    region: location || tablet ? null : matching('region', REGION),
    tablet,
    question: matching('question', KEY),
    by: by === 'day' || by === 'week' || by === 'month' ? by : null,
    withFlagged: query.get('flagged') === 'with',
  };
}

function readPeriod(query: URLSearchParams): Period {
  const from = query.get('from');
  const to = query.get('to');
  if (isDate(from) && isDate(to) && from <= to) return { kind: 'custom', from, to };
  const days = PRESET_DAYS.find((preset) => String(preset) === query.get('days'));
  return { kind: 'last', days: days ?? 30 };
}

/** The shortest address that reads back as the same filter. */
export function writeFilter(filter: ScoresFilter): URLSearchParams {
  const query = new URLSearchParams();
  if (filter.period.kind === 'custom') {
    query.set('from', filter.period.from);
    query.set('to', filter.period.to);
  } else if (filter.period.days !== 30) query.set('days', String(filter.period.days));
  if (filter.location) query.set('location', filter.location);
  if (filter.region) query.set('region', filter.region);
  if (filter.tablet) query.set('tablet', filter.tablet);
  if (filter.question) query.set('question', filter.question);
  if (filter.by) query.set('by', filter.by);
  if (filter.withFlagged) query.set('flagged', 'with');
  return query;
}
