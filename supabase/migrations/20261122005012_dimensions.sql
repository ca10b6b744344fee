-- What the shop tells its tablets apart by: which till, which product group, which service. A tablet's value holds from a day on, so
-- that what was counted before stays where it was.

create table public.dimensions (
  org_id uuid not null references public.organizations (id) on delete cascade,
  id uuid not null default gen_random_uuid(),
  name text not null constraint dimensions_name_length check (char_length(name) between 1 and 60),
  created_at timestamptz not null default clock_timestamp(),
  created_by text not null,
  removed_at timestamptz,
  removed_by text,
  primary key (org_id, id),
  constraint dimensions_are_removed_by_somebody check (num_nonnulls(removed_at, removed_by) in (0, 2))
);
create unique index dimensions_have_names on public.dimensions (org_id, lower(name)) where removed_at is null;
comment on column public.dimensions.created_by is 'E-mail address of who named it, as it was then; likewise removed_by.';

create table public.dimension_values (
  org_id uuid not null,
  dimension_id uuid not null,
  id uuid not null default gen_random_uuid(),
  name text not null constraint dimension_values_name_length check (char_length(name) between 1 and 60),
  position smallint not null,
  removed_at timestamptz,
  primary key (org_id, dimension_id, id),
  foreign key (org_id, dimension_id) references public.dimensions (org_id, id) on delete cascade
);
comment on column public.dimension_values.removed_at is 'Nothing new is put under it; what was stays there.';

create table public.tablet_values (
  org_id uuid not null,
  tablet_id uuid not null,
  dimension_id uuid not null,
  since date not null,
  value_id uuid,
  set_at timestamptz not null default clock_timestamp(),
  set_by text not null,
  primary key (org_id, dimension_id, tablet_id, since),
  foreign key (org_id, tablet_id) references public.tablets (org_id, id) on delete cascade,
  foreign key (org_id, dimension_id, value_id) references public.dimension_values (org_id, dimension_id, id) on delete cascade
);
comment on table public.tablet_values is 'What a tablet stands for from a local day on, until its next row.';
comment on column public.tablet_values.value_id is 'Null: for nothing of this dimension.';
comment on column public.tablet_values.set_by is 'E-mail address of who said so, as it was then.';

alter table public.dimensions enable row level security;
alter table public.dimension_values enable row level security;
alter table public.tablet_values enable row level security;
create policy "team members read their dimensions" on public.dimensions
  for select to authenticated using (org_id in (select private.member_organizations()));
create policy "team members read what their dimensions may be" on public.dimension_values
  for select to authenticated using (org_id in (select private.member_organizations()));
create policy "team members read what their tablets stand for" on public.tablet_values
  for select to authenticated using (org_id in (select private.member_organizations()));
revoke all on public.dimensions, public.dimension_values, public.tablet_values from anon, authenticated;
grant select on public.dimensions, public.dimension_values, public.tablet_values to authenticated;

-- Names a dimension (dimension is null) or changes one. told is JSON as text, in the order of the page:
-- [{"value": null or the id of one there is, "name": …}, …]; a value that is left out is removed, one that comes back by its name is
-- the one it was. Outcomes: saved (with its id), bad_name, bad_values, name_taken, too_many, unknown_dimension, forbidden.
create function public.save_dimension(org uuid, dimension uuid, name text, told text) returns jsonb
language plpgsql security definer set search_path = '' as $$
#variable_conflict use_column
declare
  target uuid := coalesce(dimension, gen_random_uuid());
  told_name text := btrim(coalesce(save_dimension.name, ''));
  entries jsonb;
