import { render, screen, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { beforeAll, describe, expect, it } from 'vitest';
import { MemberList } from '../../../src/admin/members/member-list.svelte';
import Member from '../../../src/admin/members/Member.svelte';
import Members from '../../../src/admin/members/Members.svelte';
import type { OwnerCalls } from '../../../src/backend/owner-calls';
import type { ReportMember, TimelineEntry } from '../../../src/backend/owner-calls/members';
import { PLAIN_TERMS, type Programme } from '../../../src/domain/member';
import { setLocale } from '../../../src/i18n/locale.svelte';
import { coffee, id, member, memberRow, ok, scriptedShop, unreachable } from './member-fixture';
import ShopHarness from './ShopHarness.svelte';

const programme: Programme = {
  country: 'BG',
  currency: 'EUR',
  cooldown_hours: 0,
  points_per_visit: 10,
  points_per_amount: null,
  welcome_points: 50,
  birthday_points: 0,
  ...PLAIN_TERMS,
  tiers: [
    { name: { en: 'Silver', ru: 'Серебро', bg: 'Сребро' }, from: 50 },
    { name: { en: 'Gold', ru: 'Золото', bg: 'Злато' }, from: 500 },
  ],
  expiry_months: 1,
};

function openList(calls: Partial<OwnerCalls>) {
  const shop = scriptedShop(calls);
  render(ShopHarness, { shop, page: Members, pageProps: { list: new MemberList(shop) } });
}

/** One member's page on a server that knows `report` and does what it is asked. */
function openMember(report: ReportMember | null, calls: Partial<OwnerCalls> = {}) {
  const asked: unknown[][] = [];
  const erased: string[] = [];
  const merged: string[] = [];
  const saved =
    (name: string) =>
    (...args: unknown[]) => {
      asked.push([name, ...args.slice(2)]);
      return ok({ outcome: 'saved' } as const);
    };
  const shop = scriptedShop({
    reportMember: () => ok(report),
    reportStaff: () => ok([{ staff: id(40), name: 'Vera', rights: [], last_unlock: null }]),
    reportProgramme: () => ok({ programme, valid_from: '2026-06-01T09:00:00Z' }),
    reportRewards: () => ok([coffee]),
    reportMembers: () => ok({ members: [memberRow(1), memberRow(2)], next: null, total: 2 }),
    mergeMembers: (_org, from, into) => {
      asked.push(['merge', from, into]);
      return ok({ outcome: 'merged' } as const);
    },
    correctPoints: saved('correct'),
    withdrawConsent: saved('withdraw'),
    eraseMember: (_org, erasedMember) => {
      asked.push(['erase', erasedMember]);
      return ok({ outcome: 'erased' } as const);
    },
    ...calls,
  });
  const onerased = () => erased.push(id(1));
  const onmerged = (from: string) => merged.push(from);
  render(ShopHarness, { shop, page: Member, pageProps: { id: id(1), onerased, onmerged } });
  return { asked, erased, merged };
}

// jsdom has no modal dialogs and scrolls nothing; the browser tests see the real ones.
beforeAll(() => {
  HTMLDialogElement.prototype.showModal = function () {
    this.open = true;
  };
  HTMLDialogElement.prototype.close = function () {
    this.open = false;
  };
  window.scrollTo = () => {};
});

const button = (name: string | RegExp) => screen.findByRole('button', { name });

describe('the members’ page', () => {
  it('leads to the programme while there is none', async () => {
    openList({
      reportMembers: () => ok({ members: [], next: null, total: 0 }),
      reportProgramme: () => ok({ programme: null, valid_from: null }),
      myRole: () => ok('owner'),
    });
    const link = await screen.findByRole('link', { name: 'Set up the programme' });
    expect(link.getAttribute('href')).toBe('/admin/programme');
  });

  it('says how members come when there are none yet, also when nobody knows of the programme', async () => {
    openList({
      reportMembers: () => ok({ members: [], next: null, total: 0 }),
      reportProgramme: unreachable,
      myRole: unreachable,
    });
    expect(await screen.findByRole('heading', { name: 'Nobody has joined yet' })).toBeTruthy();
  });

  it('tells an analyst, who is shown nobody, whom it is for', async () => {
    openList({
      reportMembers: () => ok({ members: [], next: null, total: 0 }),
      reportProgramme: () => ok({ programme, valid_from: '2026-06-01T09:00:00Z' }),
      myRole: () => ok('analyst'),
    });
    expect(
      await screen.findByRole('heading', { name: 'These pages are for owners and managers' }),
    ).toBeTruthy();
    expect(screen.queryByRole('link')).toBeNull();
  });

  it('lists members with a link to each and the number as people write it', async () => {
    openList({ reportMembers: () => ok({ members: [memberRow(7)], next: null, total: 1 }) });
    const row = await screen.findByRole('row', { name: /Member 7/ });
    expect(within(row).getByRole('link').getAttribute('href')).toBe(`/admin/members/${id(7)}`);
    expect(await within(row).findByText('+359 88 800 0007')).toBeTruthy();
  });

  it('searches for what is typed, and clears it again', async () => {
    openList({
      reportMembers: (_org, search) =>
        search === ''
          ? ok({ members: [memberRow(7)], next: null, total: 1 })
          : ok({ members: [], next: null, total: 0 }),
    });
    const user = userEvent.setup();
    await user.type(await screen.findByLabelText('Search'), 'zoe');
    expect(await screen.findByRole('heading', { name: 'Nobody matches “zoe”.' })).toBeTruthy();
    await user.click(await button('Clear the search'));
    expect(await screen.findByRole('row', { name: /Member 7/ })).toBeTruthy();
  });
});

describe('one member’s page', () => {
  it('tells visits with place, person and sale, and points with what they were for', async () => {
    openMember(member);
    const entries = within(await screen.findByRole('region', { name: 'What happened' }));
    const texts = entries.getAllByRole('listitem').map(({ textContent }) => textContent.trim());
    expect(texts[0]).toMatch(/Visit, sale of €12\.50.*5 Mill Lane · Vera *\+10$/);
    expect(texts[2]).toMatch(/Points for joining *\+50$/);
    expect(texts[3]).toMatch(/Joined.*5 Mill Lane · by themselves$/);
  });

  it('tells what each point was for to whoever looks at the points alone', async () => {
    openMember(member);
    await userEvent.click(await button('Points'));
    const entries = screen.getAllByRole('listitem').map(({ textContent }) => textContent.trim());
    expect(entries).toEqual([
      expect.stringMatching(/Points for the visit *\+10$/),
      expect.stringMatching(/Points for joining *\+50$/),
    ]);
  });

  it('says why a visit does not count', async () => {
    const visit = member.timeline.find(({ what }) => what === 'visit');
    openMember({ ...member, timeline: [{ ...visit, refused: 'cooldown', points: 0 } as TimelineEntry] });
    expect((await screen.findByRole('listitem')).textContent).toMatch(/Not counted: too soon.*Vera/);
  });

  it('counts points as people in Russia do', async () => {
    setLocale('ru');
    openMember({ ...member, points: 1022 });
    expect((await screen.findAllByRole('definition'))[0]?.textContent).toBe('1\u00a0022 балла');
  });

  it('shows every purpose, and lets only a consent that was given be withdrawn', async () => {
    const { asked } = openMember(member);
    expect((await screen.findByRole('row', { name: /^Messages/ })).textContent).toContain('Given');
    expect(screen.getByRole('row', { name: /^A follow-up call/ }).textContent).toContain('Not given');
    expect(screen.getAllByRole('button', { name: /^Withdraw/ })).toHaveLength(1);
    await userEvent.click(await button('Withdraw Messages'));
    await userEvent.click(await button('Withdraw'));
    expect(asked).toEqual([['withdraw', 'messages']]);
  });

  it('corrects points only by a whole number and with a reason', async () => {
    const { asked } = openMember(member);
    const user = userEvent.setup();
    await user.click(await button('Correct the points'));
    await user.type(screen.getByLabelText('Points to add'), '-10');
    await user.click(await button('Correct'));
    expect(screen.getByText('Please say why, in at most 500 characters.')).toBeTruthy();
    expect(asked).toEqual([]);
    await user.type(screen.getByLabelText('Why'), ' Returned ');
    await user.click(await button('Correct'));
    expect(asked).toEqual([['correct', -10, 'Returned']]);
  });

  it('says why a correction was not made and keeps what was typed', async () => {
    openMember(member, { correctPoints: () => ok({ outcome: 'forbidden' } as const) });
    const user = userEvent.setup();
    await user.click(await button('Correct the points'));
    await user.type(screen.getByLabelText('Points to add'), '5');
    await user.type(screen.getByLabelText('Why'), 'Gift');
    await user.click(await button('Correct'));
    expect((await screen.findByRole('alert')).textContent).toContain('You may not change this.');
    expect(screen.getByLabelText<HTMLInputElement>('Why').value).toBe('Gift');
  });

  it('erases only after the last digits of this member’s number', async () => {
    const { asked, erased } = openMember(member);
    const user = userEvent.setup();
    await user.click(await button('Erase…'));
    await user.type(screen.getByLabelText(/Last four digits/), '1234');
    await user.click(await button('Erase for good'));
    expect(screen.getByText(/These are not the last four digits/)).toBeTruthy();
    expect(asked).toEqual([]);
    await user.clear(screen.getByLabelText(/Last four digits/));
    await user.type(screen.getByLabelText(/Last four digits/), '3456');
    await user.click(await button('Erase for good'));
    expect(asked).toEqual([['erase', id(1)]]);
    expect(erased).toEqual([id(1)]);
  });

  it('tells what was given for points once, by name, with why to look at it', async () => {
    const place = { tablet: id(20), location: id(30), staff: id(40) };
    const at = '2026-06-12T12:00:00Z';
    const timeline: TimelineEntry[] = [
      { at, what: 'points', points: -100, reason: 'redemption', note: null, by: null },
      {
        at,
        what: 'redemption',
        ...place,
        reward: coffee.reward,
        name: coffee.name,
        points: -100,
        flags: ['over_budget', 'overdrawn'],
      },
      { at, what: 'points', points: -5, reason: 'expiry', note: null, by: null },
      { at, what: 'enrolment', ...place, referral_code: '0000000R' },
      { at, what: 'merge', phone: '+359888123499', by: 'owner@example.com' },
    ];
    openMember({ ...member, timeline });
    await screen.findByText('Became one with +359 88 812 3499');
    const entries = screen.getAllByRole('listitem').map(({ textContent }) => textContent.trim());
    expect(entries).toEqual([
      expect.stringMatching(
        /Reward: Coffee *5 Mill Lane · Vera *Given offline above the day’s budget *Cost more points than there were at the time *−100$/,
      ),
      expect.stringMatching(/Lapsed: no visit for too long *−5$/),
      expect.stringMatching(/Joined *5 Mill Lane · Vera · invited, code 0000000R$/),
      expect.stringMatching(/Became one with \+359 88 812 3499 *owner@example\.com$/),
    ]);
  });

  it('tells the tier, the next reward and that points lapse soon', async () => {
    const lastVisit = new Date(Date.now() - 20 * 86_400_000).toISOString();
    openMember({ ...member, last_visit: lastVisit });
    const words = (await screen.findAllByRole('definition')).map(({ textContent }) => textContent.trim());
    expect(words.slice(1, 3)).toEqual([
      expect.stringMatching(/^Silver *Gold from 440 more points$/),
      expect.stringMatching(/^Coffee *40 more points$/),
    ]);
    expect(screen.getByText(/^60 points lapse on .* unless there is a visit before\.$/)).toBeTruthy();
  });

  it('makes two members one only after it was said which of them stays', async () => {
    const { asked, merged } = openMember(member);
    const user = userEvent.setup();
    await user.click(await button('Same person as…'));
    await user.type(screen.getByLabelText('Search'), 'member');
    expect(screen.queryByRole('button', { name: 'Choose Member 1' })).toBeNull();
    await user.click(await button('Choose Member 2'));
    expect(screen.getByText(/^The page of Anna \(\+359 88 812 3456\) stays/)).toBeTruthy();
    await user.click(screen.getByRole('radio', { name: /Member 2/ }));
    expect(screen.getByText(/^The page of Member 2 \(\+359 88 800 0002\) stays/)).toBeTruthy();
    expect(asked).toEqual([]);
    await user.click(await button('Merge for good'));
    expect(asked).toEqual([['merge', id(1), id(2)]]);
    expect(merged).toEqual([id(1)]);
    expect(location.pathname).toBe(`/admin/members/${id(2)}`);
  });

  it('says why two members were not made one', async () => {
    openMember(member, { mergeMembers: () => ok({ outcome: 'forbidden' } as const) });
    const user = userEvent.setup();
    await user.click(await button('Same person as…'));
    await user.type(screen.getByLabelText('Search'), 'member');
    await user.click(await button('Choose Member 2'));
    await user.click(await button('Merge for good'));
    expect((await screen.findByRole('alert')).textContent).toContain('You may not change this.');
  });

  it('offers nothing to change of somebody who was erased', async () => {
    const nobody = { first_name: null, phone: null, email: null, birthday: null, locale: null };
    openMember({ ...member, ...nobody, erased_at: '2026-06-20T09:00:00Z' });
    expect(await screen.findByRole('heading', { name: 'Erased member' })).toBeTruthy();
    expect(screen.queryByRole('button', { name: /Correct|Withdraw|Erase|Download|Same person/ })).toBeNull();
  });

  it('says so when there is no such member', async () => {
    openMember(null);
    expect(await screen.findByRole('heading', { name: 'There is no such member' })).toBeTruthy();
  });
});
