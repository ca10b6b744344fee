-- What a tablet's pairing learns of members, and how fast.
begin;
\ir fixtures/two-shops.psql
\ir fixtures/members.psql
select plan(31);

create function tests.pulled(after bigint default 0) returns jsonb language sql as $$
  select public.pull_members('13000000-0000-4000-8000-000000000001', repeat('a', 64), after)
$$;
create function tests.found(phone text, key text default null) returns jsonb language sql as $$
  select public.find_member('13000000-0000-4000-8000-000000000001', repeat('a', 64), phone, key)
$$;
create function tests.lookup(phone text) returns text language sql as $$
  select left(encode(extensions.hmac(convert_to('verna.directory.lookup', 'UTF8'), decode(tests.key(phone), 'hex'), 'sha256'), 'hex'), 32)
$$;
-- What changed after a number, as 'Анна gone:Boris'; opened as a tablet opens it.
create function tests.opened(reply jsonb, phones text[]) returns text language sql security definer as $$
  select concat_ws(' ',
    (select string_agg(convert_from(extensions.decrypt_iv(substring(bytes from 17 for length(bytes) - 32),
        extensions.hmac(convert_to('verna.directory.cipher', 'UTF8'), decode(tests.key(phone), 'hex'), 'sha256'),
        substring(bytes from 1 for 16), 'aes-cbc/pad:pkcs'), 'UTF8')::jsonb ->> 'points', ' ' order by position)
     from jsonb_array_elements(reply -> 'entries') with ordinality as entries (entry, position)
     join unnest(phones) as phone on entry ->> 'lookup' = tests.lookup(phone)
     cross join lateral (select decode(entry ->> 'sealed', 'base64') as bytes) as sealed),
    (select string_agg('gone', ' ') from jsonb_array_elements(reply -> 'gone')))
$$;
grant execute on all functions in schema tests to anon, authenticated;
insert into public.programme_versions (org_id, valid_from, programme, created_by)
values (tests.bakery(), '2026-01-01Z', tests.programme()::jsonb, tests.bakery());
savepoint empty;

