import { describe, expect, it } from 'vitest';
import { MemberList } from '../../../src/admin/members/member-list.svelte';
import type { OwnerCalls } from '../../../src/backend/owner-calls';
import { memberRow, ok, scriptedShop, unreachable } from './member-fixture';

const rows = (from: number, to: number) =>
  Array.from({ length: from - to + 1 }, (_, index) => memberRow(from - index));

/** Members 1 to `newest` of whom the server gives three at a time; its `next` is the last number it gave. */
function serverOf(newest: number) {
  const world = { newest, searches: [] as string[] };
  const reportMembers: OwnerCalls['reportMembers'] = (_org, search, _pageSize, after) => {
    world.searches.push(search);
    const from = after === undefined ? world.newest : Number(after) - 1;
    const to = Math.max(1, from - 2);
    return ok({ members: rows(from, to), next: to > 1 ? String(to) : null, total: world.newest });
  };
  return { world, shop: scriptedShop({ reportMembers }) };
}

const shown = (list: MemberList) =>
  list.view.status === 'ready' ? list.view.list.map(({ points }) => points) : list.view.status;

describe('the list of members', () => {
  it('goes on page by page to the last', async () => {
    const list = new MemberList(serverOf(7).shop);
    await list.load();
    await list.loadOlder();
    expect(shown(list)).toEqual([7, 6, 5, 4, 3, 2]);
    await list.loadOlder();
    await list.loadOlder();
    expect(shown(list)).toEqual([7, 6, 5, 4, 3, 2, 1]);
    expect(list.view).toMatchObject({ next: null, total: 7 });
  });

  it('takes in who joined meanwhile and keeps what was loaded further down', async () => {
    const { world, shop } = serverOf(9);
    const list = new MemberList(shop);
    await list.load();
    await list.loadOlder();
    world.newest = 10;
    await list.load();
    expect(shown(list)).toEqual([10, 9, 8, 7, 6, 5, 4]);
    await list.loadOlder();
    expect(shown(list)).toEqual([10, 9, 8, 7, 6, 5, 4, 3, 2, 1]);
  });

  it('begins anew when more joined than a page holds, and leaves no hole', async () => {
    const { world, shop } = serverOf(6);
    const list = new MemberList(shop);
    await list.load();
    await list.loadOlder();
    world.newest = 12;
    await list.load();
    await list.loadOlder();
    expect(shown(list)).toEqual([12, 11, 10, 9, 8, 7]);
  });

  it('shows the answer to the last search, also when an earlier one comes later', async () => {
    const answers = new Map<string, () => void>();
    const reportMembers: OwnerCalls['reportMembers'] = (_org, search) =>
      new Promise((resolve) =>
        answers.set(search, () =>
          resolve({ ok: true, value: { members: [memberRow(search.length)], next: null, total: 1 } }),
        ),
      );
    const list = new MemberList(scriptedShop({ reportMembers }));
    const both = [list.load('a'), list.load('an')];
    answers.get('an')?.();
    answers.get('a')?.();
    await Promise.all(both);
    expect(list.search).toBe('an');
    expect(shown(list)).toEqual([2]);
  });

  it('keeps what was there when the server is gone, and says so at first and of a new search', async () => {
    let answer: OwnerCalls['reportMembers'] = unreachable;
    const list = new MemberList(
      scriptedShop({ reportMembers: (...args: Parameters<OwnerCalls['reportMembers']>) => answer(...args) }),
    );
    await list.load();
    expect(shown(list)).toBe('failed');
    answer = () => ok({ members: [memberRow(1)], next: null, total: 1 });
    await list.load();
    answer = unreachable;
    await list.load();
    expect(shown(list)).toEqual([1]);
    await list.load('b');
    expect(shown(list)).toBe('failed');
  });

  it('forgets who was erased', async () => {
    const list = new MemberList(serverOf(3).shop);
    await list.load();
    list.forget(memberRow(2).member);
    expect(shown(list)).toEqual([3, 1]);
    expect(list.view).toMatchObject({ total: 2 });
  });
});
