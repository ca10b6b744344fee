import { render, screen, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { beforeAll, describe, expect, it } from 'vitest';
import { toldOf } from '../../../src/admin/alerts/told';
import type { Shop } from '../../../src/admin/shop.svelte';
import AlertBell from '../../../src/admin/alerts/AlertBell.svelte';
import type { OwnerCalls } from '../../../src/backend/owner-calls';
import type { Alert, AlertOf, ReportAlertRules, ReportAlerts } from '../../../src/backend/owner-calls/alerts';
import { defaultSurvey } from '../../../src/domain/default-survey';
import AlertsHarness from './AlertsHarness.svelte';
import { id, ok, scriptedShop, unreachable } from './member-fixture';
import ShopHarness from './ShopHarness.svelte';

const MINUTE_MS = 60_000;
const stamp = (minutesAgo: number) => new Date(Date.now() - minutesAgo * MINUTE_MS).toISOString();
const epoch = (minutesAgo: number) => (Date.now() - minutesAgo * MINUTE_MS) / 1000;

const opened = (number: number, minutesAgo: number) => ({
  alert: id(number),
  opened_at: stamp(minutesAgo),
  closed_at: null,
  closed_by: null,
  acknowledged_at: null,
  acknowledged_by: null,
  notes: [],
});
const low = (number: number, more: Partial<AlertOf<'low_scores'>> = {}): AlertOf<'low_scores'> => ({
  ...opened(number, 12),
  kind: 'low_scores',
  subject: { location: id(30), question: 'satisfaction' },
  facts: { low: 4, n: 5, minutes: 15, until: epoch(2) },
  ...more,
});
const due = (number: number, inMinutes: number): AlertOf<'case_due'> => ({
  ...opened(number, 30),
  kind: 'case_due',
  subject: { case: id(60) },
  facts: { due_at: epoch(-inMinutes) },
});
const silent = (number: number, since: number | null): AlertOf<'tablet_silent'> => ({
  ...opened(number, 80),
  kind: 'tablet_silent',
  subject: { tablet: id(20), since },
});
const limits = (number: number): AlertOf<'score_left_limits'> => ({
  ...opened(number, 3000),
  kind: 'score_left_limits',
  subject: { location: null, question: 'recommend', week: '2026-03-09' },
  facts: { score: -12.5, lower: -4, upper: 31, n: 80 },
});

const report = (...alerts: Alert[]): ReportAlerts => ({
  alerts,
  next: null,
  open: alerts.filter(({ closed_at }) => closed_at === null).length,
  waiting: alerts.filter(({ closed_at, acknowledged_at }) => closed_at === null && acknowledged_at === null)
    .length,
  tablet_silent: true,
});

const RULES: ReportAlertRules = {
  outcome: 'ok',
  rules: {
    low_scores: true,
    low_share_percent: 50,
    low_answers: 4,
    low_window_minutes: 15,
    case_due: true,
    case_due_hours: 4,
    tablet_silent: true,
    score_left_limits: true,
  },
  changed_at: null,
  changed_by: null,
  people: [
    { user: id(90), email: 'manager@example.test', mail: true },
    { user: id(91), email: 'owner@example.test', mail: false },
  ],
  mailer_asked_at: null,
};

/** The page of alerts; what was asked of the server is written down. */
function open(alerts: Alert[], calls: Partial<OwnerCalls> = {}): { asked: unknown[][]; shop: Shop } {
  const asked: unknown[][] = [];
  const shop = scriptedShop({
    reportAlerts: () => ok(report(...alerts)),
    acknowledgeAlert: (_org, ...args) => {
      asked.push(['acknowledge', ...args]);
      return ok({ outcome: 'saved' } as const);
    },
    closeAlert: (_org, ...args) => {
      asked.push(['close', ...args]);
      return ok({ outcome: 'closed' } as const);
    },
    reportAlertRules: () => ok(RULES),
    setAlertRules: (_org, ...args) => {
      asked.push(['rules', ...args]);
      return ok({ outcome: 'saved' } as const);
    },
    ...calls,
  });
  shop.surveys = [{ id: id(70), number: 1, definition: defaultSurvey }];
  shop.tablets = [{ tablet: id(20), name: 'Till', location: id(30), kind: 'kiosk', pairing: null } as never];
  render(AlertsHarness, { shop });
  return { asked, shop };
}

// jsdom has no modal dialogs; the browser tests see the real ones.
beforeAll(() => {
  HTMLDialogElement.prototype.showModal = function () {
    this.open = true;
  };
  HTMLDialogElement.prototype.close = function () {
    this.open = false;
  };
});

const button = (name: string | RegExp) => screen.findByRole('button', { name });
const itemOf = async (words: RegExp) =>
  (await screen.findByRole('link', { name: words })).closest('li') as HTMLElement;

describe('the page of alerts', () => {
  it('says in one sentence what happened, where, how long ago, and leads to where it is seen to', async () => {
    open([low(1), due(2, 130), due(3, -180), silent(4, epoch(95)), silent(5, null), limits(6)]);
    const ratings = await itemOf(/^4 of 5 ratings were low within 15 mins$/);
    expect(ratings.textContent).toMatch(/At 5 Mill Lane, the last at .* · “How was your visit today\?”/);
    expect(ratings.textContent).toContain('Open for 12 mins');
    expect((await itemOf(/^A case is to be answered by/)).textContent).toContain('2 hrs left');
    expect((await itemOf(/^A case was to be answered by/)).textContent).toContain('Overdue by 3 hrs');
    expect((await itemOf(/^Till has been silent since/)).textContent).toContain('5 Mill Lane');
    await itemOf(/^Till has never been heard of$/);
    const score = await itemOf(/^−12\.5 in the week of 9 Mar: outside the usual −4\.0 to 31\.0$/);
    expect(score.textContent).toContain('All locations · n = 80');
    const hrefs = screen.getAllByRole('link').map((link) => link.getAttribute('href'));
    expect(hrefs).toContain(`/admin/scores?location=${id(30)}`);
    expect(hrefs).toContain(`/admin/cases/${id(60)}`);
    expect(hrefs).toContain('/admin/tablets');
  });

  it('sets those that are over apart, with when and by whom they ended', async () => {
    open([
      low(1, { closed_at: stamp(2) }),
      low(2, { closed_at: stamp(2), closed_by: 'owner@example.test', alert: id(9) }),
    ]);
    expect(await screen.findByRole('heading', { name: 'Nothing needs you now' })).toBeTruthy();
    const closed = await screen.findByRole('region', { name: 'Closed' });
    const words = within(closed)
      .getAllByRole('listitem')
      .map(({ textContent }) => textContent);
    expect(words[0]).toMatch(/Closed by itself .*, after 10 mins/);
    expect(words[1]).toMatch(/Closed by owner@example\.test/);
    expect(screen.queryByRole('button', { name: 'Mark as seen' })).toBeNull();
  });

  it('marks one as seen, takes a note and closes it', async () => {
    const { asked } = open([low(1)]);
    const user = userEvent.setup();
    await user.click(await button('Mark as seen'));
    await user.click(await button('Add a note'));
    await user.click(await button('Save'));
    expect((await screen.findByRole('alert')).textContent).toContain('at most 1,000 characters');
    await user.type(screen.getByLabelText('Note'), ' Second till opened ');
    await user.click(await button('Save'));
    // The dialog's own close button is gone with it.
    await user.click(await button('Close'));
    expect(asked).toEqual([
      ['acknowledge', id(1)],
      ['acknowledge', id(1), 'Second till opened'],
      ['close', id(1)],
    ]);
  });

  it('shows who has seen it and what was written, but nothing of a customer who was erased', async () => {
    open([
      low(1, {
        acknowledged_at: stamp(3),
        acknowledged_by: 'manager@example.test',
        notes: [
          { at: stamp(3), note: 'Second till opened', by: 'manager@example.test' },
          { at: stamp(2), note: null, by: 'owner@example.test' },
        ],
      }),
    ]);
    const item = await itemOf(/^4 of 5/);
    expect(item.textContent).toMatch(/Seen by manager@example\.test/);
    expect(item.textContent).toContain('Second till opened');
    expect(item.textContent).toContain('The customer was erased, and this note with them.');
    expect(screen.queryByRole('button', { name: 'Mark as seen' })).toBeNull();
  });

  it('says why something was not done', async () => {
    open([low(1)], { acknowledgeAlert: () => ok({ outcome: 'forbidden' } as const) });
    await userEvent.click(await button('Mark as seen'));
    expect((await screen.findByRole('alert')).textContent).toContain('You may not change this.');
  });

  it('says so when the server cannot be reached', async () => {
    open([], { reportAlerts: unreachable });
    expect((await screen.findByRole('alert')).textContent).toContain('can’t be reached');
  });
});

describe('the choice of alerts', () => {
  it('saves what was chosen, and says that mail needs a function where there is none', async () => {
    const { asked } = open([]);
    const user = userEvent.setup();
    await user.click(await button('Choose alerts'));
    expect(await screen.findByText(/^E-mail needs hosted Supabase/)).toBeTruthy();
    await user.selectOptions(screen.getByLabelText('Share of low ones'), '75% or more');
    await user.selectOptions(screen.getByLabelText('Tell me before'), '8 hours');
    await user.click(screen.getByLabelText('A tablet silent in opening hours'));
    await user.click(screen.getByLabelText('manager@example.test'));
    await user.click(screen.getByLabelText('owner@example.test'));
    await user.click(await button('Save'));
    expect(asked).toEqual([
      ['rules', { ...RULES.rules, low_share_percent: 75, case_due_hours: 8, tablet_silent: false }, [id(91)]],
    ]);
  });

  it('tells of a function that has gone quiet', async () => {
    open([], { reportAlertRules: () => ok({ ...RULES, mailer_asked_at: stamp(180) }) });
    await userEvent.click(await button('Choose alerts'));
    expect(await screen.findByText('The function that sends e-mail last asked 3 hrs ago.')).toBeTruthy();
  });
});

describe('what is told of', () => {
  it('is counted in words beside the bell', async () => {
    const shop = scriptedShop({ reportAlerts: () => ok(report(low(1), due(2, 60))) });
    await shop.alerts.load();
    render(ShopHarness, { shop, page: AlertBell, pageProps: { alerts: shop.alerts } });
    expect(screen.getByRole('link', { name: 'Alerts 2 not seen yet' })).toBeTruthy();
  });

  it('names a silence once, from what the tablets said, and every other alert until it is seen', async () => {
    const seen = due(2, 60);
    const server = {
      alerts: report(
        low(1),
        { ...seen, acknowledged_at: stamp(1), acknowledged_by: 'x' },
        silent(3, epoch(95)),
      ),
    };
    const shop = scriptedShop({ reportAlerts: () => ok(server.alerts) });
    await shop.alerts.load();
    expect(toldOf(shop).map(({ key, words }) => [key, words])).toEqual([
      [id(1), '4 of 5 ratings were low within 15 mins'],
    ]);
    Object.defineProperty(shop, 'silent', {
      value: [
        {
          tablet: {
            tablet: id(20),
            name: 'Till',
            location: id(30),
            pairing: id(21),
            last_seen_at: stamp(95),
          },
          silence: { kind: 'plain', forMs: 95 * MINUTE_MS },
        },
      ],
    });
    expect(toldOf(shop).map(({ words }) => words)).toEqual([
      'Till silent for 2 hrs',
      '4 of 5 ratings were low within 15 mins',
    ]);
    server.alerts = { ...server.alerts, tablet_silent: false };
    await shop.alerts.load();
    expect(toldOf(shop)).toHaveLength(1);
  });
});
