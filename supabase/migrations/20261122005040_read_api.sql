-- What other programs may rely on reading: views whose names and columns stay, whatever becomes of the tables below them. They
-- read as whoever asks, so each table's policies hold, and they count and join nothing, so that a filter on the organization and
-- a time finds its rows by the table's own key. docs/read-api.md says how to page through them.

create view public.api_locations with (security_invoker = true) as
select l.org_id as organization_id, l.id as location_id, l.name, l.region, l.time_zone
from public.locations as l;
comment on view public.api_locations is 'A shop''s places.';
comment on column public.api_locations.time_zone is 'IANA name; local times of this place are in it.';

create view public.api_tablets with (security_invoker = true) as
select t.org_id as organization_id, t.id as tablet_id, t.location_id, t.name, t.kind
from public.tablets as t;
comment on view public.api_tablets is 'Where answers come from.';
comment on column public.api_tablets.kind is 'kiosk: a device on a counter; import: rows that came from files.';

create view public.api_surveys with (security_invoker = true) as
select v.org_id as organization_id, v.id as survey_version_id, v.survey_id, v.number, v.definition
from public.survey_versions as v;
comment on view public.api_surveys is 'What was asked: every version of every survey, none of which ever changes.';
comment on column public.api_surveys.definition is
  'JSON: questions with key, type and text by language; choices of a question of type reasons with key and text.';

create view public.api_answers with (security_invoker = true) as
select a.org_id as organization_id, a.occurred_at, a.id as answer_id, a.local_at, a.clock, a.location_id, a.tablet_id, a.session_id,
  a.survey_version_id, a.question, a.type, a.score, a.choices, a.comment, a.locale, a.flag
from public.answers as a;
comment on view public.api_answers is 'Every answer, one row each; a customer''s go at the kiosk is a session of several.';
comment on column public.api_answers.occurred_at is
  'When the customer answered, however late the answer arrived. With answer_id it orders all answers of an organization.';
comment on column public.api_answers.local_at is 'occurred_at on the wall clock of the place.';
comment on column public.api_answers.clock is
  'How the time is known: server (the tablet''s clock, corrected), tablet (uncorrected), receipt (the time it arrived).';
comment on column public.api_answers.score is 'csat 1 to 5, nps 0 to 10, expectation −1 to 1; null for other types.';
comment on column public.api_answers.choices is 'Keys of the reasons chosen; their words are in api_surveys.';
comment on column public.api_answers.comment is 'As the customer wrote it: it may name somebody. Null once they were erased.';
comment on column public.api_answers.flag is 'Why the answer is left out of figures unless asked for; null counts.';

create view public.api_score_counts with (security_invoker = true) as
select c.org_id as organization_id, c.question, c.local_hour, c.location_id, c.tablet_id, c.score, c.type, c.n, c.n_flagged
from public.score_counts as c;
comment on view public.api_score_counts is 'How often each score was given, by place, tablet and local hour; rows of a question are in the order of its key.';
comment on column public.api_score_counts.local_hour is 'Begin of the hour on the wall clock of the place.';
comment on column public.api_score_counts.n is 'All answers, flagged ones too: n - n_flagged is what figures count.';

create view public.api_choice_counts with (security_invoker = true) as
select c.org_id as organization_id, c.question, c.local_hour, c.location_id, c.tablet_id, c.choice, c.n, c.n_flagged
from public.choice_counts as c;
comment on view public.api_choice_counts is 'How often each reason was chosen, by place, tablet and local hour.';
comment on column public.api_choice_counts.choice is 'Key of the reason; its words are in api_surveys.';
comment on column public.api_choice_counts.n is 'All answers, flagged ones too: n - n_flagged is what figures count.';

create view public.api_cases with (security_invoker = true) as
select c.org_id as organization_id, c.due_at, c.id as case_id, c.occurred_at, c.received_at, c.location_id, c.session_id, c.state, c.score,
  c.cause, c.contacted_at, c.resolved_at, c.promise_due_at, c.promise_kept, c.would_return, c.rerating
from public.cases as c;
comment on view public.api_cases is
  'Complaints and how they went, for owners and managers. Who complained, and in what words, is on the owner''s pages only.';
comment on column public.api_cases.due_at is 'Until when it is to be answered: 48 hours after occurred_at. With case_id it orders all cases.';
comment on column public.api_cases.received_at is 'What lies between occurred_at and this was lost to the network.';
comment on column public.api_cases.score is 'The low score that opened it; null where somebody told it.';
comment on column public.api_cases.rerating is 'CSAT, 1 to 5, given after.';

revoke all on public.api_locations, public.api_tablets, public.api_surveys, public.api_answers, public.api_score_counts,
  public.api_choice_counts, public.api_cases from anon, authenticated;
grant select on public.api_locations, public.api_tablets, public.api_surveys, public.api_answers, public.api_score_counts,
  public.api_choice_counts, public.api_cases to authenticated;
