import { render, screen, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { beforeAll, describe, expect, it } from 'vitest';
import Rewards from '../../../src/admin/rewards/Rewards.svelte';
import type { OwnerCalls } from '../../../src/backend/owner-calls';
import type { RedemptionRow, ReportReward } from '../../../src/backend/owner-calls/rewards';
import { coffee, id, ok, scriptedShop, unreachable } from './member-fixture';
import ShopHarness from './ShopHarness.svelte';

const redemption: RedemptionRow = {
  id: id(60),
  at: '2026-06-12T12:00:00Z',
  local_at: '2026-06-12T15:00:00',
  reward: coffee.reward,
  name: coffee.name,
  cost: 100,
  flags: ['over_budget'],
  checked: false,
  member: id(1),
  first_name: 'Anna',
  tablet: id(20),
  location: id(30),
  staff: id(40),
};

/** The page on a server that knows these rewards and what was given, and does what it is asked. */
function openRewards(
  rewards: readonly ReportReward[],
  given: RedemptionRow[] = [],
  calls: Partial<OwnerCalls> = {},
) {
  const asked: unknown[][] = [];
  const shop = scriptedShop({
    reportRewards: () => ok([...rewards]),
    reportStaff: () => ok([{ staff: id(40), name: 'Vera', rights: [], last_unlock: null }]),
    reportRedemptions: (_org, filter, pageSize, after) => {
      asked.push(['redemptions', filter, pageSize, after]);
      return ok({ redemptions: given, next: null, total: given.length });
    },
    setReward: (_org, ...args) => {
      asked.push(['set', ...args]);
      return ok({ outcome: 'saved', reward: id(50) } as const);
    },
    rewardPicture: (_org, sha256) => {
      asked.push(['picture', sha256]);
      return ok([{ picture: 'data:image/webp;base64,UklGRg==' }]);
    },
    ...calls,
  });
  render(ShopHarness, { shop, page: Rewards, pageProps: {} });
  const changes = () => asked.filter(([what]) => what === 'set').map(([, ...args]) => args);
  return { asked, changes };
}

// jsdom has no modal dialogs and scrolls nothing; the browser tests see the real ones.
beforeAll(() => {
  HTMLDialogElement.prototype.showModal = function () {
    this.open = true;
  };
  HTMLDialogElement.prototype.close = function () {
    this.open = false;
  };
  Element.prototype.scrollIntoView = () => {};
});

const button = (name: string | RegExp) => screen.findByRole('button', { name });
const fill = async (label: string, text: string) => {
  const field = screen.getByLabelText(label);
  await userEvent.clear(field);
  if (text !== '') await userEvent.type(field, text);
};

describe('the rewards’ page', () => {
  it('says what a reward is while there is none, and takes the first', async () => {
    const { changes } = openRewards([]);
    expect(await screen.findByRole('heading', { name: 'No rewards yet' })).toBeTruthy();
    await userEvent.click(await button('Add a reward'));
    await fill('English', ' Coffee ');
    await fill('Русский', 'Кофе');
    await userEvent.click(await button('Offer it'));
    expect(screen.getByText('Please give a name, at most 60 characters.')).toBeTruthy();
    expect(screen.getByText('A whole number from 1 to 1,000,000, please.')).toBeTruthy();
    expect(changes()).toEqual([]);
    await fill('Български', 'Кафе');
    await fill('Cost in points', '1 00');
    await fill('Last day', '2026-12-31');
    await userEvent.click(await button('Offer it'));
    expect(changes()).toEqual([
      [
        null,
        {
          name: { en: 'Coffee', ru: 'Кофе', bg: 'Кафе' },
          cost: 100,
          stock: null,
          from: null,
          until: '2026-12-31',
          picture: null,
        },
        null,
      ],
    ]);
  });

  it('leaves a stock that nobody touched to the server, which knows what is given meanwhile', async () => {
    const { changes } = openRewards([{ ...coffee, left: 7 }]);
    await userEvent.click(await button('Change Coffee'));
    await fill('Cost in points', '90');
    await userEvent.click(await button('Save'));
    const { name, from, until, picture } = coffee;
    expect(changes()).toEqual([[coffee.reward, { name, cost: 90, from, until, picture }, null]]);
  });

  it('tells the stock that was counted', async () => {
    const { changes } = openRewards([{ ...coffee, left: -2 }]);
    expect(await screen.findByText(/2 more given than there were/)).toBeTruthy();
    await userEvent.click(await button('Change Coffee'));
    expect(screen.getByLabelText<HTMLInputElement>('How many there are').value).toBe('0');
    await fill('How many there are', '12');
    await userEvent.click(await button('Save'));
    expect(changes()[0]?.[1]).toMatchObject({ stock: 12 });
  });

  it('says what was wrong on the server and keeps what was typed', async () => {
    openRewards([coffee], [], { setReward: () => ok({ outcome: 'bad_picture' } as const) });
    await userEvent.click(await button('Change Coffee'));
    await fill('Cost in points', '90');
    await userEvent.click(await button('Save'));
    expect((await screen.findByRole('alert')).textContent).toContain('could not keep this picture');
    expect(screen.getByLabelText<HTMLInputElement>('Cost in points').value).toBe('90');
  });

  it('withdraws a reward after a question, and offers it again with all its fields', async () => {
    const withdrawn: ReportReward = { ...coffee, reward: id(51), withdrawn: true };
    const { changes } = openRewards([coffee, withdrawn]);
    await userEvent.click(await button('Withdraw… Coffee'));
    expect(changes()).toEqual([]);
    await userEvent.click(await button('Withdraw'));
    await userEvent.click(await button('Offer again Coffee'));
    await userEvent.click(await button('Offer it'));
    expect(changes()).toEqual([
      [coffee.reward, null, null],
      [withdrawn.reward, expect.objectContaining({ cost: 100, stock: null }), null],
    ]);
  });

  it('shows its picture, asked for once, and forgets one that was taken away', async () => {
    const picture = 'a'.repeat(64);
    const { asked, changes } = openRewards([
      { ...coffee, picture },
      { ...coffee, reward: id(51), picture },
    ]);
    await userEvent.click((await screen.findAllByRole('button', { name: 'Change Coffee' }))[0]!);
    await userEvent.click(await button('Remove the picture'));
    await userEvent.click(await button('Save'));
    expect(changes()[0]?.[1]).toMatchObject({ picture: null });
    expect(asked.filter(([what]) => what === 'picture')).toEqual([['picture', picture]]);
  });

  it('tells who got what, where, from whom, and why to look at it', async () => {
    openRewards([coffee], [redemption]);
    const given = within(await screen.findByRole('region', { name: 'Given for points' }));
    const entry = await given.findByRole('listitem');
    expect(entry.textContent).toMatch(
      /12 Jun 2026, 15:00 *Coffee *Anna *5 Mill Lane · Vera · without a network *Given offline above the day’s budget *−100$/,
    );
    expect(within(entry).getByRole('link', { name: 'Anna' }).getAttribute('href')).toBe(
      `/admin/members/${id(1)}`,
    );
  });

  it('names nobody while nobody knows whose it was, and a reward that never was', async () => {
    openRewards([coffee], [{ ...redemption, member: null, first_name: null, name: null }]);
    const entry = (await screen.findByText('A member not known yet')).closest('li');
    expect(entry?.textContent).toContain('A reward the shop does not know');
  });

  it('asks for what needs a look of one reward', async () => {
    const { asked } = openRewards([{ ...coffee, redeemed: 3, flagged: 1 }], [redemption]);
    await userEvent.click(await button(/^1 to look at/));
    expect(asked.at(-1)).toEqual([
      'redemptions',
      { reward: coffee.reward, flaggedOnly: true },
      20,
      undefined,
    ]);
  });

  it('says so when the server can’t be reached', async () => {
    openRewards([], [], { reportRewards: unreachable });
    expect((await screen.findByRole('alert')).textContent).toContain('can’t be reached');
  });
});
