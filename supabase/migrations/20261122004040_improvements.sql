-- What the shop changed, on what day, and which question it should move: so that before can be compared with after.

create table public.improvements (
  org_id uuid not null references public.organizations (id) on delete cascade,
  id uuid not null default gen_random_uuid(),
  name text not null constraint improvements_name_length check (char_length(name) between 1 and 120),
  happened_on date not null,
  ended_on date constraint improvements_end_after_they_happen check (ended_on > happened_on),
  question text not null,
  location_id uuid,
  hoped_change smallint not null constraint improvements_hoped_change_sane check (hoped_change between 1 and 100),
  note text constraint improvements_note_length check (char_length(note) between 1 and 1000),
  created_at timestamptz not null default clock_timestamp(),
  created_by text not null,
  removed_at timestamptz,
  removed_by text,
  primary key (org_id, id),
  foreign key (org_id, location_id) references public.locations (org_id, id),
  constraint improvements_are_removed_by_somebody check (num_nonnulls(removed_at, removed_by) in (0, 2))
);
comment on column public.improvements.happened_on is 'Local date of the place. Neither this day nor ended_on is compared.';
comment on column public.improvements.location_id is 'Where; null is everywhere.';
comment on column public.improvements.hoped_change is
  'Rise hoped for, in points of percent or of the NPS: it decides how many answers are enough for a verdict.';
comment on column public.improvements.created_by is 'E-mail address of who noted it, as it was then; likewise removed_by.';
comment on column public.improvements.removed_at is 'What was removed stays, for somebody may have acted on it; no page shows it.';

alter table public.improvements enable row level security;
create policy "team members read their improvements" on public.improvements
  for select to authenticated using (org_id in (select private.member_organizations()));
revoke all on public.improvements from anon, authenticated;
grant select on public.improvements to authenticated;

-- Whether a shop ever asked a question that takes a score, and which kind; null when it did not.
create function private.score_type(org uuid, question text) returns text
language sql stable set search_path = '' as $$
  select asked ->> 'type'
  from public.survey_versions, jsonb_array_elements(definition -> 'questions') as asked
  where org_id = org and asked ->> 'key' = question and asked ->> 'type' in ('csat', 'nps', 'expectation')
  order by created_at desc, number desc
  limit 1
$$;
revoke execute on function private.score_type(uuid, text) from public;

-- Notes an improvement (improvement is null) or corrects one. location null: everywhere. Outcomes: saved (with its id),
-- bad_name, bad_date, bad_end, bad_question, bad_hope, bad_note, unknown_location, unknown_improvement, forbidden.
create function public.save_improvement(
  org uuid, improvement uuid, name text, happened_on date, question text, hoped_change integer,
  location uuid default null, note text default null, ended_on date default null
) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  target uuid := coalesce(improvement, gen_random_uuid());
  told_name text := btrim(coalesce(name, ''));
  told_note text := nullif(btrim(coalesce(note, '')), '');
begin
  if not private.has_role(org, 'owner', 'manager') then
    return jsonb_build_object('outcome', 'forbidden');
  end if;
  if char_length(told_name) not between 1 and 120 then
    return jsonb_build_object('outcome', 'bad_name');
  end if;
  -- What is planned may be noted ahead, but not for another century.
  if happened_on is null or happened_on not between '2000-01-01' and current_date + 366 then
    return jsonb_build_object('outcome', 'bad_date');
  end if;
  if ended_on <= happened_on or ended_on > happened_on + 36600 then
    return jsonb_build_object('outcome', 'bad_end');
  end if;
  if private.score_type(org, question) is null then
    return jsonb_build_object('outcome', 'bad_question');
  end if;
  if coalesce(hoped_change, 0) not between 1 and 100 then
    return jsonb_build_object('outcome', 'bad_hope');
  end if;
  if char_length(told_note) > 1000 then
    return jsonb_build_object('outcome', 'bad_note');
  end if;
  if location is not null and not exists (
    select 1 from public.locations as l where l.org_id = org and l.id = location
  ) then
    return jsonb_build_object('outcome', 'unknown_location');
  end if;
  if improvement is null then
    insert into public.improvements (org_id, id, name, happened_on, ended_on, question, location_id, hoped_change, note, created_by)
    values (org, target, told_name, save_improvement.happened_on, save_improvement.ended_on, save_improvement.question, location,
      save_improvement.hoped_change, told_note, private.own_email());
    return jsonb_build_object('outcome', 'saved', 'improvement', target);
  end if;
  update public.improvements as i set
    name = told_name, happened_on = save_improvement.happened_on, ended_on = save_improvement.ended_on,
    question = save_improvement.question, location_id = location, hoped_change = save_improvement.hoped_change, note = told_note
  where i.org_id = org and i.id = target and i.removed_at is null;
  if not found then
    return jsonb_build_object('outcome', 'unknown_improvement');
  end if;
  return jsonb_build_object('outcome', 'saved', 'improvement', target);
end
$$;
revoke execute on function public.save_improvement(uuid, uuid, text, date, text, integer, uuid, text, date)
  from public, anon, authenticated;
grant execute on function public.save_improvement(uuid, uuid, text, date, text, integer, uuid, text, date) to authenticated;

-- Outcomes: removed, unknown_improvement, forbidden.
create function public.remove_improvement(org uuid, improvement uuid) returns jsonb
language plpgsql security definer set search_path = '' as $$
begin
  if not private.has_role(org, 'owner', 'manager') then
    return jsonb_build_object('outcome', 'forbidden');
  end if;
  update public.improvements as i set removed_at = clock_timestamp(), removed_by = private.own_email()
  where i.org_id = org and i.id = improvement and i.removed_at is null;
  if not found then
    return jsonb_build_object('outcome', 'unknown_improvement');
  end if;
  return jsonb_build_object('outcome', 'removed');
end
$$;
revoke execute on function public.remove_improvement(uuid, uuid) from public, anon, authenticated;
grant execute on function public.remove_improvement(uuid, uuid) to authenticated;
