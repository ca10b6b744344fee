import { render, screen } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import Case from '../../../src/admin/cases/Case.svelte';
import Cases from '../../../src/admin/cases/Cases.svelte';
import type { OwnerCalls } from '../../../src/backend/owner-calls';
import type { ReportCase } from '../../../src/backend/owner-calls/cases';
import { setLocale } from '../../../src/i18n/locale.svelte';
import { noTimes, page, stamp, told } from './case-fixture';
import { id, ok, scriptedShop } from './member-fixture';
import ShopHarness from './ShopHarness.svelte';

// jsdom has no modal dialogs; the browser tests see the real ones.
beforeAll(() => {
  HTMLDialogElement.prototype.showModal = function () {
    this.open = true;
  };
  HTMLDialogElement.prototype.close = function () {
    this.open = false;
  };
});
afterEach(() => {
  localStorage.clear();
  history.replaceState(null, '', '/');
});

function openAt(which: typeof Case | typeof Cases, pageProps: object, calls: Partial<OwnerCalls>) {
  const asked: unknown[][] = [];
  const saved =
    (name: string) =>
    (_org: string, ...args: unknown[]) => {
      asked.push([name, ...args]);
      return ok({ outcome: 'saved' } as const);
    };
  const shop = scriptedShop({
    reportCaseTimes: () => ok(noTimes),
    reportStaff: () => ok([{ staff: id(40), name: 'Vera', rights: [], last_unlock: null }]),
    reportTeam: () =>
      ok({
        outcome: 'ok',
        team: [
          { person: id(50), email: 'manager@example.test', role: 'manager', is_you: false },
          { person: id(51), email: 'owner@example.test', role: 'owner', is_you: true },
        ],
      } as const),
    setCaseState: saved('state'),
    resolveCase: saved('resolve'),
    assignCase: saved('assign'),
    promiseInCase: saved('promise'),
    settlePromise: saved('settle'),
    rerateCase: saved('rerate'),
    ...calls,
  });
  shop.refresh = () => Promise.resolve();
  render(ShopHarness, { shop, page: which as typeof Cases, pageProps });
  return { asked, user: userEvent.setup() };
}

const openList = (calls: Partial<OwnerCalls> = {}) =>
  openAt(
    Cases,
    {},
    { reportCases: () => page(told(1, 40), told(2, 20), told(3, 1, { state: 'contacted' })), ...calls },
  );
const openCase = (more: Partial<ReportCase> = {}) =>
  openAt(
    Case,
    { id: id(1) },
    {
      reportCase: () => ok({ ...told(1, 5), email: null, events: [], answers: [], ...more }),
    },
  );
const link = (name: string) => screen.findByRole('link', { name });
const button = (name: string | RegExp) => screen.findByRole('button', { name });
const focused = () => document.activeElement?.textContent.trim();

describe('the inbox by keys', () => {
  it('moves down and up, and stops at the ends', async () => {
    const { user } = openList();
    await link('Complaint 1');
    await user.keyboard('j');
    expect(focused()).toBe('Complaint 1');
    await user.keyboard('j{ArrowDown}jj');
    expect(focused()).toBe('Complaint 3');
    await user.keyboard('kk{ArrowUp}k');
    expect(focused()).toBe('Complaint 1');
  });

  it('contacts, resolves and assigns the one it stands on', async () => {
    const { user, asked } = openList();
    await link('Complaint 1');
    await user.keyboard('jjc');
    await user.click(await button('Save'));
    await user.keyboard('r');
    await user.click(await screen.findByLabelText('Product or delivery'));
    await user.click(await button('Save'));
    await user.keyboard('a');
    expect((await screen.findByLabelText<HTMLSelectElement>('Person')).value).toBe('owner@example.test');
    await user.click(await button('Save'));
    expect(asked).toEqual([
      ['state', id(2), 'contacted', ''],
      ['resolve', id(2), 'product', 'unknown', ''],
      ['assign', id(2), { person: id(51) }],
    ]);
  });

  it('does what a button of the row does, and nothing else', async () => {
    const { user } = openList();
    await link('Complaint 3');
    await user.keyboard('jjjc');
    expect(screen.queryByRole('dialog')).toBeNull();
  });

  it('leaves keys to a field that has the focus', async () => {
    const { user } = openList();
    await link('Complaint 1');
    (await screen.findByLabelText('Only mine')).focus();
    await user.keyboard('cra?');
    expect(screen.queryByRole('dialog')).toBeNull();
  });

  it('shows its keys, and lets letters be switched off; arrows stay', async () => {
    const { user } = openList();
    await link('Complaint 1');
    await user.keyboard('?');
    await user.click(await screen.findByLabelText('Use single-letter keys'));
    await user.click(await button('Close'));
    await user.keyboard('jc');
    expect(screen.queryByRole('dialog')).toBeNull();
    await user.keyboard('{ArrowDown}');
    expect(focused()).toBe('Complaint 1');
  });
});