begin
  if not private.has_role(org, 'owner', 'manager') then
    return jsonb_build_object('outcome', 'forbidden');
  end if;
  if char_length(told_name) not between 1 and 60 then
    return jsonb_build_object('outcome', 'bad_name');
  end if;
  if octet_length(told) <= 20000 then
    entries := private.parse_json(told);
  end if;
  if jsonb_typeof(entries) is distinct from 'array' then
    return jsonb_build_object('outcome', 'bad_values');
  end if;
  if jsonb_array_length(entries) not between 1 and 40 or exists (
    select 1 from jsonb_array_elements(entries) as entry
    where char_length(btrim(coalesce(entry ->> 'name', ''))) not between 1 and 60
      or not pg_input_is_valid(coalesce(entry ->> 'value', org::text), 'uuid')
  ) or (select count(distinct lower(btrim(entry ->> 'name'))) < count(*) from jsonb_array_elements(entries) as entry) then
    return jsonb_build_object('outcome', 'bad_values');
  end if;
  -- Two people who name the same at once: one after the other.
  perform 1 from public.organizations where id = org for no key update;
  if dimension is not null and not exists (
    select 1 from public.dimensions as d where d.org_id = org and d.id = dimension and d.removed_at is null
  ) then
    return jsonb_build_object('outcome', 'unknown_dimension');
  end if;
  if exists (
    select 1 from public.dimensions as d
    where d.org_id = org and d.removed_at is null and d.id <> target and lower(d.name) = lower(told_name)
  ) then
    return jsonb_build_object('outcome', 'name_taken');
  end if;
  if dimension is null and (select count(*) >= 12 from public.dimensions as d where d.org_id = org and d.removed_at is null) then
    return jsonb_build_object('outcome', 'too_many');
  end if;

  insert into public.dimensions (org_id, id, name, created_by) values (org, target, told_name, private.own_email())
  on conflict (org_id, id) do update set name = excluded.name;
  with given as (
    select row_number() over (order by place) as position, btrim(entry ->> 'name') as name, coalesce(
      (select v.id from public.dimension_values as v where v.org_id = org and v.dimension_id = target and v.id::text = entry ->> 'value'),
      (
        select v.id from public.dimension_values as v
        where v.org_id = org and v.dimension_id = target and v.removed_at is not null and lower(v.name) = lower(btrim(entry ->> 'name'))
        order by v.removed_at desc, v.id limit 1
      ),
      gen_random_uuid()) as id
    from jsonb_array_elements(entries) with ordinality as told_entries (entry, place)
  ), once as (
    select distinct on (given.id) given.id, given.name, given.position from given order by given.id, given.position
  ), kept as (
    insert into public.dimension_values (org_id, dimension_id, id, name, position)
    select org, target, once.id, once.name, once.position from once
    on conflict (org_id, dimension_id, id) do update set name = excluded.name, position = excluded.position, removed_at = null
  )
  update public.dimension_values as v set removed_at = clock_timestamp()
  where v.org_id = org and v.dimension_id = target and v.removed_at is null and v.id not in (select once.id from once);
  return jsonb_build_object('outcome', 'saved', 'dimension', target);
end
$$;
revoke execute on function public.save_dimension(uuid, uuid, text, text) from public, anon, authenticated;
grant execute on function public.save_dimension(uuid, uuid, text, text) to authenticated;

-- What its tablets stood for stays; no page shows it. Outcomes: removed, unknown_dimension, forbidden.
create function public.remove_dimension(org uuid, dimension uuid) returns jsonb
language plpgsql security definer set search_path = '' as $$
begin
  if not private.has_role(org, 'owner', 'manager') then
    return jsonb_build_object('outcome', 'forbidden');
  end if;
  update public.dimensions as d set removed_at = clock_timestamp(), removed_by = private.own_email()
  where d.org_id = org and d.id = dimension and d.removed_at is null;
  return jsonb_build_object('outcome', case when found then 'removed' else 'unknown_dimension' end);
end
$$;
revoke execute on function public.remove_dimension(uuid, uuid) from public, anon, authenticated;
grant execute on function public.remove_dimension(uuid, uuid) to authenticated;

