import { describe, expect, it } from 'vitest';
import { memberFile } from '../../../src/admin/members/member-file';
import { allMembers, membersTable } from '../../../src/admin/members/members-csv';
import type { ReportMembers, TimelineEntry } from '../../../src/backend/owner-calls/members';
import { referralCode } from '../../../src/domain/referral-code';
import { toCsv } from '../../../src/ui/csv';
import { coffee, id, member, memberRow, ok, unreachable } from './member-fixture';

const names = new Map([
  [id(20), 'Counter'],
  [id(30), '5 Mill Lane'],
  [id(40), 'Vera'],
]);
const context = {
  organization: 'Golden Rye Bakery',
  nameOf: (named: string) => names.get(named),
  tier: 'Gold',
  now: new Date('2026-06-20T09:00:00Z'),
};

describe('the file of one member', () => {
  it('holds everything the server keeps, with names beside ids', () => {
    const file: unknown = JSON.parse(memberFile(member, context));
    expect(file).toMatchObject({ ...member, organization: 'Golden Rye Bakery', timeline_is_complete: true });
    expect(file).toMatchObject({
      exported_at: '2026-06-20T09:00:00.000Z',
      consents: [{ tablet_name: 'Counter', location_name: '5 Mill Lane' }],
      timeline: [{}, { staff: id(40), staff_name: 'Vera' }, {}, {}, { staff: null }],
    });
  });

  it('tells the tier, the codes for friends, and what was given for points', () => {
    const redemption: TimelineEntry = {
      at: '2026-06-12T12:00:00Z',
      what: 'redemption',
      tablet: id(20),
      location: id(30),
      staff: id(40),
      reward: coffee.reward,
      name: coffee.name,
      points: -100,
      flags: ['over_budget'],
    };
    const file: unknown = JSON.parse(memberFile({ ...member, timeline: [redemption] }, context));
    expect(file).toMatchObject({
      tier: 'Gold',
      referral_codes: [referralCode(id(1))],
      timeline: [{ ...redemption, tablet_name: 'Counter', staff_name: 'Vera' }],
    });
  });

  it('says so when there is more history than the server gives at once', () => {
    const entry = member.timeline[0]!;
    const long = { ...member, timeline: Array.from({ length: 500 }, () => entry) };
    expect(JSON.parse(memberFile(long, context))).toMatchObject({ timeline_is_complete: false });
  });
});

describe('the file of all members', () => {
  const pages: Record<string, ReportMembers> = {
    first: { members: [memberRow(3), memberRow(2)], next: 'second', total: 3 },
    second: { members: [memberRow(1)], next: null, total: 3 },
  };

  it('is asked for page by page, and tells how far it is', async () => {
    const told: unknown[] = [];
    const all = await allMembers(
      (after) => ok(pages[after ?? 'first']!),
      (progress) => told.push(progress),
    );
    expect(all).toEqual({ ok: true, value: [memberRow(3), memberRow(2), memberRow(1)] });
    expect(told).toEqual([
      { loaded: 2, total: 3 },
      { loaded: 3, total: 3 },
    ]);
  });

  it('is not half a file when a page does not come', async () => {
    const all = await allMembers(
      (after) => (after ? unreachable() : ok(pages['first']!)),
      () => {},
    );
    expect(all).toMatchObject({ ok: false });
  });

  it('gives figures as figures and lets no name run as a formula', () => {
    const csv = toCsv(membersTable([{ ...memberRow(12), first_name: '=1+1', points: -5 }]));
    expect(csv.split('\r\n')[1]).toBe("'=1+1,'+359888000012,-5,0,,2026-06-17T14:05:00Z");
  });
});
