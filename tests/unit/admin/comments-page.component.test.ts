import { render, screen, waitFor, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import Comments from '../../../src/admin/comments/Comments.svelte';
import Praise from '../../../src/admin/praise/Praise.svelte';
import PraiseShow from '../../../src/admin/praise/PraiseShow.svelte';
import type { OwnerCalls } from '../../../src/backend/owner-calls';
import type {
  FoundComment,
  Praise as Words,
  WantedComments,
} from '../../../src/backend/owner-calls/comments';
import { id, ok, scriptedShop, unreachable } from './member-fixture';
import ShopHarness from './ShopHarness.svelte';

const comment = (number: number, more: Partial<FoundComment> = {}): FoundComment => ({
  id: id(number),
  occurred_at: `2026-06-10T08:${String(60 - number).padStart(2, '0')}:00+00:00`,
  local_at: '2026-06-10T11:00:00',
  location: id(30),
  tablet: id(20),
  text: `Comment ${number}`,
  locale: 'en',
  flag: null,
  score: { type: 'csat', score: 2 },
  choices: null,
  starred: false,
  tags: [],
  hits: [],
  ...more,
});

const words = (number: number, more: Partial<Words> = {}): Words => ({
  id: id(number),
  occurred_at: '2026-06-10T08:00:00+00:00',
  local_at: '2026-06-10T11:00:00',
  location: id(30),
  text: `Praise ${number}`,
  locale: 'en',
  first_name: `Member ${number}`,
  picked: false,
  ...more,
});

function openComments(calls: Partial<OwnerCalls>) {
  const asked: [WantedComments, string | undefined][] = [];
  const { searchComments, ...others } = calls;
  const shop = scriptedShop({
    commentTags: () => ok([{ tag: 'till', n: 3 }]),
    searchComments: (org, wanted, size, after) => {
      asked.push([wanted, after]);
      return searchComments!(org, wanted, size, after);
    },
    ...others,
  });
  render(ShopHarness, { shop, page: Comments, pageProps: {} });
  return { asked };
}

const page = (
  list: FoundComment[],
  more: { next?: string | null; total?: number | null; is_more?: boolean } = {},
) => ok({ comments: list, next: null, total: list.length, is_more: false, ...more });
const button = (name: string | RegExp) => screen.findByRole('button', { name });

// jsdom has no modal dialogs; the browser test sees the real one.
beforeAll(() => {
  HTMLDialogElement.prototype.showModal = function () {
    this.open = true;
  };
  HTMLDialogElement.prototype.close = function () {
    this.open = false;
  };
});
beforeEach(() => history.replaceState(null, '', '/admin/comments'));

describe('the page of comments', () => {
  it('says how many there are and goes on from where the page ends', async () => {
    const { asked } = openComments({
      searchComments: (_org, _wanted, _size, after) =>
        after
          ? page([comment(3)], { total: null })
          : page([comment(1), comment(2)], { next: 'mark', total: 3 }),
    });
    expect(await screen.findByText('2 of 3 shown')).toBeTruthy();
    await userEvent.click(await button('Show more'));
    expect(await screen.findByText('Comment 3')).toBeTruthy();
    expect(screen.getByText('3 comments')).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Show more' })).toBeNull();
    expect(asked.map(([, after]) => after)).toEqual([undefined, 'mark']);
  });

  it('says that there are more than it counts', async () => {
    openComments({
      searchComments: () => page([comment(1)], { next: 'mark', total: 10_000, is_more: true }),
    });
    expect(await screen.findByText('More than 10,000 comments')).toBeTruthy();
    expect(screen.getByText('1 of more than 10,000 shown')).toBeTruthy();
  });

  it('keeps filters in the address and what is searched for out of it', async () => {
    const { asked } = openComments({
      searchComments: (_org, { search }) =>
        page([comment(1, { text: 'Anna waited', hits: search ? ['anna'] : [] })]),
    });
    await userEvent.selectOptions(await screen.findByLabelText('Score'), 'Low scores');
    await userEvent.type(screen.getByLabelText('Search in comments'), 'Anna');
    const hit = await screen.findByText('Anna');
    expect(hit.tagName).toBe('MARK');
    expect(asked.at(-1)![0]).toMatchObject({ search: 'Anna', scores: { csat: [1, 2] } });
    expect(location.search).toBe('?score=low');
    await userEvent.click(await button('Clear all filters'));
    await waitFor(() => expect(location.search).toBe(''));
  });

  it('puts marks on and takes them off once the server has them', async () => {
    const marks: unknown[] = [];
    openComments({
      searchComments: () => page([comment(1)]),
      markComment: (_org, which, mark, isSet) => {
        marks.push([which, mark, isSet]);
        return ok({ outcome: 'saved', tag: mark.kind === 'tag' ? mark.tag : '' } as const);
      },
    });
    const star = await button('Star: Comment 1');
    await userEvent.click(star);
    await waitFor(() => expect(star.getAttribute('aria-pressed')).toBe('true'));
    await userEvent.click(await button('Tags: Comment 1'));
    const editor = within(screen.getByRole('form', { name: 'Tags' }));
    await userEvent.click(await editor.findByRole('button', { name: 'till' }));
    await userEvent.type(editor.getByLabelText('New tag'), ' second till {Enter}');
    expect((await editor.findByRole('button', { name: 'second till' })).getAttribute('aria-pressed')).toBe(
      'true',
    );
    await userEvent.click(editor.getByRole('button', { name: 'till' }));
    await waitFor(() =>
      expect(editor.getByRole('button', { name: 'till' }).getAttribute('aria-pressed')).toBe('false'),
    );
    expect(marks).toEqual([
      [id(1), { kind: 'star' }, true],
      [id(1), { kind: 'tag', tag: 'till' }, true],
      [id(1), { kind: 'tag', tag: 'second till' }, true],
      [id(1), { kind: 'tag', tag: 'till' }, false],
    ]);
  });

  it('says why a mark was not put on', async () => {
    openComments({
      searchComments: () => page([comment(1)]),
      markComment: () => ok({ outcome: 'forbidden' } as const),
    });
    const star = await button('Star: Comment 1');
    await userEvent.click(star);
    expect((await screen.findByRole('alert')).textContent).toContain('Only owners and managers');
    expect(star.getAttribute('aria-pressed')).toBe('false');
  });

  it('says what will appear where there is nothing, and what to do where nothing fits', async () => {
    openComments({ searchComments: () => page([]) });
    expect(await screen.findByText(/^No comments in this period/)).toBeTruthy();
    await userEvent.type(screen.getByLabelText('Search in comments'), 'bread');
    expect(await screen.findByRole('heading', { name: 'No comment fits' })).toBeTruthy();
  });
});

describe('the wall of praise', () => {
  it('shows whose words may be published, and lets the owner pick', async () => {
    const picked: unknown[] = [];
    const shop = scriptedShop({
      reportPraise: (_org, scores) => {
        expect(scores).toEqual({ csat: [4, 5], nps: [9, 10], ces: [5, 7], expectation: [1, 1] });
        return ok({ praise: [words(1), words(2, { picked: true })], next: null });
      },
      markComment: (_org, which, mark, isSet) => {
        picked.push([which, mark, isSet]);
        return ok({ outcome: 'saved', tag: '' } as const);
      },
    });
    render(ShopHarness, { shop, page: Praise, pageProps: {} });
    const pick = await button('On the wall: Member 1, Praise 1');
    await userEvent.click(pick);
    await waitFor(() => expect(pick.getAttribute('aria-pressed')).toBe('true'));
    expect(picked).toEqual([[id(1), { kind: 'praise' }, true]]);
  });

  it('takes words off the screen as soon as the server no longer names them, and all when it cannot be asked', async () => {
    vi.useFakeTimers();
    try {
      let reply: () => ReturnType<OwnerCalls['reportPraise']> = () =>
        ok({ praise: [words(1), words(2)], next: null });
      const shop = scriptedShop({ reportPraise: () => reply() });
      render(ShopHarness, { shop, page: PraiseShow, pageProps: {} });
      await vi.advanceTimersByTimeAsync(0);
      expect(screen.getByText('Praise 1')).toBeTruthy();
      await vi.advanceTimersByTimeAsync(12_000);
      expect(screen.getByText('Praise 2')).toBeTruthy();
      reply = () => ok({ praise: [words(1)], next: null });
      await vi.advanceTimersByTimeAsync(10_000);
      expect(screen.queryByText('Praise 2')).toBeNull();
      expect(screen.getByText('Praise 1')).toBeTruthy();
      reply = unreachable;
      await vi.advanceTimersByTimeAsync(9 * 60_000);
      expect(screen.getByText('Praise 1')).toBeTruthy();
      await vi.advanceTimersByTimeAsync(2 * 60_000);
      expect(screen.queryByText('Praise 1')).toBeNull();
      expect(screen.getByRole('heading', { name: 'No connection to the server' })).toBeTruthy();
    } finally {
      vi.useRealTimers();
    }
  });
});
