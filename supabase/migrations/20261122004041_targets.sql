-- What a shop wants a question's figure to be: everywhere, or at one place.

create table public.targets (
  org_id uuid not null references public.organizations (id) on delete cascade,
  id uuid not null default gen_random_uuid(),
  question text not null,
  location_id uuid,
  target smallint not null constraint targets_on_a_scale check (target between -100 and 100),
  set_at timestamptz not null default clock_timestamp(),
  set_by text not null,
  primary key (org_id, id),
  constraint targets_one_a_place unique nulls not distinct (org_id, question, location_id),
  foreign key (org_id, location_id) references public.locations (org_id, id)
);
comment on column public.targets.location_id is 'Null holds for the shop as a whole and for every place without one of its own.';
comment on column public.targets.target is 'In percent for a share, in points for the NPS.';
comment on column public.targets.set_by is 'E-mail address of who set it, as it was then.';

alter table public.targets enable row level security;
create policy "team members read their targets" on public.targets
  for select to authenticated using (org_id in (select private.member_organizations()));
revoke all on public.targets from anon, authenticated;
grant select on public.targets to authenticated;

-- target null takes it away. Outcomes: saved, bad_question, bad_target, unknown_location, forbidden.
create function public.set_target(org uuid, question text, location uuid, target integer) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  type text := private.score_type(org, question);
begin
  if not private.has_role(org, 'owner', 'manager') then
    return jsonb_build_object('outcome', 'forbidden');
  end if;
  if type is null then
    return jsonb_build_object('outcome', 'bad_question');
  end if;
  if target not between (case type when 'nps' then -100 else 1 end) and 100 then
    return jsonb_build_object('outcome', 'bad_target');
  end if;
  if location is not null and not exists (
    select 1 from public.locations as l where l.org_id = org and l.id = location
  ) then
    return jsonb_build_object('outcome', 'unknown_location');
  end if;
  if target is null then
    delete from public.targets as t
    where t.org_id = org and t.question = set_target.question and t.location_id is not distinct from location;
    return jsonb_build_object('outcome', 'saved');
  end if;
  insert into public.targets (org_id, question, location_id, target, set_by)
  values (org, set_target.question, location, set_target.target, private.own_email())
  on conflict on constraint targets_one_a_place do update
    set target = excluded.target, set_at = excluded.set_at, set_by = excluded.set_by;
  return jsonb_build_object('outcome', 'saved');
end
$$;
revoke execute on function public.set_target(uuid, text, uuid, integer) from public, anon, authenticated;
grant execute on function public.set_target(uuid, text, uuid, integer) to authenticated;
