import { render, screen } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { beforeAll, describe, expect, it } from 'vitest';
import Case from '../../../src/admin/cases/Case.svelte';
import Cases from '../../../src/admin/cases/Cases.svelte';
import type { OwnerCalls } from '../../../src/backend/owner-calls';
import type { ReportCase } from '../../../src/backend/owner-calls/cases';
import { noTimes, page, stamp, told } from './case-fixture';
import { id, ok, scriptedShop, unreachable } from './member-fixture';
import ShopHarness from './ShopHarness.svelte';

function openList(calls: Partial<OwnerCalls>) {
  render(ShopHarness, {
    shop: scriptedShop({ reportCaseTimes: () => ok(noTimes), myRole: () => ok('owner' as const), ...calls }),
    page: Cases,
    pageProps: {},
  });
}

function openCase(report: ReportCase | null, calls: Partial<OwnerCalls> = {}) {
  const asked: unknown[][] = [];
  const shop = scriptedShop({
    reportCase: () => ok(report),
    reportStaff: () => ok([{ staff: id(40), name: 'Vera', rights: [], last_unlock: null }]),
    setCaseState: (_org, ...args) => {
      asked.push(args);
      return ok({ outcome: 'saved' } as const);
    },
    ...calls,
  });
  shop.refresh = () => Promise.resolve();
  render(ShopHarness, { shop, page: Case, pageProps: { id: id(1) } });
  return { asked };
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

describe('the page of cases', () => {
  it('says in words what is overdue, by how much, and until when the rest is to be answered', async () => {
    openList({ reportCases: () => page(told(1, 72), told(2, 1), told(3, 80, { state: 'contacted' })) });
    const items = (await screen.findAllByRole('listitem')).map(({ textContent }) => textContent.trim());
    expect(items[0]).toMatch(/^Overdue by 24 hrs? *told 3 days ago *Complaint 1 *Anna/);
    expect(items[1]).toMatch(/^Answer by .*2 days left · told 60 mins ago *Complaint 2/);
    expect(items[2]).toMatch(/^Contacted *told 3 days ago *Complaint 3/);
    expect(screen.getByRole('status').textContent).toBe('3 cases wait · 1 is overdue');
  });

  it('tells time that was lost to sync apart, and only where it is worth telling', async () => {
    openList({
      reportCases: () => page(told(1, 5, { received_at: stamp(2) }), told(2, 5, { received_at: stamp(4.5) })),
    });
    const items = (await screen.findAllByRole('listitem')).map(({ textContent }) => textContent);
    expect(items[0]).toMatch(/3 hrs? lost to sync/);
    expect(items[1]).not.toContain('lost to sync');
  });

  it('shows the resolved ones when asked, and goes on where the page ends', async () => {
    const asked: unknown[][] = [];
    openList({
      reportCases: (_org, which, size, after) => {
        asked.push([which, size, after]);
        const rest = { total: 2, waiting: 0, overdue: 0, mine: 0 };
        return which === 'waiting'
          ? page()
          : ok({
              cases: [told(after ? 2 : 1, 9, { state: 'resolved' })],
              next: after ? null : 'there',
              ...rest,
            });
      },
    });
    expect(await screen.findByRole('heading', { name: 'No complaint waits' })).toBeTruthy();
    await userEvent.click(await button('Resolved'));
    await userEvent.click(await button('Show more'));
    const names = (await screen.findAllByRole('link', { name: /Complaint/ })).map((link) =>
      link.textContent.trim(),
    );
    expect(names).toEqual(['Complaint 1', 'Complaint 2']);
    expect(asked.at(-1)).toEqual(['resolved', 50, 'there']);
    expect(screen.queryByRole('button', { name: 'Show more' })).toBeNull();
  });

  it('tells an analyst that cases are not theirs to see, and not that there are none', async () => {
    openList({ reportCases: () => page(), myRole: () => ok('analyst' as const) });
    expect(await screen.findByText(/shown to owners and managers/)).toBeTruthy();
    expect(screen.queryByRole('heading', { name: 'No complaint waits' })).toBeNull();
  });

  it('says so when the server cannot be reached', async () => {
    openList({ reportCases: unreachable });
    expect((await screen.findByRole('alert')).textContent).toContain('can’t be reached');
  });
});

describe('one case', () => {
  const report: ReportCase = { ...told(1, 5), email: null, events: [], answers: [] };

  it('tells the words, who, where and to whom, and how to call', async () => {
    openCase(report);
    expect(await screen.findByText('Complaint 1')).toBeTruthy();
    expect(await screen.findByText(/5 Mill Lane · to Vera/)).toBeTruthy();
    expect(screen.getByRole('link', { name: /^Call/ }).getAttribute('href')).toBe('tel:+359888123456');
  });

  it('moves on with a note', async () => {
    const { asked } = openCase(report);
    const user = userEvent.setup();
    await user.click(await button('Contacted'));
    await user.type(screen.getByLabelText('Note'), ' She comes on Friday ');
    await user.click(await button('Save'));
    expect(asked).toEqual([[id(1), 'contacted', 'She comes on Friday']]);
  });

  it('says why it was not moved and keeps the note', async () => {
    openCase(report, { setCaseState: () => ok({ outcome: 'forbidden' } as const) });
    const user = userEvent.setup();
    await user.click(await button('Contacted'));
    await user.type(screen.getByLabelText('Note'), 'Bread');
    await user.click(await button('Save'));
    expect((await screen.findByRole('alert')).textContent).toContain('You may not change this.');
    expect(screen.getByLabelText<HTMLTextAreaElement>('Note').value).toBe('Bread');
  });

  it('can only be opened again once it is resolved', async () => {
    openCase({ ...report, state: 'resolved' });
    expect(await button('Open again')).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Contacted' })).toBeNull();
  });

  it('tells nothing of a member who was erased', async () => {
    openCase({ ...report, text: null, is_erased: true, first_name: null, phone: null, member: id(2) });
    expect(await screen.findByText(/The member was erased/)).toBeTruthy();
    expect(screen.queryByRole('link', { name: /^Call/ })).toBeNull();
  });

  it('says so when there is no such case', async () => {
    openCase(null);
    expect(await screen.findByRole('heading', { name: 'There is no such case' })).toBeTruthy();
  });
});
