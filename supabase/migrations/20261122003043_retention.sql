-- How long a shop keeps members who no longer come. The database forgets them by itself, a few at a time.

create table public.retention_versions (
  org_id uuid not null references public.organizations (id) on delete cascade,
  valid_from timestamptz not null default clock_timestamp(),
  months smallint constraint retention_versions_months_sane check (months between 1 and 120),
  created_by text not null,
  primary key (org_id, valid_from)
);
comment on table public.retention_versions is 'Immutable: the latest holds, the others say who kept people for how long.';
comment on column public.retention_versions.months is 'Members are forgotten after so many months without a sign of life; null keeps them.';
comment on column public.retention_versions.created_by is 'E-mail address of who set it, as it was then.';
create trigger retention_versions_are_immutable
  before update on public.retention_versions
  for each row execute function private.refuse_change();
alter table public.retention_versions enable row level security;
create policy "team members read how long members are kept" on public.retention_versions
  for select to authenticated using (org_id in (select private.member_organizations()));
revoke all on public.retention_versions from anon, authenticated;
grant select on public.retention_versions to authenticated;

-- Comments that still have their words; the emptied ones (private.emptied_comment) are not looked at again.
create index answers_with_words on public.answers (org_id, occurred_at) where comment <> '…';

create function private.retention_months(org uuid) returns integer
language sql stable set search_path = '' as $$
  select months from public.retention_versions where org_id = org order by valid_from desc limit 1
$$;
revoke execute on function private.retention_months(uuid) from public;

-- Members of whom nothing was heard since: no visit, enrolment, word on a consent, redemption or correction. An enrolment
-- counts by when it arrived, so that whom a file brought yesterday is not forgotten today for having joined long ago.
create function private.members_to_forget(org uuid, before timestamptz) returns setof uuid
language sql stable set search_path = '' as $$
  select m.id from public.members as m
  where m.org_id = org and m.erased_at is null and m.merged_into is null and m.enrolled_at < before
    and not exists (
      select 1 from public.visits as v where v.org_id = org and v.member_id = m.id and v.occurred_at >= before
    ) and not exists (
      select 1 from public.enrolments as e left join public.received as r on r.org_id = org and r.id = e.id
      where e.org_id = org and e.member_id = m.id and greatest(e.occurred_at, r.received_at) >= before
    ) and not exists (
      select 1 from public.consents as c where c.org_id = org and c.member_id = m.id and c.occurred_at >= before
    ) and not exists (
      select 1 from public.redemptions as r where r.org_id = org and r.member_id = m.id and r.occurred_at >= before
    ) and not exists (
      select 1 from public.point_entries as p
      where p.org_id = org and p.member_id = m.id and p.reason = 'correction' and p.created_at >= before
    )
  order by m.enrolled_at, m.id
$$;
revoke execute on function private.members_to_forget(uuid, timestamptz) from public;

-- Empties the person out of every row and leaves ids and counts, whoever was merged into them too. Under the lock of
-- private.lock_members; erased_by is null where nobody did it but the shop's rule. False where there was nobody left to erase.
create function private.erase(org uuid, member uuid, erased_by uuid) returns boolean
language plpgsql volatile set search_path = '' as $$
declare
  whose uuid := private.living_member(org, member);
  erased uuid[] := array(select private.rows_of_member(org, whose));
begin
  if whose is null then
    return false;
  end if;
  perform private.empty_quarantine_of(org, m.phone) from public.members as m where m.org_id = org and m.id = any (erased);
  update public.members as m set
    phone = null, first_name = null, email = null, birthday_month = null, birthday_day = null, locale = null,
    erased_at = clock_timestamp(), erased_by = erase.erased_by
  where m.org_id = org and m.id = any (erased);
  update public.enrolments as e set
    first_name = null, email = null, birthday_month = null, birthday_day = null, locale = null, referral_code = null
  where e.org_id = org and e.member_id = whose;
  update public.point_entries as p set note = null
  where p.org_id = org and p.member_id = any (erased) and p.note is not null;
  delete from private.due_members as d where d.org_id = org and d.member_id = whose;
  -- Tablets are told to forget the entries; without its key nobody can make one again but who types the number. One number
  -- each in the order of its own: rows of one statement would all be given the same.
  perform private.forget_entry(org, d.lookup) from private.directory_entries as d where d.org_id = org and d.member_id = any (erased);
  return true;
end
$$;
revoke execute on function private.erase(uuid, uuid, uuid) from public;

