-- A code becomes a pairing once; guessing gets slower.
begin;
\ir fixtures/two-shops.psql
select plan(35);

-- Lets the wait of the caller pass.
create function tests.pass_the_wait() returns void language sql security definer as $$
  update private.pairing_attempts set blocked_until = now() - interval '1 second'
$$;
create function tests.wait_of_a_wrong_code() returns integer language sql as $$
  select public.pair('WRNG-0000', gen_random_uuid(), repeat('e', 64));
  select (public.pair('WRNG-0000', gen_random_uuid(), repeat('e', 64)) ->> 'retry_after_s')::integer
$$;
create function tests.outcome_of_pair(code text, pairing uuid, secret text) returns text language sql as $$
  select public.pair(outcome_of_pair.code, outcome_of_pair.pairing, outcome_of_pair.secret, '1.2.3') ->> 'outcome'
$$;
-- A code with the characters that are misread, and one that is too late.
insert into public.pairing_codes (org_id, id, tablet_id, code_hash, expires_at, created_by)
select '10000000-0000-4000-8000-000000000000', code.id, '12000000-0000-4000-8000-000000000001',
  private.sha256_hex(code.text), code.expires_at, gen_random_uuid()
from (values
  ('16000000-0000-4000-8000-000000000001'::uuid, '01AB1XYZ', now() + interval '15 minutes'),
  ('16000000-0000-4000-8000-000000000002'::uuid, 'EXP1RED0', now()),
  ('16000000-0000-4000-8000-000000000003'::uuid, 'FRESH001', now() + interval '15 minutes')
) as code (id, text, expires_at);
grant execute on all functions in schema tests to anon, authenticated;

select tests.become('anonymous');

select is(public.pair(null, gen_random_uuid(), repeat('e', 64)) ->> 'outcome', 'malformed', 'no code is malformed');
select is(public.pair('01AB-1XYZ', null, repeat('e', 64)) ->> 'outcome', 'malformed', 'no pairing is malformed');
select is(public.pair('01AB-1XYZ', gen_random_uuid(), null) ->> 'outcome', 'malformed', 'no secret is malformed');
select is(public.pair('01AB-1XYZ', gen_random_uuid(), repeat('E', 64)) ->> 'outcome', 'malformed', 'a secret is lower-case hex');
select is(public.pair('01AB-1XYZ', gen_random_uuid(), repeat('e', 63)) ->> 'outcome', 'malformed', 'a secret is 256 bits');
select is(public.pair(repeat('0', 41), gen_random_uuid(), repeat('e', 64)) ->> 'outcome', 'malformed', 'a code is short');
select is(
  public.pair('01AB-1XYZ', gen_random_uuid(), repeat('e', 64), repeat('1', 41)) ->> 'outcome', 'malformed',
  'an app version is short'
);
select is(
  public.pair('01AB-1XYZ', '13000000-0000-4000-8000-000000000002', repeat('e', 64)) ->> 'outcome', 'malformed',
  'another installation''s id cannot be taken over'
);

select is(tests.outcome_of_pair('NQNE-0000', gen_random_uuid(), repeat('e', 64)), 'unknown_code', 'an unknown code is named');
select is(tests.outcome_of_pair('EXP1-RED0', gen_random_uuid(), repeat('e', 64)), 'expired_code', 'an expired code is named');
select is(
  tests.outcome_of_pair(' oiab-lxyz ', '19000000-0000-4000-8000-000000000001', repeat('e', 64)), 'paired',
  'O for 0, I and L for 1, lower case, dashes and blanks all read as the code'
);
select is(
  tests.outcome_of_pair('01AB1XYZ', '19000000-0000-4000-8000-000000000001', repeat('e', 64)), 'paired',
  'the same tablet may ask again: its first answer may have got lost'
);
select is(
  tests.outcome_of_pair('01AB1XYZ', '19000000-0000-4000-8000-000000000001', repeat('f', 64)), 'used_code',
  'a used code is dead for another secret'
);
select is(
  tests.outcome_of_pair('01AB1XYZ', gen_random_uuid(), repeat('e', 64)), 'used_code',
  'a used code is dead for another installation'
);
select is(
  public.pair('01AB1XYZ', '19000000-0000-4000-8000-000000000001', repeat('e', 64)) #> '{settings}'
    #- '{survey,survey}' #- '{organization,accent}',
  '{"organization": {"id": "10000000-0000-4000-8000-000000000000", "name": "Bakery", "default_locale": "en"},
    "location": {"id": "11000000-0000-4000-8000-000000000001", "name": "Sofia", "time_zone": "Europe/Sofia"},
    "tablet": {"id": "12000000-0000-4000-8000-000000000001", "name": "Counter"},
    "survey": {"id": "15000000-0000-4000-8000-000000000000"}, "rescue_key": null, "staff": [], "pulse_months": null, "membership": null}'::jsonb,
  'the tablet learns its shop, its place, its name, its survey and its staff'
);