-- Settings
select tests.become('anonymous');
select is(public.pull('13000000-0000-4000-8000-000000000001', repeat('a', 64)) #> '{settings,membership}', 'null'::jsonb, 'a shop that never had a member has no salt to tell');
select tests.become('owner');
select public.set_programme(tests.bakery(), tests.programme('{"points_per_visit": 5}'));
select tests.become('anonymous');
select is(membership -> 'programme', tests.programme('{"points_per_visit": 5}')::jsonb, 'a tablet learns the programme')
from (select public.pull('13000000-0000-4000-8000-000000000001', repeat('a', 64)) #> '{settings,membership}' as membership) as settings;
select matches(membership ->> 'directory_salt', '^[0-9a-f]{64}$', 'and the directory''s salt')
from (select public.pull('13000000-0000-4000-8000-000000000001', repeat('a', 64)) #> '{settings,membership}' as membership) as settings;
select is(public.pull('23000000-0000-4000-8000-000000000001', repeat('c', 64)) #> '{settings,membership}', 'null'::jsonb, 'another shop''s tablet learns nothing of it');
select tests.become('owner');
select public.set_programme(tests.bakery(), null);
select tests.become('anonymous');
select is(public.pull('13000000-0000-4000-8000-000000000001', repeat('a', 64)) #> '{settings,membership}', 'null'::jsonb, 'nothing when it has ended');
rollback to empty;

-- Who may
select is(public.pull_members('13000000-0000-4000-8000-000000000001', repeat('f', 64), 0), '{"outcome": "unknown_pairing"}'::jsonb, 'a wrong secret reads no directory');
select is(public.pull_members('13000000-0000-4000-8000-000000000001', null, 0), '{"outcome": "unknown_pairing"}'::jsonb, 'nor does none');
select is(public.find_member('13000000-0000-4000-8000-000000000001', repeat('f', 64), '+359881234567', null), '{"outcome": "unknown_pairing"}'::jsonb, 'or finds anybody');
update public.pairings set revoked_at = now() where id = '13000000-0000-4000-8000-000000000001';
select tests.become('anonymous');
select is(tests.pulled(), '{"outcome": "revoked"}'::jsonb, 'a revoked pairing reads none');
select is(tests.found('+359881234567'), '{"outcome": "revoked"}'::jsonb, 'nor finds anybody');
rollback to empty;

-- Changes come in order, each once
select tests.become('anonymous');
select is(tests.pulled(), '{"outcome": "ok", "seq": 0, "entries": [], "gone": [], "more": false}'::jsonb, 'an empty directory');
select tests.send(jsonb_build_array(tests.enrolment(1, '+359881234567', '2026-03-10 08:00Z'), tests.enrolment(2, '+359889999999', '2026-03-10 08:00Z')));
select is(tests.opened(tests.pulled(), array['+359881234567', '+359889999999']), '50 50', 'who enrols is in it');
select is(tests.opened(tests.pulled((tests.pulled() ->> 'seq')::bigint), array['+359881234567', '+359889999999']), '', 'nothing comes twice');
create temp table asked on commit drop as select (tests.pulled() ->> 'seq')::bigint as seq;
select tests.send(jsonb_build_array(tests.visit(3, '+359881234567', '2026-03-10 09:00Z')));
select is(tests.opened(tests.pulled(seq), array['+359881234567', '+359889999999']), '60', 'a visit changes one entry') from asked;
select is(tests.opened(tests.pulled(), array['+359889999999', '+359881234567']), '50 60', 'which is now the last') from asked;
update asked set seq = (tests.pulled() ->> 'seq')::bigint;
select tests.send(jsonb_build_array(tests.enrolment(4, '+359881234567', '2026-03-09 08:00Z', '{"firstName": "Ann"}'), tests.visit(5, '+359881234567', '2026-03-10 10:00Z')));
select is(tests.pulled(seq) -> 'entries', '[]'::jsonb, 'what changes nothing that a tablet shows is not sent') from asked;
select tests.send(jsonb_build_array(tests.consent(6, tests.id(1), '2026-03-11 08:00Z', '{"purpose": "programme", "granted": false}')));
select is(tests.pulled(seq) -> 'gone', jsonb_build_array(tests.lookup('+359881234567')), 'who leaves the programme is forgotten') from asked;
select is(tests.found('+359881234567'), '{"outcome": "unknown"}'::jsonb, 'and not found');
select tests.send(jsonb_build_array(tests.consent(7, tests.id(1), '2026-03-12 08:00Z', '{"purpose": "programme"}')));
select is(tests.opened(tests.pulled(seq), array['+359881234567']), '60', 'and comes back with what they had') from asked;
select is(tests.opened(tests.pulled(1000000), array['+359881234567', '+359889999999']), '50 60', 'a tablet that knows more than this database starts anew');
select is(tests.opened(tests.pulled(null), array['+359881234567', '+359889999999']), '50 60', 'and so does one that knows nothing');
select is(
  public.pull_members('23000000-0000-4000-8000-000000000001', repeat('c', 64), 0) -> 'entries', '[]'::jsonb, 'another shop''s tablet gets none of it'
);
rollback to empty;

-- Pages
insert into private.directory_entries (org_id, lookup, seq, sealed)
select tests.bakery(), lpad(n::text, 32, '0'), n, case when n % 2 = 0 then 'sealed' end from generate_series(1, 1001) as n;
select tests.become('anonymous');
select is(
  concat_ws(' ', page -> 'seq', page -> 'more', jsonb_array_length(page -> 'entries'), jsonb_array_length(page -> 'gone')), '1000 true 500 500', 'a page is a thousand changes'
) from tests.pulled() as page;
select is(
  concat_ws(' ', page -> 'seq', page -> 'more', jsonb_array_length(page -> 'entries'), jsonb_array_length(page -> 'gone')), '1001 false 0 1', 'and the next goes on where it ended'
) from tests.pulled(1000) as page;
rollback to empty;

-- One number
select tests.become('anonymous');
select tests.send(jsonb_build_array(tests.enrolment(1, '+359881234567', '2026-03-10 08:00Z'), tests.visit(2, '+359881234567', '2026-03-10 09:00Z')));
select is(tests.found('+359881234567', tests.key('+359881234567')), jsonb_build_object('outcome', 'found', 'member', jsonb_build_object(
  'id', tests.member('+359881234567'), 'name', 'Анна', 'points', 60, 'last_visit', '2026-03-10T09:00:00.000Z')), 'a tablet finds a member by the whole number');
select is(tests.found(phone), '{"outcome": "unknown"}'::jsonb, format('by %s it finds nobody', coalesce(phone, 'nothing')))
from (values ('+359889999999'), ('881234567'), (null)) as numbers (phone);
select is(public.find_member('23000000-0000-4000-8000-000000000001', repeat('c', 64), '+359881234567', null), '{"outcome": "unknown"}'::jsonb, 'another shop''s tablet finds nobody');
select tests.become('database owner');
delete from private.directory_entries;
select tests.become('anonymous');
select tests.found('+359881234567', 'no key'), tests.found('+359881234567', tests.key('+359881234567'));
select is(tests.opened(tests.pulled(), array['+359881234567']), '60', 'a member without a key gets the first good one that finds them');
select tests.found('+359881234567') from generate_series(1, 30);
select matches(tests.found('+359881234567')::text, '"outcome": "throttled", "retry_after_s": [1-6]?\d', 'thirty numbers a minute and no more');

select * from finish();
rollback;
