-- What the owner offers for points, by actor: who changes it, who reads it, what tablets are told of it.
begin;
\ir fixtures/two-shops.psql
\ir fixtures/members.psql
select plan(76);

create function tests.florist() returns uuid language sql as $$ select '20000000-0000-4000-8000-000000000000'::uuid $$;
create function tests.reward(change jsonb default '{}') returns text language sql as $$
  select ('{"name": {"en": "Coffee", "ru": "Кофе", "bg": "Кафе"}, "cost": 100, "stock": null, "from": null, "until": null, "picture": null}'::jsonb || change)::text
$$;
create function tests.picture(kind text default 'webp') returns text language sql as $$ select format('data:image/%s;base64,UklGRg==', kind) $$;
create table tests.kept (coffee uuid, cake uuid);
insert into tests.kept values (null, null);
grant select, update on tests.kept to anon, authenticated;
-- The reward as tablets are told of it, without its id.
create function tests.offered() returns jsonb language sql security definer as $$
  select jsonb_agg(offered - 'id' order by place)
  from jsonb_array_elements(private.offered_rewards(tests.bakery())) with ordinality as listed (offered, place)
$$;
create function tests.versions() returns integer language sql security definer as $$
  select count(*)::integer from public.reward_versions
$$;
create function tests.redeem(n integer, reward uuid, at timestamptz, cost integer, flags text[] default '{}', member uuid default null) returns void
language sql security definer as $$
  insert into public.redemptions (org_id, id, occurred_at, clock, local_at, tablet_id, location_id, staff_id, reward_id, cost, checked, member_id, flags)
  values (tests.bakery(), tests.id(n), at, 'server', at at time zone 'Europe/Sofia', '12000000-0000-4000-8000-000000000001',
    '11000000-0000-4000-8000-000000000001', null, redeem.reward, redeem.cost, true, redeem.member, redeem.flags)
$$;
-- What the functions say to somebody, of which nothing stays.
create function tests.said_to(actor text) returns text language plpgsql as $$
declare
  said text;