select tests.become('database owner');
select results_eq(
  $$ select secret_hash, app_version, tablet_id from public.pairings where id = '19000000-0000-4000-8000-000000000001' $$,
  $$ values (private.sha256_hex(repeat('e', 64)), '1.2.3', '12000000-0000-4000-8000-000000000001'::uuid) $$,
  'the secret is kept hashed'
);
select results_eq(
  $$ select used_at is not null, pairing_id from public.pairing_codes where id = '16000000-0000-4000-8000-000000000001' $$,
  $$ values (true, '19000000-0000-4000-8000-000000000001'::uuid) $$, 'the code remembers who used it'
);
select is(
  (select failures from private.pairing_attempts), 2,
  'a fresh code forgave the wrong ones before it; the two tries on the used code count'
);
select is((select count(*)::integer from private.pairing_attempts where bucket ~ '^[0-9a-f]{64}$'), 1, 'no address is kept, only a hash');

select tests.become('anonymous');
select tests.outcome_of_pair('NQNE-0000', gen_random_uuid(), repeat('e', 64)) from generate_series(1, 2);
select is(
  tests.outcome_of_pair('01AB1XYZ', '19000000-0000-4000-8000-000000000001', repeat('e', 64)), 'paired',
  'after four wrong codes a right one still works'
);
select is(
  tests.outcome_of_pair('NQNE-0000', gen_random_uuid(), repeat('e', 64)), 'unknown_code',
  'the fifth wrong code is still answered'
);
select is(
  public.pair('FRESH001', gen_random_uuid(), repeat('e', 64)),
  '{"outcome": "throttled", "retry_after_s": 30}'::jsonb,
  'then nobody is let in for 30 seconds, with a right code either; asking a used code again forgave nothing'
);
select tests.pass_the_wait();
select is(tests.wait_of_a_wrong_code(), 60, 'a sixth wrong code waits 60 seconds');
select tests.pass_the_wait();
select is(tests.wait_of_a_wrong_code(), 120, 'a seventh 120');
select tests.pass_the_wait();
select is(tests.wait_of_a_wrong_code(), 240, 'an eighth 240');
select tests.pass_the_wait();
do $$ begin for i in 1..10 loop perform tests.wait_of_a_wrong_code(); perform tests.pass_the_wait(); end loop; end $$;
select is(tests.wait_of_a_wrong_code(), 3600, 'and never longer than an hour');

select set_config('request.headers', '{"x-forwarded-for": "1.1.1.1, 192.0.2.7"}', true);
select is(
  tests.outcome_of_pair('NQNE-0000', gen_random_uuid(), repeat('e', 64)), 'unknown_code',
  'another address does not wait for this one'
);
select set_config('request.headers', '{"x-forwarded-for": "9.9.9.9, 192.0.2.7"}', true);
select tests.become('database owner');
select is(
  (select failures from private.pairing_attempts where bucket = private.caller_bucket()), 1,
  'what a caller writes before its proxy''s own entry changes nothing'
);
select set_config('request.headers', '', true);
update private.pairing_attempts
set last_failed_at = now() - interval '2 hours', blocked_until = now() - interval '1 hour'
where bucket = private.caller_bucket();
select tests.become('anonymous');
select is(
  tests.outcome_of_pair('NQNE-0000', gen_random_uuid(), repeat('e', 64)), 'unknown_code', 'after an hour of peace'
);
select tests.become('database owner');
select results_eq(
  $$ select failures, blocked_until from private.pairing_attempts where bucket = private.caller_bucket() $$,
  $$ values (1, null::timestamptz) $$, 'the wrong codes are forgotten'
);

select tests.become('anonymous');
select is(
  tests.outcome_of_pair('fresh-ool', '19000000-0000-4000-8000-000000000002', repeat('d', 64)), 'paired',
  'another installation pairs the same tablet with a code of its own'
);
select tests.become('database owner');
select is_empty(
  $$ select 1 from private.pairing_attempts where bucket = private.caller_bucket() $$, 'and the slate is clean'
);
update public.pairings set revoked_at = now() where id = '19000000-0000-4000-8000-000000000002';
select tests.become('anonymous');
select is(
  tests.outcome_of_pair('FRESH001', '19000000-0000-4000-8000-000000000002', repeat('d', 64)), 'used_code',
  'a revoked pairing does not come back by its old code'
);
select tests.become('owner');
select is(
  public.pair('N0NE', gen_random_uuid(), repeat('e', 64)) ->> 'outcome', 'unknown_code',
  'somebody signed in may pair this very tablet'
);
select matches(
  public.create_pairing_code('10000000-0000-4000-8000-000000000000', '12000000-0000-4000-8000-000000000001') ->> 'code',
  '^[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$', 'a code has no letter that could be taken for another'
);

select * from finish();
rollback;
