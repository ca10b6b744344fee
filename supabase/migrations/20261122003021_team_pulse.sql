-- What the team thinks of working here. Of an answer nothing is kept but one more in the count of a month: no record's id,
-- no tablet, no hour. The count is in nobody's sight until five have answered, and no month changes once it is told.

create table private.pulse_counts (
  org_id uuid not null references public.organizations (id) on delete cascade,
  month date not null,
  score smallint not null constraint pulse_counts_score_on_scale check (score between 0 and 10),
  n integer not null constraint pulse_counts_n_positive check (n > 0),
  primary key (org_id, month, score)
);
alter table private.pulse_counts enable row level security;
comment on column private.pulse_counts.month is
  'When the answer arrived, in UTC, not when it was given: one that came late would change a figure already told, and the difference would say whose it was.';

-- salt is what keeps the ledger's hash of the record from saying the score: there are only eleven of those.
create function private.pulse_refusal(body jsonb, org uuid) returns text
language plpgsql immutable set search_path = '' as $$
begin
  if private.told_whole(body, 'score', 0, 10) is null then
    return 'off_scale';
  end if;
  if not coalesce(body ->> 'salt' ~ '^[0-9a-f]{32}$', false) then
    return 'malformed';
  end if;
  return null;
end
$$;
revoke execute on function private.pulse_refusal(jsonb, uuid) from public;

create function private.store_pulse(origin public.pairings, time_zone text, record jsonb, body jsonb) returns void
language sql volatile set search_path = '' as $$
  insert into private.pulse_counts as counts (org_id, month, score, n)
  values (origin.org_id, date_trunc('month', now() at time zone 'UTC'), (body ->> 'score')::numeric, 1)
  on conflict (org_id, month, score) do update set n = counts.n + 1
$$;
revoke execute on function private.store_pulse(public.pairings, text, jsonb, jsonb) from public;

-- The rhythm, and the groups of an NPS for every stretch of whole months in which at least five have answered, the oldest
-- first. Fewer are added to the months after them, and never told apart: a stretch is told once and stays as it is. A month
-- is over a day late, so that what was on its way at midnight is in.
-- Definer, because not even the owner may read the counts that this is made of. Null for who is not of the shop.
create function public.report_team_pulse(org uuid) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
declare
  month record;
  since date;
  detractors bigint := 0;
  passives bigint := 0;
  promoters bigint := 0;
  stretches jsonb := '[]';
begin
  if not private.has_role(org, 'owner', 'manager', 'analyst') then
    return null;
  end if;
  for month in
    select counts.month as begins,
      coalesce(sum(counts.n) filter (where counts.score <= 6), 0) as detractors,
      coalesce(sum(counts.n) filter (where counts.score between 7 and 8), 0) as passives,
      coalesce(sum(counts.n) filter (where counts.score >= 9), 0) as promoters
    from private.pulse_counts as counts
    where counts.org_id = org and counts.month < date_trunc('month', now() at time zone 'UTC' - interval '1 day')
    group by counts.month order by counts.month
  loop
    since := coalesce(since, month.begins);
    detractors := detractors + month.detractors;
    passives := passives + month.passives;
    promoters := promoters + month.promoters;
    if detractors + passives + promoters >= 5 then
      stretches := stretches || jsonb_build_object('from', since, 'to', month.begins,
        'detractors', detractors, 'passives', passives, 'promoters', promoters);
      since := null;
      detractors := 0;
      passives := 0;
      promoters := 0;
    end if;
  end loop;
  return jsonb_build_object(
    'months', (select organizations.pulse_months from public.organizations where organizations.id = org), 'stretches', stretches);
end
$$;
revoke execute on function public.report_team_pulse(uuid) from public, anon, authenticated;
grant execute on function public.report_team_pulse(uuid) to authenticated;

-- Every how many months the team is asked; null ends it. Outcomes: saved, bad_months, forbidden.
create function public.set_team_pulse(org uuid, months integer) returns jsonb
language plpgsql security definer set search_path = '' as $$
begin
  if not private.has_role(org, 'owner', 'manager') then
    return jsonb_build_object('outcome', 'forbidden');
  end if;
  if months not between 1 and 12 then
    return jsonb_build_object('outcome', 'bad_months');
  end if;
  update public.organizations set pulse_months = months where id = org;
  return jsonb_build_object('outcome', 'saved');
end
$$;
revoke execute on function public.set_team_pulse(uuid, integer) from public, anon, authenticated;
grant execute on function public.set_team_pulse(uuid, integer) to authenticated;
