-- What a programme may say beside what visits give: referral, tiers, expiry and the budget without the network.
begin;
\ir fixtures/two-shops.psql
\ir fixtures/members.psql
select plan(18);

create function tests.tier(from_points numeric, name text default 'Gold') returns jsonb language sql as $$
  select jsonb_build_object('name', jsonb_build_object('en', name, 'ru', name, 'bg', name), 'from', from_points)
$$;
grant execute on all functions in schema tests to anon, authenticated;

select tests.become('owner');
select is(public.set_programme(tests.bakery(), programme) ->> 'outcome', 'bad_programme', format('%s is no programme', description))
from (values
  ('5', 'a bare number'), ('"ten"', 'a word'),
  (tests.programme('{"referral_points": -1}'), 'an invitation that costs'), (tests.programme('{"referral_points": "ten"}'), 'an invitation for ten in words'),
  (tests.programme('{"expiry_months": 0}'), 'expiry at once'), (tests.programme('{"expiry_months": 121}'), 'expiry after more than ten years'),
  (tests.programme('{"expiry_months": 1.5}'), 'expiry in the middle of a month'),
  (tests.programme('{"offline_budget": {"member": 100}}'), 'a budget for members alone'), (tests.programme('{"offline_budget": {"member": -1, "tablet": 5}}'), 'a budget below nothing'),
  (tests.programme('{"tiers": {}}'), 'one tier that is no list'),
  (tests.programme(jsonb_build_object('tiers', jsonb_build_array(tests.tier(0)))), 'a tier from nothing on'),
  (tests.programme(jsonb_build_object('tiers', jsonb_build_array(tests.tier(100), tests.tier(100, 'Platinum')))), 'two tiers from the same points on'),
  (tests.programme(jsonb_build_object('tiers', jsonb_build_array(tests.tier(100, ' ')))), 'a tier without a name'),
  (tests.programme(jsonb_build_object('tiers', jsonb_build_array(jsonb_build_object('name', '{"en": "Gold"}'::jsonb, 'from', 100)))), 'a tier with a name in one language'),
  (tests.programme(jsonb_build_object('tiers', (select jsonb_agg(tests.tier(n)) from generate_series(1, 6) as n))), 'six tiers')
) as programmes (programme, description);
select is(public.set_programme(tests.bakery(), tests.programme(jsonb_build_object('referral_points', 25, 'expiry_months', 12,
  'offline_budget', '{"member": 200, "tablet": 1000}'::jsonb, 'tiers', jsonb_build_array(tests.tier(100, ' Silver '), tests.tier(500))))) ->> 'outcome',
  'saved', 'all of it is saved');
select is(
  (select jsonb_object_agg(key, value) from jsonb_each(public.report_programme(tests.bakery()) -> 'programme')
   where key in ('referral_points', 'expiry_months', 'offline_budget', 'tiers')),
  jsonb_build_object('referral_points', 25, 'expiry_months', 12, 'offline_budget', '{"member": 200, "tablet": 1000}'::jsonb,
    'tiers', jsonb_build_array(tests.tier(100, 'Silver'), tests.tier(500))), 'as it was told');
select is(public.set_programme(tests.bakery(), (tests.programme()::jsonb - array['referral_points', 'tiers', 'expiry_months', 'offline_budget'])::text) ->> 'outcome', 'saved', 'and an older page''s programme, which says nothing of it');

select * from finish();
rollback;
