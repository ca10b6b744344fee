import { render, screen, waitFor, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { tick } from 'svelte';
import { beforeEach, describe, expect, it } from 'vitest';
import Today from '../../../src/admin/today/Today.svelte';
import type { Improvement } from '../../../src/backend/owner-calls/improvements';
import type { OwnerCalls } from '../../../src/backend/owner-calls';
import type { CaseRow } from '../../../src/backend/owner-calls/cases';
import type { MembersToCall, ReportChanges } from '../../../src/backend/owner-calls/comparing';
import type { ReportTablet } from '../../../src/backend/owner-calls/tablets';
import type { ReportAnswers } from '../../../src/backend/owner-calls/scores';
import { defaultSurvey } from '../../../src/domain/default-survey';
import { id, ok, scriptedShop, unreachable } from './member-fixture';
import ShopHarness from './ShopHarness.svelte';

const MILL = id(30);
const STATION = id(31);

type Cell = ReportChanges['now'][number];
/** So many satisfied and so many not. */
const satisfied = (location: string, good: number, bad: number): Cell => ({
  question: 'satisfaction',
  type: 'csat',
  location,
  counts: [
    [1, bad, 0],
    [5, good, 0],
  ],
});
const recommended = (location: string, promoters: number, detractors: number): Cell => ({
  question: 'recommend',
  type: 'nps',
  location,
  counts: [
    [0, detractors, 0],
    [10, promoters, 0],
  ],
});

const nobody: MembersToCall = { outcome: 'ok', members: [], next: null, total: 0 };
const noCases = { cases: [] as CaseRow[], next: null, total: 0, waiting: 0, mine: 0, overdue: 0 };

const tablet: ReportTablet = {
  tablet: id(20),
  name: 'Counter',
  kind: 'kiosk',
  location: MILL,
  pairing: id(21),
  paired_at: '2026-01-01T00:00:00Z',
  revoked_at: null,
  gone_at: null,
  made: 9,
  received: 9,
  waiting: 0,
  quarantined: 0,
  missing: 0,
  lost: 0,
  seq_clashes: 0,
  acknowledged: null,
  last_seen_at: new Date().toISOString(),
  last_received_at: null,
  app_version: '1',
  health: null,
} as unknown as ReportTablet;

type Options = {
  report?: ReportChanges;
  cases?: Partial<typeof noCases>;
  calls?: MembersToCall;
  places?: number;
  tablets?: ReportTablet[];
  more?: Partial<OwnerCalls>;
};

function open({ report, cases, calls, places = 2, tablets = [tablet], more }: Options) {
  const asked: unknown[][] = [];
  const shop = scriptedShop({
    reportChanges: (_org, from, to) => {
      asked.push([from, to]);
      return ok(report ?? { now: [], before: [] });
    },
    reportCases: () => ok({ ...noCases, ...cases }),
    reportMembersToCall: () => ok(calls ?? nobody),
    reportDrivers: () => ok([]),
    improvements: () => ok([]),
    ...more,
  });
  shop.locations = [
    { id: MILL, name: '5 Mill Lane', time_zone: 'Europe/London', region: null, opening_hours: null },
    { id: STATION, name: 'Station Square', time_zone: 'Europe/London', region: null, opening_hours: null },
  ].slice(0, places);
  shop.surveys = [{ id: id(40), number: 1, definition: defaultSurvey }];
  shop.tablets = tablets;
  render(ShopHarness, { shop, page: Today, pageProps: {} });
  return { asked };
}

const headline = async () =>
  (await screen.findByRole('heading', { level: 1, name: (name) => name !== 'Loading' })).textContent;
const deck = () => document.querySelector('.deck')!.textContent.replaceAll('\u00a0', ' ').trim();

beforeEach(() => history.replaceState(null, '', '/admin'));

describe('the sentence the first page opens with', () => {
  it('says that one place fell, by how much, from how many and that others were looked at too', async () => {
    open({
      report: {
        now: [satisfied(MILL, 100, 100), satisfied(STATION, 860, 140)],
        before: [satisfied(MILL, 160, 40), satisfied(STATION, 800, 200)],
      },
    });
    expect(await headline()).toBe('At 5 Mill Lane, satisfaction fell from 80% to 50%');
    expect(deck()).toMatch(
      /^−30\.0 points, between −\d\d\.\d and −\d\d\.\d \(n = 200, before 200\)\. That is more than chance, even though 3 figures were looked at\.$/,
    );
  });

  it('speaks of the whole shop first, and of its places below', async () => {
    open({
      report: {
        now: [satisfied(MILL, 900, 100), satisfied(STATION, 900, 100)],
        before: [satisfied(MILL, 700, 300), satisfied(STATION, 700, 300)],
      },
    });
    expect(await headline()).toBe('Satisfaction rose from 70% to 90%');
    const also = within(screen.getByRole('region', { name: 'What else changed' }));
    expect(also.getAllByRole('link').map(({ textContent }) => textContent.trim())).toEqual([
      'At 5 Mill Lane, satisfaction rose from 70% to 90%',
      'At Station Square, satisfaction rose from 70% to 90%',
    ]);
  });

  it('looks once at a shop with one location', async () => {
    open({
      places: 1,
      report: { now: [recommended(MILL, 100, 100)], before: [recommended(MILL, 180, 20)] },
    });
    expect(await headline()).toBe('The NPS fell from 80 to 0');
    expect(deck()).toMatch(/That is more than chance\.$/);
    expect(screen.queryByRole('region', { name: 'What else changed' })).toBeNull();
  });

  it('calls a quiet week quiet, and says how large a change would have shown', async () => {
    open({
      report: {
        now: [satisfied(MILL, 81, 19), satisfied(STATION, 79, 21)],
        before: [satisfied(MILL, 80, 20), satisfied(STATION, 80, 20)],
      },
    });
    expect(await headline()).toBe('Nothing changed beyond noise');
    expect(deck()).toMatch(
      /^We compared 3 figures .* A change of about \d\d?\.\d points in “Satisfied” for the whole shop would have shown/,
    );
  });

  it('compares nothing on the first day', async () => {
    open({ report: { now: [satisfied(MILL, 30, 10)], before: [] } });
    expect(await headline()).toBe('Too early to compare');
    expect(deck()).toContain('10 answers');
    expect(screen.getByText('Nothing to compare with yet')).toBeTruthy();
  });

  it('says so when nobody answered in these days', async () => {
    open({});
    expect(await headline()).toBe('Nobody has answered in these days');
  });

  it('tells a new shop what will appear and how to get it', async () => {
    open({ tablets: [] });
    expect(await headline()).toBe('Your scores will appear here');
    expect(screen.getByRole('link', { name: 'Import →' })).toBeTruthy();
  });

  it('compares whole weeks: seven days, or 28 when asked', async () => {
    const { asked } = open({});
    await userEvent.click(await screen.findByRole('button', { name: '28 days' }));
    const days = asked.map(
      ([from, to]) => (Date.parse(String(to)) - Date.parse(String(from))) / 86_400_000 + 1,
    );
    expect([days[0], days.at(-1)]).toEqual([7, 28]);
    expect(location.search).toBe('?span=28');
  });
});

describe('what there is to do', () => {
  const hour = 3_600_000;
  const row = (number: number, dueIn: number): CaseRow => ({
    case: id(number),
    occurred_at: new Date(Date.now() - 40 * hour).toISOString(),
    received_at: new Date(Date.now() - 40 * hour).toISOString(),
    due_at: new Date(Date.now() + dueIn * hour).toISOString(),
    clock: 'server',
    state: 'open',
    tablet: null,
    location: null,
    staff: null,
    opened_by: 'owner@example.com',
    session: null,
    locale: 'bg',
    text: `Complaint ${number}`,
    is_erased: false,
    member: null,
    first_name: null,
    phone: null,
    score: null,
    assignee: null,
    is_mine: false,
    cause: null,
    promise_due_at: null,
    promise_kept: null,
    would_return: null,
    rerating: null,
    contacted_at: null,
    resolved_at: null,
  });

  it('is nothing when nothing waits', async () => {
    open({});
    expect(await screen.findByRole('heading', { name: 'Nothing waits for you' })).toBeTruthy();
  });

  it('names the cases that are due first and leads to all of them', async () => {
    open({ cases: { cases: [row(1, -5), row(2, 3)], total: 7, waiting: 7, overdue: 1 } });
    const cases = within(await screen.findByRole('region', { name: 'Cases' }));
    expect(cases.getByText('7 cases wait · 1 is overdue')).toBeTruthy();
    const items = cases
      .getAllByRole('listitem')
      .map(({ textContent }) => textContent.replaceAll(/\s+/g, ' ').trim());
    expect(items[0]).toMatch(/^Complaint 1 Overdue by 5 hrs?$/);
    expect(cases.getByRole('link', { name: 'All cases →' }).getAttribute('href')).toBe('/admin/cases');
  });

  it('names whom to call and why, and goes on where the list ends', async () => {
    const pages: (string | undefined)[] = [];
    const member = (number: number): Extract<MembersToCall, { outcome: 'ok' }>['members'][number] => ({
      member: id(number),
      first_name: `Member ${number}`,
      phone: '+359888123456',
      rating: number === 1 ? { at: '2026-03-01T10:00:00Z', score: 1, location: MILL } : null,
      lapse: number === 2 ? { at: '2026-04-01T10:00:00Z', points: 140 } : null,
    });
    open({
      more: {
        reportMembersToCall: (_org, _size, after) => {
          pages.push(after);
          return ok({
            outcome: 'ok' as const,
            members: [member(after ? 2 : 1)],
            next: after ? null : 'there',
            total: 2,
          });
        },
      },
    });
    const calls = within(await screen.findByRole('region', { name: 'Members to call' }));
    expect(calls.getByText(/^Rated “Very poor”, .* · 5 Mill Lane$/)).toBeTruthy();
    expect(calls.getByRole('link', { name: 'Call Member 1' }).getAttribute('href')).toBe('tel:+359888123456');
    await userEvent.click(calls.getByRole('button', { name: 'Show more' }));
    expect(await calls.findByText(/^Loses 140 points on 1 Apr 2026$/)).toBeTruthy();
    expect(calls.queryByRole('button', { name: 'Show more' })).toBeNull();
    expect(pages).toEqual([undefined, 'there']);
  });

  it('tells an analyst that cases and members are not theirs to see, not that there are none', async () => {
    open({ calls: { outcome: 'forbidden' } });
    expect(await screen.findByText(/shown to owners and managers/)).toBeTruthy();
    expect(screen.queryByText(/No complaint is open/)).toBeNull();
  });

  it('says so when the server cannot be reached', async () => {
    open({ more: { reportChanges: unreachable } });
    expect((await screen.findByRole('alert')).textContent).toContain('can’t be reached');
  });
});

describe('what the shop changed', () => {
  const dayAgo = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10);
  const change = (number: number, name: string, daysAgo: number): Improvement => ({
    id: id(number),
    name,
    happened_on: dayAgo(daysAgo),
    ended_on: null,
    question: 'satisfaction',
    location_id: null,
    hoped_change: 10,
    note: null,
    created_by: 'owner@example.com',
  });
  /** So many a day for so many days up to yesterday: 60 % satisfied until a day, and 90 % from it on. */
  const rising = (perDay: number, days: number, daysAgo: number): ReportAnswers => ({
    scores: [],
    hours: [],
    choices: [],
    days: Array.from({ length: days }, (_, index) => index + 1).flatMap((ago) =>
      [5, 1].map((score) => {
        const share = ago < daysAgo ? 0.9 : 0.6;
        const n = perDay * (score === 5 ? share : 1 - share);
        return { question: 'satisfaction', score, n: Math.round(n), flagged: 0, day: dayAgo(ago) };
      }),
    ),
  });

  it('names a verdict that came these days, and when the next will', async () => {
    open({
      more: {
        improvements: () =>
          ok([change(1, 'Second till', 31), change(2, 'New bread', 10), change(3, 'Paint', 250)]),
        reportAnswers: () => ok(rising(100, 120, 31)),
      },
    });
    const card = within(await screen.findByRole('region', { name: 'Improvements' }));
    expect(card.getAllByRole('link').map(({ textContent }) => textContent)).toEqual([
      'Second till',
      'New bread',
    ]);
    expect(card.getByText('More than chance: it rose.')).toBeTruthy();
    expect(card.getByText(/^Enough answers are in\. Four weeks are compared at least/)).toBeTruthy();
  });

  it('is no part of the page while nothing is to be told', async () => {
    const asked: string[] = [];
    open({
      more: {
        improvements: () => ok([change(1, 'Yesterday', 1), change(3, 'Paint', 250)]),
        reportAnswers: (_org, { to }) => {
          asked.push(to);
          return ok(rising(100, 120, 31));
        },
      },
    });
    await waitFor(() => expect(asked).toHaveLength(1));
    await tick();
    expect(screen.queryByRole('region', { name: 'Improvements' })).toBeNull();
  });
});
