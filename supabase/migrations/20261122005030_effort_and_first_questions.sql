-- Customer effort (CES 2.0): how far somebody agrees, from 1 to 7, that it was made easy for them. And the first question of a
-- survey, which rates the visit as a whole: questions about one of its factors are on the same five faces, and open no case,
-- raise no alert and stand for no session.

-- Wider than before, so no row can break it; validated by itself (see the next file), because that reads every answer.
alter table public.answers drop constraint answers_body_fits_type;
alter table public.answers add constraint answers_body_fits_type check (
  case type
    when 'csat' then score between 1 and 5 and choices is null and comment is null
    when 'nps' then score between 0 and 10 and choices is null and comment is null
    when 'ces' then score between 1 and 7 and choices is null and comment is null
    when 'expectation' then score between -1 and 1 and choices is null and comment is null
    when 'reasons' then score is null and cardinality(choices) between 1 and 20 and comment is null
    when 'comment' then score is null and choices is null and char_length(comment) between 1 and 2000
    else false
  end
) not valid;

alter table public.survey_versions add column first_question text generated always as (definition -> 'questions' -> 0 ->> 'key') stored;
comment on column public.survey_versions.first_question is 'Key of the question that rates the visit as a whole.';

create function private.is_first_question(org uuid, version uuid, question text) returns boolean
language plpgsql stable set search_path = '' set plan_cache_mode = force_generic_plan set enable_seqscan = off as $$
begin
  return exists (
    select 1 from public.survey_versions as v where v.org_id = org and v.id = version and v.first_question = question
  );
end
$$;
revoke execute on function private.is_first_question(uuid, uuid, text) from public;

-- As before, with CES.
create or replace function private.answer_refusal(record jsonb, body jsonb, org uuid) returns text
language plpgsql stable set search_path = '' as $$
declare
  type text := body ->> 'type';
  score numeric;
begin
  if record ->> 'kind' is distinct from 'answer' then
    return 'unknown_kind';
  end if;
  if (record ->> 'v')::integer is distinct from 1 then
    return 'unknown_version';
  end if;
  if coalesce(type, '') not in ('csat', 'nps', 'ces', 'expectation', 'reasons', 'comment') then
    return 'unknown_question';
  end if;
  if not exists (
    select 1 from public.survey_versions
    where org_id = org and id = (body ->> 'survey')::uuid
  ) then
    return 'unknown_survey';
  end if;
  if not exists (
    select 1 from public.survey_versions
    where org_id = org and id = (body ->> 'survey')::uuid
      and definition -> 'questions' @> jsonb_build_array(jsonb_build_object('key', body ->> 'question', 'type', type))
  ) then
    return 'unknown_question';
  end if;
  if type in ('csat', 'nps', 'ces', 'expectation') then
    if jsonb_typeof(body -> 'score') is distinct from 'number' then
      return 'off_scale';
    end if;
    score := (body ->> 'score')::numeric;
    if score <> trunc(score) or not (case type
      when 'csat' then score between 1 and 5
      when 'nps' then score between 0 and 10
      when 'ces' then score between 1 and 7
      else score between -1 and 1
    end) then
      return 'off_scale';
    end if;
  elsif type = 'reasons' then
    if jsonb_typeof(body -> 'choices') is distinct from 'array'
      or jsonb_array_length(body -> 'choices') not between 1 and 20
      or exists (
        select 1 from jsonb_array_elements(body -> 'choices') as choice
        where jsonb_typeof(choice) <> 'string' or choice #>> '{}' !~ '^[a-z][a-z0-9_]{0,39}$'
      ) then
      return 'unknown_choice';
    end if;
  else
    if char_length(btrim(body ->> 'text')) > 2000 then
      return 'text_too_long';
    end if;
    if coalesce(btrim(body ->> 'text'), '') = '' then
      return 'text_missing';
    end if;
  end if;
  return null;
end
$$;

-- As before, with CES.
create or replace function private.score_type(org uuid, question text) returns text
language sql stable set search_path = '' as $$
  select asked ->> 'type'
  from public.survey_versions, jsonb_array_elements(definition -> 'questions') as asked
  where org_id = org and asked ->> 'key' = question and asked ->> 'type' in ('csat', 'nps', 'ces', 'expectation')
  order by created_at desc, number desc
  limit 1
$$;
