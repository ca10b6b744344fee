import { render, screen, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { beforeAll, describe, expect, it } from 'vitest';
import Improvement from '../../../src/admin/improvements/Improvement.svelte';
import Improvements from '../../../src/admin/improvements/Improvements.svelte';
import ControlChart from '../../../src/admin/scores/ControlChart.svelte';
import { measuresOf } from '../../../src/admin/scores/measure';
import { readTarget } from '../../../src/admin/targets/read-target';
import { TargetList } from '../../../src/admin/targets/target-list.svelte';
import TargetLine from '../../../src/admin/targets/TargetLine.svelte';
import type { OwnerCalls } from '../../../src/backend/owner-calls';
import type { Improvement as Noted } from '../../../src/backend/owner-calls/improvements';
import type { ReportAnswers } from '../../../src/backend/owner-calls/scores';
import { defaultSurvey } from '../../../src/domain/default-survey';
import { csat } from '../../../src/domain/statistics/csat';
import { addDays, mondayOf } from '../../../src/domain/statistics/local-date';
import { id, ok, scriptedShop, unreachable } from './member-fixture';
import ShopHarness from './ShopHarness.svelte';

const TODAY = new Date().toISOString().slice(0, 10);
const MONDAY = mondayOf(TODAY);
const [measure] = measuresOf([defaultSurvey]);
const spaces = (text: string | null) => text?.replaceAll(/\s+/g, ' ').trim() ?? '';

const change = (more: Partial<Noted> = {}): Noted => ({
  id: id(1),
  name: 'Second till at noon',
  happened_on: addDays(TODAY, -36),
  ended_on: null,
  question: 'satisfaction',
  location_id: id(30),
  hoped_change: 10,
  note: null,
  created_by: 'owner@example.test',
  ...more,
});

/** Ten answers a day, as many of them content as `contentOn` says; flagged ones all content, as staff would tap. */
function answersOf(from: string, to: string, contentOn: (day: string) => number, flagged = 0): ReportAnswers {
  const days: ReportAnswers['days'] = [];
  for (let day = from; day <= to; day = addDays(day, 1)) {
    days.push({ question: 'satisfaction', day, score: 5, n: contentOn(day) + flagged, flagged });
    days.push({ question: 'satisfaction', day, score: 1, n: 10 - contentOn(day), flagged: 0 });
  }
  return { scores: [], days, hours: [], choices: [] };
}

function shopWith(calls: Partial<OwnerCalls>) {
  const shop = scriptedShop(calls);
  shop.surveys = [{ id: id(60), number: 1, definition: defaultSurvey }];
  shop.refresh = () => Promise.resolve();
  return shop;
}

// jsdom has no modal dialogs and lays nothing out; the browser test sees the real ones.
beforeAll(() => {
  globalThis.ResizeObserver = class {
    observe() {}
    unobserve() {}
    disconnect() {}
  };
  HTMLDialogElement.prototype.showModal = function () {
    this.open = true;
  };
  HTMLDialogElement.prototype.close = function () {
    this.open = false;
  };
});

describe('the page of improvements', () => {
  const lifted: Partial<OwnerCalls> = {
    improvements: () => ok([change()]),
    reportAnswers: (_org, { from, to }) =>
      ok(answersOf(from, to, (day) => (day < change().happened_on ? 7 : 9))),
  };

  it('says what moved, by how much, and that it stands once enough answers are in', async () => {
    render(ShopHarness, { shop: shopWith(lifted), page: Improvements, pageProps: {} });
    const item = await screen.findByRole('listitem');
    expect(await within(item).findByText('More than chance: it rose.')).toBeTruthy();
    const words = spaces(item.textContent);
    expect(words).toMatch(/^Second till at noon since \d+ \w+ \d{4} · 5 Mill Lane/);
    expect(words).toMatch(/Satisfied 70% → 90%: \+20\.0 points \(\+14\.\d to \+25\.\d\)/);
    expect(words).toContain('Enough answers are in. 5 weeks before and 5 after are compared');
    expect(within(item).getAllByRole('img')[1]!.getAttribute('aria-label')).toMatch(/^5 weeks after: 90\.0%/);
  });

  it('asks for no more than a verdict needs, at the place and for the question of the change', async () => {
    const asked: unknown[] = [];
    const calls: Partial<OwnerCalls> = {
      ...lifted,
      improvements: () => ok([change(), change({ id: id(2), happened_on: addDays(TODAY, -10) })]),
      reportAnswers: (_org, filter) => {
        asked.push(filter);
        return ok(answersOf(filter.from, filter.to, () => 7));
      },
    };
    render(ShopHarness, { shop: shopWith(calls), page: Improvements, pageProps: {} });
    expect((await screen.findAllByText(/So far it may be chance|May be chance/)).length).toBe(2);
    expect(asked).toEqual([
      {
        from: addDays(TODAY, -36 - 182),
        to: addDays(TODAY, -1),
        location: id(30),
        tablet: null,
        question: 'satisfaction',
      },
    ]);
  });

  it('says so far, and the day when enough will be in', async () => {
    const noted = change({ happened_on: addDays(TODAY, -20), hoped_change: 5 });
    const calls = { ...lifted, improvements: () => ok([noted]) };
    render(ShopHarness, { shop: shopWith(calls), page: Improvements, pageProps: {} });
    const item = await screen.findByRole('listitem');
    expect(await within(item).findByText(/^140 of \d+ answers a side are in\./)).toBeTruthy();
    expect(spaces(item.textContent)).toMatch(
      /rise of 5 points will be told from chance on about \d+ \w+ \d{4}/,
    );
  });

  it('says when only the four weeks are missing', async () => {
    const calls = { ...lifted, improvements: () => ok([change({ happened_on: addDays(TODAY, -20) })]) };
    render(ShopHarness, { shop: shopWith(calls), page: Improvements, pageProps: {} });
    expect(await screen.findByText(/^Enough answers are in\. Four weeks are compared at least/)).toBeTruthy();
  });

  it('waits for the first whole week of what has just begun, and of what is only planned', async () => {
    for (const days of [-3, 300]) {
      const calls = { ...lifted, improvements: () => ok([change({ happened_on: addDays(TODAY, days) })]) };
      const { unmount } = render(ShopHarness, { shop: shopWith(calls), page: Improvements, pageProps: {} });
      expect(await screen.findByText(/^Too early: the first whole week after it is over on/)).toBeTruthy();
      unmount();
    }
  });

  it('explains itself while nothing is noted, and saves what is typed once it makes sense', async () => {
    const saved: unknown[][] = [];
    const calls: Partial<OwnerCalls> = {
      improvements: () => ok([]),
      saveImprovement: (_org, ...args) => {
        saved.push(args);
        return ok({ outcome: 'bad_date' } as const);
      },
    };
    render(ShopHarness, { shop: shopWith(calls), page: Improvements, pageProps: {} });
    expect(await screen.findByRole('heading', { name: 'Nothing noted yet' })).toBeTruthy();
    const user = userEvent.setup();
    await user.click(screen.getByRole('button', { name: 'Note a change' }));
    await user.click(screen.getByRole('button', { name: 'Save' }));
    expect(screen.getByText(/Please say what you changed/)).toBeTruthy();
    await user.type(screen.getByLabelText('What you changed'), ' Second till ');
    await user.clear(screen.getByLabelText('Rise hoped for, in points'));
    await user.type(screen.getByLabelText('Rise hoped for, in points'), '101');
    await user.click(screen.getByRole('button', { name: 'Save' }));
    expect(screen.getByText('Please enter a whole number from 1 to 100.')).toBeTruthy();
    expect(saved).toEqual([]);
    await user.clear(screen.getByLabelText('Rise hoped for, in points'));
    await user.type(screen.getByLabelText('Rise hoped for, in points'), '8');
    await user.click(screen.getByRole('button', { name: 'Save' }));
    expect(saved).toEqual([
      [
        null,
        {
          name: 'Second till',
          happened_on: expect.stringMatching(/^\d{4}-\d\d-\d\d$/) as string,
          ended_on: null,
          question: 'satisfaction',
          location_id: id(30),
          hoped_change: 8,
          note: null,
        },
      ],
    ]);
    expect((await screen.findByRole('alert')).textContent).toContain('no more than a year ahead');
  });

  it('says so when the server cannot be reached', async () => {
    render(ShopHarness, { shop: shopWith({ improvements: unreachable }), page: Improvements, pageProps: {} });
    expect((await screen.findByRole('alert')).textContent).toContain('can’t be reached');
  });
});

describe('one improvement', () => {
  it('counts flagged answers only when asked to, and names what else was changed meanwhile', async () => {
    const other = change({ id: id(2), name: 'Rye from another mill', happened_on: addDays(TODAY, -30) });
    const calls: Partial<OwnerCalls> = {
      improvements: () =>
        ok([change(), other, change({ id: id(3), name: 'Long ago', happened_on: '2020-01-01' })]),
      // Staff tapped along after the change: without their taps nothing moved.
      reportAnswers: (_org, { to }) =>
        ok({
          ...answersOf(to, to, () => 7),
          days: [
            ...answersOf(addDays(TODAY, -90), addDays(change().happened_on, -1), () => 7).days,
            ...answersOf(change().happened_on, to, () => 7, 20).days,
          ],
        }),
    };
    render(ShopHarness, { shop: shopWith(calls), page: Improvement, pageProps: { id: id(1) } });
    expect(await screen.findByText('May be chance: no clear change.')).toBeTruthy();
    const care = screen.getByRole('region', { name: 'Read with care' });
    expect(
      within(care)
        .getAllByRole('link')
        .map(({ textContent }) => textContent),
    ).toEqual([expect.stringContaining('Rye from another mill')]);
    await userEvent.click(screen.getByLabelText('Count flagged answers too'));
    expect(screen.getByText('More than chance: it rose.')).toBeTruthy();
  });

  it('is unknown once it was removed', async () => {
    render(ShopHarness, {
      shop: shopWith({ improvements: () => ok([]) }),
      page: Improvement,
      pageProps: { id: id(1) },
    });
    expect(await screen.findByRole('heading', { name: 'There is no such change' })).toBeTruthy();
  });
});

describe('weeks within their limits', () => {
  const chart = (contentOn: (day: string) => number, changes: Noted[] = [], weeks = 20) =>
    render(ShopHarness, {
      shop: shopWith({
        improvements: () => ok(changes),
        reportAnswers: (_org, { to }) => ok(answersOf(addDays(MONDAY, -7 * weeks), to, contentOn)),
      }),
      page: ControlChart,
      pageProps: { measure: measure!, location: null, tablet: null, withFlagged: false, today: TODAY },
    });
  const usual = (day: string) => (Number(day.slice(-1)) % 2 ? 8 : 7);

  it('names the signal of the last finished week in words, in the table too', async () => {
    chart((day) => (day >= addDays(MONDAY, -7) && day < MONDAY ? 3 : usual(day)));
    expect(await screen.findByText(/^Last week, 30\.0%, lies below its limits/)).toBeTruthy();
    const rows = screen.getAllByRole('row').map((row) => spaces(row.textContent));
    expect(rows.filter((row) => row.endsWith('below its limits'))).toHaveLength(1);
    expect(rows).toHaveLength(1 + 21);
  });

  it('numbers the changes it draws, and knows what is usual from the weeks before them', async () => {
    const at = addDays(MONDAY, -7 * 9 + 2);
    chart((day) => (day >= at ? 10 : usual(day)), [change({ happened_on: at })]);
    expect(await screen.findByText(/\(.*\)\. A week outside/)).toBeTruthy();
    expect(spaces(screen.getByRole('list', { name: 'Changes' }).textContent)).toMatch(
      /^1 .* · Second till at noon$/,
    );
    expect(screen.getByText(/from 11 weeks/)).toBeTruthy();
    expect(screen.getByText(/^Last week, 100\.0%, lies above its limits/)).toBeTruthy();
  });

  it('says how many weeks more it needs', async () => {
    chart(usual, [], 5);
    expect(await screen.findByText(/^Not yet: 3 more whole weeks/)).toBeTruthy();
  });
});

describe('a target', () => {
  it('is reached, missed, or too early to say, by the whole interval', async () => {
    const shop = shopWith({
      targets: () => ok([{ question: 'satisfaction', location_id: null, target: 85 }]),
    });
    const targets = new TargetList(shop);
    await targets.load();
    const figure = (content: number, n: number) => csat([n - content, 0, 0, 0, content]);
    for (const [content, words] of [
      [950, 'Target 85%: reached'],
      [850, 'Target 85%: too early to say'],
      [700, 'Target 85%: not reached'],
    ] as const) {
      const pageProps = { targets, measure: measure!, figure: figure(content, 1_000), location: id(30) };
      const { unmount } = render(ShopHarness, { shop, page: TargetLine, pageProps });
      expect(spaces(screen.getByText(new RegExp(`^\\s*${words}`)).textContent)).toBe(
        `${words} · of the whole shop`,
      );
      unmount();
    }
    expect(targets.of(measure!, id(30))).toEqual({ value: 0.85, isShops: true });
  });

  it('is read as people type it', () => {
    expect(readTarget(' 85 ', 'csat')).toBe(85);
    expect(readTarget('', 'csat')).toBeNull();
    for (const text of ['0', '101', '-5', 'many', '8.5'])
      expect(readTarget(text, 'csat'), text).toBeUndefined();
    expect(readTarget('−20', 'nps')).toBe(-20);
    expect(readTarget('-20', 'nps')).toBe(-20);
    expect(Object.is(readTarget('-0', 'nps'), 0)).toBe(true);
    expect(readTarget('-101', 'nps')).toBeUndefined();
  });
});