-- value null: nothing of this dimension from that day on, until what is known of a later one. Said again for the same day, the later
-- word counts. 2000-01-01 is as far back as a clock is believed and means ever since: whatever else was said of the tablet was a
-- mistake and goes. Outcomes: saved, bad_date, unknown_tablet, unknown_value, forbidden.
create function public.set_tablet_value(org uuid, tablet uuid, dimension uuid, value uuid, since date) returns jsonb
language plpgsql security definer set search_path = '' as $$
#variable_conflict use_column
begin
  if not private.has_role(org, 'owner', 'manager') then
    return jsonb_build_object('outcome', 'forbidden');
  end if;
  if since is null or since not between '2000-01-01' and current_date + 366 then
    return jsonb_build_object('outcome', 'bad_date');
  end if;
  if not exists (select 1 from public.tablets as t where t.org_id = org and t.id = tablet) then
    return jsonb_build_object('outcome', 'unknown_tablet');
  end if;
  if not exists (
    select 1 from public.dimensions as d where d.org_id = org and d.id = dimension and d.removed_at is null
  ) or value is not null and not exists (
    select 1 from public.dimension_values as v
    where v.org_id = org and v.dimension_id = dimension and v.id = value and v.removed_at is null
  ) then
    return jsonb_build_object('outcome', 'unknown_value');
  end if;
  if set_tablet_value.since = '2000-01-01' then
    delete from public.tablet_values as t where t.org_id = org and t.tablet_id = tablet and t.dimension_id = dimension;
  end if;
  insert into public.tablet_values (org_id, tablet_id, dimension_id, since, value_id, set_by)
  values (org, tablet, dimension, set_tablet_value.since, value, private.own_email())
  on conflict (org_id, dimension_id, tablet_id, since) do update
    set value_id = excluded.value_id, set_at = clock_timestamp(), set_by = excluded.set_by;
  return jsonb_build_object('outcome', 'saved');
end
$$;
revoke execute on function public.set_tablet_value(uuid, uuid, uuid, uuid, date) from public, anon, authenticated;
grant execute on function public.set_tablet_value(uuid, uuid, uuid, uuid, date) to authenticated;

-- What a period of local dates, both ends included, counted for one question, by value of one of the shop's own dimensions and by
-- location; value null: tablets that stood for none. A count is [score, n, n flagged]. Counts of tablets are read
-- once for each stretch of days in which no tablet came to stand for something else.
create function public.report_own_split(org uuid, dimension uuid, from_date date, to_date date, question text) returns jsonb
language plpgsql stable security invoker set search_path = '' set jit = off set plan_cache_mode = force_custom_plan as $$
#variable_conflict use_column
declare
  starts date[] := array(
    select from_date
    union
    select t.since from public.tablet_values as t
    where t.org_id = org and t.dimension_id = report_own_split.dimension and t.since > from_date and t.since <= to_date
    order by 1
  );
begin
  return (
    with stretches as (
      select stretch.first_day, coalesce(lead(stretch.first_day) over (order by stretch.first_day) - 1, to_date) as last_day
      from unnest(starts) as stretch (first_day)
    ), told as (
      select stood.value_id, cell ->> 'location' as location, cell ->> 'type' as type, (count ->> 0)::integer as score,
        sum((count ->> 1)::bigint) as n, sum((count ->> 2)::bigint) as flagged
      from stretches
      cross join lateral jsonb_array_elements(
        public.report_places(org, stretches.first_day, stretches.last_day, report_own_split.question)) as cell
      cross join lateral jsonb_array_elements(cell -> 'counts') as count
      left join lateral (
        select t.value_id from public.tablet_values as t
        where t.org_id = org and t.dimension_id = report_own_split.dimension and t.tablet_id = (cell ->> 'tablet')::uuid
          and t.since <= stretches.first_day
        order by t.since desc limit 1
      ) as stood on true
      group by 1, 2, 3, 4
    )
    select coalesce(jsonb_agg(jsonb_build_object('value', value_id, 'location', location, 'type', type, 'counts', counts)
      order by value_id, location, type), '[]')
    from (
      select value_id, location, type, jsonb_agg(jsonb_build_array(score, n, flagged) order by score) as counts
      from told group by value_id, location, type
    ) as by_value
  );
end
$$;
revoke execute on function public.report_own_split(uuid, uuid, date, date, text) from public, anon, authenticated;
grant execute on function public.report_own_split(uuid, uuid, date, date, text) to authenticated;