begin
  begin
    perform tests.become(actor);
    said := concat_ws(' ',
      public.set_reward(tests.bakery(), null, tests.reward(), null) ->> 'outcome',
      public.set_reward(tests.bakery(), (select coffee from tests.kept), tests.reward('{"cost": 90}'), null) ->> 'outcome',
      public.set_reward(tests.bakery(), (select coffee from tests.kept), null, null) ->> 'outcome');
    said := concat_ws(' ', said,
      jsonb_array_length(public.report_rewards(tests.bakery())),
      public.report_redemptions(tests.bakery()) ->> 'total',
      public.report_redemptions(tests.bakery()) #>> '{redemptions,0,first_name}');
    raise exception using errcode = 'P0099';
  exception when sqlstate 'P0099' then
    perform tests.become('database owner');
    return said;
  end;
end
$$;
grant execute on all functions in schema tests to anon, authenticated;

insert into public.programme_versions (org_id, valid_from, programme, created_by)
values (tests.bakery(), '2026-01-01Z', tests.programme()::jsonb, tests.bakery());
select tests.become('anonymous');
select tests.send(jsonb_build_array(tests.enrolment(1, '+359881234567', '2026-03-10 08:00Z')));
select tests.become('owner');
update tests.kept set coffee = (public.set_reward(tests.bakery(), null, tests.reward(), tests.picture()) ->> 'reward')::uuid;
update tests.kept set cake = (public.set_reward(tests.bakery(), null, tests.reward('{"cost": 50, "stock": 3, "from": "2026-03-01", "until": "2026-12-31"}'), null) ->> 'reward')::uuid;
select tests.become('database owner');
select tests.redeem(11, coffee, '2026-03-11 08:00Z', 100, '{over_budget}', tests.member('+359881234567')) from tests.kept;
savepoint stocked;

-- Who may
select is(tests.said_to(actor), said, format('the %s: %s', actor, said))
from (values
  ('owner', 'saved saved saved 3 1 Анна'),
  ('manager', 'saved saved saved 3 1 Анна'),
  ('analyst', 'forbidden forbidden forbidden 2 1'),
  ('other owner', 'forbidden forbidden forbidden 0 0'),
  ('stranger', 'forbidden forbidden forbidden 0 0')
) as actors (actor, said);
select tests.become('anonymous');
select throws_ok(call, '42501', null, format('anonymous may not call %s', call))
from unnest(array[
  'select public.set_reward(tests.bakery(), null, tests.reward(), null)', 'select public.report_rewards(tests.bakery())',
  'select public.report_redemptions(tests.bakery())'
]) as call;
select tests.become('other owner');
select is(public.set_reward(tests.florist(), coffee, tests.reward(), null), '{"outcome": "unknown_reward"}'::jsonb, 'nobody changes a reward of another shop through their own') from tests.kept;
select is(public.set_reward(tests.florist(), coffee, null, null), '{"outcome": "unknown_reward"}'::jsonb, 'or withdraws it') from tests.kept;
select is(
  public.set_reward(tests.florist(), null, tests.reward(jsonb_build_object('picture', private_sha256)), null),
  '{"outcome": "bad_picture"}'::jsonb, 'or offers another shop''s picture')
from encode(sha256(convert_to(tests.picture(), 'UTF8')), 'hex') as private_sha256;
select is(public.report_redemptions(tests.florist(), coffee) ->> 'total', '0', 'or reads what was given for it') from tests.kept;

-- What is a reward
select tests.become('owner');
select is(public.set_reward(tests.bakery(), null, definition, null) ->> 'outcome', 'bad_reward', format('%s is no reward', description))
from (values
  (null, 'nothing'), ('', 'an empty text'), ('null', 'null'), ('5', 'a number'), ('[]', 'a list'), ('{}', 'an empty one'), (repeat('[', 100000), 'a list 100,000 deep'),
  (tests.reward('{"name": {"en": "Coffee", "ru": "Кофе"}}'), 'one without a Bulgarian name'),
  (tests.reward('{"name": {"en": "Coffee", "ru": "Кофе", "bg": "  "}}'), 'one with a blank name'),
  (tests.reward(jsonb_build_object('name', jsonb_build_object('en', repeat('x', 61), 'ru', 'x', 'bg', 'x'))), 'one with a name of 61 characters'),
  (tests.reward('{"cost": 0}'), 'one for nothing'), (tests.reward('{"cost": 1.5}'), 'half a point'), (tests.reward('{"cost": 1000001}'), 'more than a million'),
  (tests.reward('{"cost": "100"}'), 'a cost in quotes'), (tests.reward('{"stock": -1}'), 'less than none'), (tests.reward('{"stock": "many"}'), 'many'),
  (tests.reward('{"from": "2026-02-30"}'), 'a day that never was'), (tests.reward('{"until": "tomorrow"}'), 'tomorrow'), (tests.reward('{"until": 5}'), 'a number for a day'),
  (tests.reward('{"from": "2026-03-02", "until": "2026-03-01"}'), 'one that ends before it begins')
) as rewards (definition, description);
select is(public.set_reward(tests.bakery(), tests.bakery(), tests.reward(), null), '{"outcome": "unknown_reward"}'::jsonb, 'nobody changes what there never was');
select is(public.set_reward(tests.bakery(), null, tests.reward('{"name": {"en": " Tea ", "ru": "Чай", "bg": "Чай", "fr": "Thé"}, "more": true, "cost": 200, "until": "2026-03-01", "from": "2026-03-01"}'), null) ->> 'outcome', 'saved', 'a good one is saved');
select is(tests.offered() -> 2, '{"name": {"en": "Tea", "ru": "Чай", "bg": "Чай"}, "cost": 200, "from": "2026-03-01", "until": "2026-03-01", "picture": null, "left": null}'::jsonb, 'without what nobody knows');
rollback to stocked;

-- Pictures
select tests.become('owner');
select is(public.set_reward(tests.bakery(), coffee, tests.reward(), picture) ->> 'outcome', 'bad_picture', format('%s is no picture', description))
from tests.kept, (values
  ('', 'nothing'), ('https://example.test/cat.webp', 'an address'), ('data:text/html;base64,UklGRg==', 'a page'), ('data:image/svg+xml;base64,UklGRg==', 'a drawing that may run scripts'),
  ('data:image/webp;base64,UklG"Rg==', 'one with a quote in it'), ('data:image/webp;base64,' || repeat('A', 150000), 'a large one')
) as pictures (picture, description);
select is(public.set_reward(tests.bakery(), coffee, tests.reward('{"picture": "cat"}'), null) ->> 'outcome', 'bad_picture', 'nor is a name that nobody kept one under') from tests.kept;
select is(public.set_reward(tests.bakery(), coffee, tests.reward(), tests.picture('png')) ->> 'outcome', 'saved', 'a new picture takes the place of the one before') from tests.kept;
select is(tests.offered() #>> '{1,picture}', encode(sha256(convert_to(tests.picture('png'), 'UTF8')), 'hex'), 'under its own hash');
select is(public.set_reward(tests.bakery(), coffee, tests.reward(jsonb_build_object('picture', tests.offered() #>> '{1,picture}', 'cost', 80)), null) ->> 'outcome', 'saved', 'the hash keeps it') from tests.kept;
select is((select count(*)::integer from public.reward_pictures), 2, 'pictures of earlier versions stay');
select tests.become('anonymous');
select is(public.reward_picture('13000000-0000-4000-8000-000000000001', repeat('a', 64), tests.offered() #>> '{1,picture}'), jsonb_build_object('outcome', 'ok', 'picture', tests.picture('png')), 'a tablet asks for it by that hash');
select is(public.reward_picture('13000000-0000-4000-8000-000000000001', repeat('a', 64), repeat('0', 64)), '{"outcome": "unknown"}'::jsonb, 'there is no other');
select is(public.reward_picture('13000000-0000-4000-8000-000000000001', repeat('a', 64), null), '{"outcome": "unknown"}'::jsonb, 'or nameless one');
select is(public.reward_picture('23000000-0000-4000-8000-000000000001', repeat('c', 64), tests.offered() #>> '{1,picture}'), '{"outcome": "unknown"}'::jsonb, 'another shop''s tablet gets none');
select is(public.reward_picture('13000000-0000-4000-8000-000000000001', repeat('b', 64), tests.offered() #>> '{1,picture}'), '{"outcome": "unknown_pairing"}'::jsonb, 'nor does whoever has no secret');
select tests.become('owner');
select public.revoke_pairing(tests.bakery(), '13000000-0000-4000-8000-000000000001');
select tests.become('anonymous');
select is(public.reward_picture('13000000-0000-4000-8000-000000000001', repeat('a', 64), tests.offered() #>> '{1,picture}'), '{"outcome": "revoked"}'::jsonb, 'nor a tablet that was revoked');
select tests.become('database owner');
insert into private.call_counts select 'reward_picture:13000000-0000-4000-8000-000000000002', now(), 100000;
select tests.become('anonymous');
select is(public.reward_picture('13000000-0000-4000-8000-000000000002', repeat('b', 64), 'x') ->> 'outcome', 'throttled', 'nor one that asks all the time');
rollback to stocked;

-- Versions
select tests.become('owner');
select is(public.set_reward(tests.bakery(), cake, tests.reward('{"cost": 50, "stock": 3, "from": "2026-03-01", "until": "2026-12-31"}'), null), jsonb_build_object('outcome', 'saved', 'reward', cake), 'the same again is saved') from tests.kept;
select is(tests.versions(), 2, 'and makes no version');
select tests.become('database owner');
select tests.redeem(12, cake, now() + interval '1 minute', 50), tests.redeem(13, coffee, now() + interval '1 minute', 100) from tests.kept;
select tests.become('owner');
select is(tests.offered() #>> '{0,left}', '2', 'what was given is no longer left');
select is(public.set_reward(tests.bakery(), cake, tests.reward('{"cost": 50, "stock": 2, "from": "2026-03-01", "until": "2026-12-31"}'), null) ->> 'outcome', 'saved', 'a stock that was counted and found so') from tests.kept;
select is(tests.versions(), 2, 'makes no version either');
select is(public.set_reward(tests.bakery(), cake, (tests.reward('{"cost": 60}')::jsonb - 'stock')::text, null) ->> 'outcome', 'saved', 'a change that says nothing of the stock') from tests.kept;
select is(reward, tests.reward('{"cost": 60, "stock": 2}')::jsonb, 'keeps what is left') from public.reward_versions, tests.kept where reward_id = cake order by valid_from desc limit 1;
select throws_ok('update public.reward_versions set reward = null', '42501', null, 'the owner changes no version by hand');
select tests.become('database owner');
select throws_ok('update public.reward_versions set reward = null', '23001', null, 'nobody does');
select tests.become('owner');
select is(public.set_reward(tests.bakery(), coffee, null, null), jsonb_build_object('outcome', 'saved', 'reward', coffee), 'a reward is withdrawn') from tests.kept;
select is(jsonb_array_length(tests.offered()), 1, 'tablets are no longer told of it');
select is(public.set_reward(tests.bakery(), coffee, null, null) ->> 'outcome', 'saved', 'twice is once') from tests.kept;
select is(tests.versions(), 4, 'in one version');
select is(public.report_rewards(tests.bakery()) -> 1, jsonb_build_object(
  'reward', coffee, 'withdrawn', true, 'name', '{"en": "Coffee", "ru": "Кофе", "bg": "Кафе"}'::jsonb, 'cost', 100, 'from', null, 'until', null,
  'picture', encode(sha256(convert_to(tests.picture(), 'UTF8')), 'hex'), 'left', null, 'redeemed', 2, 'points', 200, 'flagged', 1,
  'since', (select max(valid_from) from public.reward_versions where reward_id = coffee)), 'the report tells what it was, and comes to it last') from tests.kept;
select is(public.set_reward(tests.bakery(), coffee, tests.reward('{"stock": 5}'), null) ->> 'outcome', 'saved', 'it is offered again') from tests.kept;
select is(report #> '{1,left}', '4'::jsonb, 'with a stock of its own, of which one goes a minute later') from public.report_rewards(tests.bakery()) as report;

-- What was given
select is(
  (select string_agg(concat_ws(' ', redemption #>> '{name,en}', redemption ->> 'cost', redemption ->> 'first_name', redemption #>> '{flags,0}'), ', ' order by place)
   from jsonb_array_elements(public.report_redemptions(tests.bakery()) -> 'redemptions') with ordinality as listed (redemption, place)),
  'Coffee 100, Coffee 50, Coffee 100 Анна over_budget', 'everything that was given, the newest first');
select is(public.report_redemptions(tests.bakery(), flagged_only => true) #>> '{redemptions,0,id}', tests.id(11)::text, 'what needs a look');
select is(public.report_redemptions(tests.bakery(), cake) ->> 'total', '1', 'one reward alone') from tests.kept;
select is(first_page ->> 'total' || ' ' || (second_page #>> '{redemptions,0,id}'), '3 ' || tests.id(11)::text, 'a page leads to the next')
from public.report_redemptions(tests.bakery(), page => 2) as first_page, public.report_redemptions(tests.bakery(), page => 2, after => first_page ->> 'next') as second_page;
select is(public.report_redemptions(tests.bakery(), page => 3) -> 'next', 'null'::jsonb, 'the last to none');
select is(public.report_redemptions(tests.bakery(), after => 'the middle') ->> 'total', '3', 'a place that is none is the beginning');
select tests.become('database owner');
select tests.redeem(14, tests.bakery(), now(), 5, '{not_offered}');
select tests.become('owner');
select is(public.report_redemptions(tests.bakery(), tests.bakery()) #> '{redemptions,0,name}', 'null'::jsonb, 'what the shop never offered has no name');

select * from finish();
rollback;
