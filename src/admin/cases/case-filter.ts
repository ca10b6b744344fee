import { CASE_CAUSES, CASE_STATES, type CaseCause, type CaseState } from '../../domain/case';

export type WhichCases = 'waiting' | CaseState;

/** What the list of cases shows; null means all. */
export type CaseFilter = {
  which: WhichCases;
  mine: boolean;
  overdue: boolean;
  location: string | null;
  /** Why it came to it; only of the resolved ones that is known. */
  cause: CaseCause | null;
};

export const EVERY_WAITING_CASE: CaseFilter = {
  which: 'waiting',
  mine: false,
  overdue: false,
  location: null,
  cause: null,
};

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Reads the page's address; what makes no sense falls back to the usual, because an address can be typed. */
export function readCaseFilter(query: URLSearchParams): CaseFilter {
  const location = query.get('location');
  return allowed({
    which: CASE_STATES.find((state) => state === query.get('state')) ?? 'waiting',
    mine: query.get('mine') === 'yes',
    overdue: query.get('overdue') === 'yes',
    location: location !== null && UUID.test(location) ? location : null,
    cause: CASE_CAUSES.find((cause) => cause === query.get('cause')) ?? null,
  });
}

/** The shortest address that reads back as the same filter; it says nothing about a person. */
export function writeCaseFilter({ which, mine, overdue, location, cause }: CaseFilter): URLSearchParams {
  const query = new URLSearchParams();
  if (which !== 'waiting') query.set('state', which);
  if (mine) query.set('mine', 'yes');
  if (overdue) query.set('overdue', 'yes');
  if (location) query.set('location', location);
  if (cause) query.set('cause', cause);
  return query;
}

/** Only what nobody answered is overdue, and only what is resolved has a cause for sure. */
export const allowed = (filter: CaseFilter): CaseFilter => ({
  ...filter,
  overdue: filter.overdue && (filter.which === 'waiting' || filter.which === 'open'),
  cause: filter.which === 'resolved' ? filter.cause : null,
});

export const isNarrowed = ({ mine, overdue, location, cause }: CaseFilter): boolean =>
  mine || overdue || location !== null || cause !== null;