describe('the inbox', () => {
  it('asks the server for what is chosen, and keeps it in the address', async () => {
    const asked: unknown[][] = [];
    const { user } = openList({
      reportCases: (_org, which, _size, _after, only) => {
        asked.push([which, only]);
        return page(told(1, 60));
      },
    });
    await user.click(await screen.findByLabelText('Only mine'));
    await user.click(await screen.findByLabelText('Only overdue'));
    await link('Complaint 1');
    expect(asked.at(-1)).toEqual(['waiting', { mine: true, overdue: true }]);
    expect(location.search).toBe('?mine=yes&overdue=yes');
    await user.click(await button('Resolved'));
    expect(screen.queryByLabelText('Only overdue')).toBeNull();
    await user.selectOptions(await screen.findByLabelText('Cause'), 'price');
    await link('Complaint 1');
    expect(asked.at(-1)).toEqual(['resolved', { mine: true, overdue: false, cause: 'price' }]);
  });

  it('says what a low score without words was, and that nothing was erased', async () => {
    openList({ reportCases: () => page(told(1, 5, { text: null, score: 1 })) });
    expect(await link('They chose “Very poor” and left no words.')).toBeTruthy();
    expect(screen.getByText(/A low score of a member who agreed to be called/)).toBeTruthy();
  });

  it('gives no figure of fewer than ten cases, and intervals with the others', async () => {
    openList({
      reportCaseTimes: () =>
        ok({
          ...noTimes,
          n: 40,
          contact: { n: 9, median_s: 7200, p90_s: 90_000 },
          resolution: { n: 12, median_s: 86_400, p90_s: 172_800 },
          in_time: { n: 40, k: 30 },
          promises: { n: 3, k: 3, unsettled: 2 },
          causes: { price: 2, product: 3, treatment: 13, moved: 1, none: 1 },
        }),
    });
    const few = await screen.findAllByText(/^Too few: [390] of 10$/);
    expect(few.map(({ textContent }) => textContent)).toEqual([
      'Too few: 9 of 10',
      'Too few: 3 of 10',
      'Too few: 0 of 10',
    ]);
    expect(screen.getByText('24 hrs')).toBeTruthy();
    expect(screen.getByText(/^95%: 60% to 86%n = 40$/)).toBeTruthy();
    expect(screen.getByText(/^Of 2 promises whose day has passed/)).toBeTruthy();
    expect(
      screen.getByText('Indifferent or wrong treatment: clearly more often than any other cause.'),
    ).toBeTruthy();
  });
});

describe('the work on one case', () => {
  it('is not resolved without its cause', async () => {
    const { user, asked } = openCase();
    await user.click(await button('Resolve'));
    await user.click(await button('Save'));
    expect(await screen.findByText(/Please choose the cause/)).toBeTruthy();
    await user.click(screen.getByLabelText('Moved to others'));
    await user.click(screen.getByLabelText('No'));
    await user.click(await button('Save'));
    expect(asked).toEqual([['resolve', id(1), 'moved', 'no', '']]);
  });

  it('keeps what was promised and by when, a whole day', async () => {
    const { user, asked } = openCase();
    await user.click(await button('Note a promise'));
    await user.click(await button('Save'));
    expect(await screen.findByText(/Please write down what was promised/)).toBeTruthy();
    await user.type(screen.getByLabelText('What'), ' A fresh loaf ');
    await user.click(await button('Save'));
    expect(await screen.findByText('Please choose a day from today on.')).toBeTruthy();
    await user.type(screen.getByLabelText('By the end of'), '2099-01-15');
    await user.click(await button('Save'));
    expect(asked).toEqual([['promise', id(1), 'A fresh loaf', '2099-01-15T23:59:59.000Z']]);
  });

  it('asks of a promise whether it was kept', async () => {
    const promise = { what: 'promise', note: 'A fresh loaf', promise_due_at: stamp(30) } as const;
    const event = { at: stamp(50), state: 'open', by: 'owner@example.test' } as const;
    const unsaid = { assignee: null, cause: null, promise_kept: null, would_return: null, rerating: null };
    const { user, asked } = openCase({
      promise_due_at: stamp(30),
      events: [{ ...unsaid, ...event, ...promise }],
    });
    expect(await screen.findByText(/the day has passed/)).toBeTruthy();
    await user.click(await button('Not kept'));
    await user.type(screen.getByLabelText('Note'), 'We were closed');
    await user.click(await button('Save'));
    expect(asked).toEqual([['settle', id(1), false, 'We were closed']]);
  });

  it('keeps the rating they give after', async () => {
    const { user, asked } = openCase({ would_return: 'yes' });
    await user.click(await button('Note their new rating'));
    await user.click(await button('Save'));
    expect(await screen.findByText('Please choose a rating.')).toBeTruthy();
    await user.click(screen.getByLabelText('4 – Good'));
    await user.click(await button('Save'));
    expect(asked).toEqual([['rerate', id(1), 4, 'yes', '']]);
  });

  it('goes to somebody by name who has no account', async () => {
    const { user, asked } = openCase();
    await user.click(await button('Assign'));
    await user.selectOptions(await screen.findByLabelText('Person'), 'Somebody else');
    await user.click(await button('Save'));
    expect(await screen.findByText(/Please write a name/)).toBeTruthy();
    await user.type(screen.getByLabelText('Name'), ' Boris ');
    await user.click(await button('Save'));
    expect(asked).toEqual([['assign', id(1), { name: 'Boris' }]]);
  });

  it('writes to the customer in their language, whatever the owner’s, and as it was changed', async () => {
    setLocale('ru');
    const { user } = openCase({ email: 'anna@example.com' });
    const text = await screen.findByLabelText<HTMLTextAreaElement>('Сообщение');
    expect(text.value).toMatch(/^Здравейте, Anna! Тук е /);
    await user.clear(text);
    await user.type(text, 'Да');
    const hrefs = screen
      .getAllByRole('link')
      .filter((element) => element.getAttribute('rel') === 'noreferrer')
      .map((element) => element.getAttribute('href'));
    expect(hrefs).toHaveLength(6);
    expect(hrefs.filter((href) => href?.endsWith('=%D0%94%D0%B0'))).toHaveLength(3);
    await user.click(await button('Спросить оценку'));
    expect(text.value).toMatch(/Достатъчна е една цифра|Как бихте ни оценили/);
  });
});