-- As before, by private.erase. Outcomes: erased (also when they were before), unknown_member, forbidden.
create or replace function public.erase_member(org uuid, member uuid) returns jsonb
language plpgsql security definer set search_path = '' as $$
begin
  if not private.has_role(org, 'owner', 'manager') then
    return jsonb_build_object('outcome', 'forbidden');
  end if;
  perform private.lock_members(org);
  if not private.erase(org, member, (select auth.uid()))
    and not exists (select 1 from public.members where org_id = org and id = member) then
    return jsonb_build_object('outcome', 'unknown_member');
  end if;
  return jsonb_build_object('outcome', 'erased');
end
$$;

-- Words that were said before, wherever they are kept without a member.
create function private.forget_words(org uuid, before timestamptz) returns void
language plpgsql volatile set search_path = '' as $$
begin
  update public.answers as a set comment = private.emptied_comment()
  where a.org_id = org and (a.occurred_at, a.id) in (
    select old.occurred_at, old.id from public.answers as old
    where old.org_id = org and old.occurred_at < before and old.comment <> '…' limit 2000
  );
  -- What could not be taken stays settled, so that no copy of it is taken later.
  update public.quarantine as q set record = (q.record::jsonb - 'body')::text, resolved_at = coalesce(q.resolved_at, now())
  where q.org_id = org and q.id in (
    select old.id from public.quarantine as old
    where old.org_id = org and old.received_at < before
      and case when jsonb_typeof(old.record::jsonb) = 'object' then old.record::jsonb ? 'body' end
    limit 2000
  );
  if to_regclass('public.cases') is not null then
    update public.cases as c set text = null, phone = null, first_name = null
    where c.org_id = org and c.occurred_at < before and num_nonnulls(c.text, c.phone, c.first_name) > 0;
    update public.case_events as e set note = null
    where e.org_id = org and e.at < before and e.note is not null;
  end if;
  -- Numbers that nobody enrolled with: their visits stay nobody's.
  delete from private.waiting_records as w where w.org_id = org and w.occurred_at < before;
end
$$;
revoke execute on function private.forget_words(uuid, timestamptz) from public;

-- Forgets what the shop keeps no longer, at most 200 members a call, the longest known first: whoever calls again goes on.
-- Returns how many it was.
create function private.forget_old(org uuid, as_of timestamptz default now()) returns integer
language plpgsql volatile set search_path = '' as $$
declare
  before timestamptz := as_of - make_interval(months => private.retention_months(org));
  member uuid;
  forgotten integer := 0;
begin
  if before is null then
    return 0;
  end if;
  perform private.lock_members(org);
  for member in select id from private.members_to_forget(org, before) as due (id) limit 200 loop
    perform private.erase(org, member, null);
    forgotten := forgotten + 1;
  end loop;
  perform private.forget_words(org, before);
  return forgotten;
end
$$;
revoke execute on function private.forget_old(uuid, timestamptz) from public;

-- months is 1 to 120, or null to keep everybody. Outcomes: saved, bad_months, forbidden.
create function public.set_retention(org uuid, months integer) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
begin
  if not private.has_role(org, 'owner') then
    return jsonb_build_object('outcome', 'forbidden');
  end if;
  if months not between 1 and 120 then
    return jsonb_build_object('outcome', 'bad_months');
  end if;
  perform private.lock_members(org);
  if months is distinct from private.retention_months(org) then
    insert into public.retention_versions (org_id, months, created_by)
    select org, set_retention.months, users.email from auth.users where users.id = (select auth.uid());
  end if;
  return jsonb_build_object('outcome', 'saved');
end
$$;
revoke execute on function public.set_retention(uuid, integer) from public, anon, authenticated;
grant execute on function public.set_retention(uuid, integer) to authenticated;

-- What holds, since when and by whom; and how many members `months` would forget at once, where it is given. Outcomes: ok,
-- forbidden.
create function public.report_retention(org uuid, months integer default null) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
begin
  if not private.has_role(org, 'owner', 'manager') then
    return jsonb_build_object('outcome', 'forbidden');
  end if;
  return jsonb_build_object('outcome', 'ok', 'months', null, 'changed_at', null, 'changed_by', null,
    'due', (
      select count(*) from private.members_to_forget(org, now() - make_interval(months => report_retention.months))
      where report_retention.months between 1 and 120
    )
  ) || coalesce((
    select jsonb_build_object('months', v.months, 'changed_at', v.valid_from, 'changed_by', v.created_by)
    from public.retention_versions as v where v.org_id = org order by v.valid_from desc limit 1
  ), '{}');
end
$$;
revoke execute on function public.report_retention(uuid, integer) from public, anon, authenticated;
grant execute on function public.report_retention(uuid, integer) to authenticated;
