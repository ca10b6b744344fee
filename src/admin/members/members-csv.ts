import type { Result } from '../../backend/failure';
import type { MemberRow, ReportMembers } from '../../backend/owner-calls/members';
import {
  admin_members_column_joined,
  admin_members_column_last_visit,
  admin_members_column_name,
  admin_members_column_phone,
  admin_members_column_points,
  admin_members_column_visits,
} from '../../i18n/paraglide/messages';
import type { Table } from '../../ui/csv';

/** Everybody whom a search finds, a page at a time; `ask` gets what the page before said comes next. */
export async function allMembers(
  ask: (after?: string) => Promise<Result<ReportMembers>>,
  tell: (progress: { loaded: number; total: number }) => void,
): Promise<Result<MemberRow[]>> {
  const members: MemberRow[] = [];
  let after: string | undefined;
  for (;;) {
    const page = await ask(after);
    if (!page.ok) return page;
    members.push(...page.value.members);
    tell({ loaded: members.length, total: page.value.total });
    if (page.value.next === null) return { ok: true, value: members };
    after = page.value.next;
  }
}

/** Members as a file holds them: instants in ISO 8601, so that any program reads them. */
export const membersTable = (members: readonly MemberRow[]): Table => ({
  columns: [
    { label: admin_members_column_name() },
    { label: admin_members_column_phone() },
    { label: admin_members_column_points(), numeric: true },
    { label: admin_members_column_visits(), numeric: true },
    { label: admin_members_column_last_visit() },
    { label: admin_members_column_joined() },
  ],
  rows: members.map((member) => [
    member.first_name,
    member.phone,
    { text: String(member.points), raw: member.points },
    { text: String(member.visits), raw: member.visits },
    { text: member.last_visit ?? '', raw: member.last_visit },
    member.enrolled_at,
  ]),
});
