import { render, screen, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import Drivers from '../../../src/admin/drivers/Drivers.svelte';
import DriverCard from '../../../src/admin/today/DriverCard.svelte';
import type { ReportTablet } from '../../../src/backend/owner-calls/tablets';
import { defaultSurvey } from '../../../src/domain/default-survey';
import type { DriverItem, DriverSum } from '../../../src/domain/statistics/driver-sums';
import type { Survey } from '../../../src/domain/survey';
import { id, ok, scriptedShop } from './member-fixture';
import ShopHarness from './ShopHarness.svelte';

const text = { en: 'How was it?', ru: 'Как?', bg: 'Как?' };
const asking: Survey = {
  questions: [
    ...defaultSurvey.questions,
    { type: 'csat', key: 'speed', factor: 'speed', text },
    { type: 'csat', key: 'staff', factor: 'staff', text },
  ],
};

const nothing = { n: 0, oneSum: 0, otherSum: 0, oneSquares: 0, otherSquares: 0, products: 0 };
const untold = { topTwo: 0, praised: 0, blamed: 0, low: 0 };

/** What so many days say, each the same: in most sessions the speed is what the whole is, the staff are often something else. */
function ofQuestions(days: number): DriverSum[] {
  const sessions = [
    { overall: 5, speed: 5, staff: 4 },
    { overall: 5, speed: 4, staff: 2 },
    { overall: 2, speed: 2, staff: 5 },
    { overall: 1, speed: 1, staff: 4 },
    { overall: 1, speed: 2, staff: 2 },
    { overall: 4, speed: 2, staff: 5 },
  ];
  const items: DriverItem[] = ['overall', 'speed', 'staff'];
  return Array.from({ length: days }, (_, part) =>
    items.flatMap((one, at) =>
      items.slice(at).map((other): DriverSum => {
        // A little different every day, or nothing would be left to chance.
        const today = [...sessions, sessions[part % 6]!];
        const sum = (of: (scores: Record<string, number>) => number) =>
          today.reduce((total, scores) => total + of(scores), 0);
        return {
          ...{ part, one, other, isFlagged: false, ...untold, n: 7 },
          oneSum: sum((s) => s[one]!),
          otherSum: sum((s) => s[other]!),
          oneSquares: sum((s) => s[one]! ** 2),
          otherSquares: sum((s) => s[other]! ** 2),
          products: sum((s) => s[one]! * s[other]!),
          topTwo: one === other ? sum((s) => (s[one]! >= 4 ? 1 : 0)) : 0,
        };
      }),
    ),
  ).flat();
}

/** On each of so many days 6 low scores: 5 blame the speed, 1 the staff; 9 praise the staff, 1 the speed. */
const ofReasons = (days: number, isFlagged = false): DriverSum[] =>
  Array.from({ length: days }, (_, part) => {
    const row = (item: DriverItem, praised: number, blamed: number, low: number): DriverSum => ({
      ...{ part, one: item, other: item, isFlagged, ...nothing, topTwo: 0, praised, blamed, low },
      n: item === 'overall' ? 16 : 0,
    });
    return [row('overall', 10, 6, 6), row('speed', 1, 5, 5), row('staff', 9, 1, 1)];
  }).flat();

const tablet = { tablet: id(20), location: id(30), received: 9, kind: 'kiosk' } as unknown as ReportTablet;

function open(page: typeof Drivers | typeof DriverCard, rows: DriverSum[], survey: Survey = asking) {
  const asked: unknown[] = [];
  const shop = scriptedShop({
    reportDrivers: (_org, from, to, location) => {
      asked.push({ from, to, location });
      return ok(rows);
    },
  });
  shop.surveys = [{ id: id(40), number: 1, definition: survey }];
  shop.tablets = [tablet];
  shop.now = Date.parse('2026-03-31T12:00:00Z');
  render(ShopHarness, { shop, page, pageProps: {} });
  return asked;
}

const plain = (element: Element | null) => element!.textContent.replaceAll('\u00a0', ' ').trim();
const headline = async () =>
  plain(await screen.findByRole('heading', { level: 1, name: (name) => name !== 'Loading' }));
const deck = () => plain(document.querySelector('.deck'));

beforeAll(() => {
  // jsdom has no layout: the picture is as wide as it is made at first.
  globalThis.ResizeObserver = class {
    observe() {}
    unobserve() {}
    disconnect() {}
  };
});
beforeEach(() => history.replaceState(null, '', '/admin/drivers'));

describe('the page of drivers', () => {
  it('says which factor the score goes with most, how surely, and that this is no cause', async () => {
    const asked = open(Drivers, ofQuestions(20));
    expect(await headline()).toBe('What moves your score most: speed');
    expect(deck()).toMatch(
      /^\d\d% of the ups and downs of the overall score go with it \(95%: \d\d% to \d\d%, n = 140\)\. With all the factors together: \d\d% \(\d\d% to \d\d%\)\.$/,
    );
    expect(screen.getByText(/need not be cause and effect/)).toBeTruthy();
    expect(asked).toEqual([{ from: '2026-03-02', to: '2026-03-31', location: null }]);
    await userEvent.click(screen.getByText('Show as table'));
    const table = within(screen.getByRole('table', { name: 'Importance against performance' }));
    expect(table.getAllByRole('rowheader').map(plain)).toEqual(['Speed', 'Staff']);
    expect(screen.getByRole('img').getAttribute('aria-label')).toMatch(/of 2 factors/);
  });

  it('says how many answers are missing, and shows no picture', async () => {
    open(Drivers, ofQuestions(2));
    expect(await headline()).toBe('Too few answers to tell what moves your score');
    expect(deck()).toBe('About 16 more answers are needed to tell.');
    expect(screen.queryByRole('img')).toBeNull();
    expect(screen.getAllByText('Too few answers: 14 of 30')).toHaveLength(2);
  });

  it('tells from the reasons what the unhappy blame, and that reasons depend on the score', async () => {
    open(Drivers, [...ofQuestions(20), ...ofReasons(20)]);
    await headline();
    await userEvent.click(screen.getByRole('button', { name: 'Reasons' }));
    expect(await headline()).toBe('What unhappy customers blame most: speed');
    expect(deck()).toBe('83% of the low scores with a reason blame it (95%: 76% to 89%, n = 120).');
    expect(screen.getByText(/offered praise after a good score/)).toBeTruthy();
    const speed = within(screen.getByRole('heading', { level: 3, name: /^Speed/ }));
    expect(speed.getByText('Fix first')).toBeTruthy();
    expect(location.search).toBe('?source=reasons');
  });

  it('has only the reasons where no question is about a factor, and needs no choice then', async () => {
    open(Drivers, ofReasons(20), defaultSurvey);
    expect(await headline()).toBe('What unhappy customers blame most: speed');
    expect(screen.queryByRole('button', { name: 'Reasons' })).toBeNull();
    expect(screen.getAllByText('Can only be blamed')).toHaveLength(1);
  });

  it('asks for more days before it speaks of chance', async () => {
    open(Drivers, ofReasons(4), defaultSurvey);
    expect(await headline()).toBe('Too few days to tell what moves your score');
    expect(deck()).toMatch(/at least 7 days/);
  });

  it('leaves flagged sessions out, and counts them on request', async () => {
    open(Drivers, [...ofReasons(20), ...ofReasons(20, true)], defaultSurvey);
    await headline();
    expect(deck()).toMatch(/n = 120/);
    await userEvent.click(screen.getByRole('checkbox', { name: /^320 suspicious answers/ }));
    expect(deck()).toMatch(/n = 240/);
  });

  it('says what will stand here where nothing is asked or offered about a factor', async () => {
    open(Drivers, [], { questions: defaultSurvey.questions.filter(({ type }) => type !== 'reasons') });
    expect(await headline()).toBe('What moves your score will appear here');
  });
});

describe('the first page', () => {
  it('names what moves the score where that is beyond chance', async () => {
    open(DriverCard, ofQuestions(20));
    expect(await screen.findByText('What moves your score most: speed')).toBeTruthy();
    expect(screen.getByRole('link').getAttribute('href')).toBe('/admin/drivers?days=90');
  });

  it('takes the reasons where the questions tell nothing', async () => {
    open(DriverCard, [...ofQuestions(2), ...ofReasons(20)]);
    expect(await screen.findByText('What unhappy customers blame most: speed')).toBeTruthy();
    expect(screen.getByRole('link').getAttribute('href')).toBe('/admin/drivers?days=90&source=reasons');
  });

  it('says nothing otherwise', async () => {
    const asked = open(DriverCard, ofQuestions(2));
    await expect.poll(() => asked.length).toBe(1);
    expect(document.body.textContent.trim()).toBe('');
  });
});
