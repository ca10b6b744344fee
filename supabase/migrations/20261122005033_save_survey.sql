-- The owner's own questions: a new version beside the others, which tablets take with their next pull.

-- Whether a survey is one that tablets can ask, within the limits of src/domain/survey-draft.ts: the visit as a whole first, then
-- each factor at most once, reasons, NPS, CES, expectation and a comment at most once each, all in three languages.
create function private.is_survey(given jsonb) returns boolean
language plpgsql immutable set search_path = '' as $$
declare
  questions jsonb := given -> 'questions';
  question jsonb;
  choice jsonb;
  name constant text := '^[a-z][a-z0-9_]{0,39}$';
  factors constant text[] := array['product', 'service', 'price', 'speed', 'range', 'staff', 'promises'];
begin
  if jsonb_typeof(questions) is distinct from 'array' or jsonb_array_length(questions) not between 1 and 20
    or questions -> 0 ->> 'type' is distinct from 'csat' or questions -> 0 ? 'factor' then
    return false;
  end if;
  for question in select value from jsonb_array_elements(questions) loop
    if coalesce(question ->> 'type', '') not in ('csat', 'nps', 'ces', 'expectation', 'reasons', 'comment')
      or coalesce(question ->> 'key', '') !~ name or private.read_localized(question -> 'text', 80) is null
      or (question ? 'factor' and (question ->> 'type' <> 'csat' or not coalesce(question ->> 'factor' = any (factors), false))) then
      return false;
    end if;
    if question ->> 'type' = 'reasons' then
      if jsonb_typeof(question -> 'choices') is distinct from 'array' or jsonb_array_length(question -> 'choices') not between 1 and 12 then
        return false;
      end if;
      for choice in select value from jsonb_array_elements(question -> 'choices') loop
        if coalesce(choice ->> 'key', '') !~ name or private.read_localized(choice -> 'text', 40) is null
          or coalesce(choice ->> 'fits', '') not in ('up', 'down', 'both')
          or (choice ? 'factor' and not coalesce(choice ->> 'factor' = any (factors), false)) then
          return false;
        end if;
      end loop;
      if (select count(*) > count(distinct value ->> 'key') from jsonb_array_elements(question -> 'choices')) then
        return false;
      end if;
    end if;
  end loop;
  return not exists (
    select 1 from jsonb_array_elements(questions) as asked (value)
    group by grouping sets ((value ->> 'key'), (value ->> 'type', value ->> 'factor'))
    having count(*) > 1
  );
end
$$;
revoke execute on function private.is_survey(jsonb) from public;

-- survey is its JSON as text (src/domain/survey.ts), base the version it was made from. A key that was of another type before is
-- no question that could be counted with what it counted. Outcomes: saved (with its id), bad_survey, key_taken,
-- changed_meanwhile (there is a newer version than base), forbidden.
create function public.save_survey(org uuid, base uuid, survey text) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  definition jsonb;
  target uuid;
  latest public.survey_versions;
  new_version uuid;
begin
  if not private.has_role(org, 'owner', 'manager') then
    return jsonb_build_object('outcome', 'forbidden');
  end if;
  if octet_length(survey) <= 100000 then
    definition := private.parse_json(survey);
  end if;
  if not coalesce(private.is_survey(definition), false) then
    return jsonb_build_object('outcome', 'bad_survey');
  end if;
  -- Whoever saves at the same moment waits here and then finds that it changed meanwhile.
  select s.id into target from public.surveys as s where s.org_id = org order by s.created_at, s.id limit 1 for update;
  select v.* into latest from public.survey_versions as v
  where v.org_id = org and v.survey_id = target order by v.number desc limit 1;
  if latest.id is distinct from base then
    return jsonb_build_object('outcome', 'changed_meanwhile');
  end if;
  if exists (
    select 1 from jsonb_array_elements(definition -> 'questions') as asked
    join public.survey_versions as v on v.org_id = org
    cross join lateral jsonb_array_elements(v.definition -> 'questions') as earlier
    where earlier ->> 'key' = asked ->> 'key' and earlier ->> 'type' <> asked ->> 'type'
  ) then
    return jsonb_build_object('outcome', 'key_taken');
  end if;
  insert into public.survey_versions (org_id, survey_id, number, definition)
  values (org, target, latest.number + 1, jsonb_build_object('questions', definition -> 'questions'))
  returning id into new_version;
  return jsonb_build_object('outcome', 'saved', 'id', new_version);
end
$$;
revoke execute on function public.save_survey(uuid, uuid, text) from public, anon, authenticated;
grant execute on function public.save_survey(uuid, uuid, text) to authenticated;
