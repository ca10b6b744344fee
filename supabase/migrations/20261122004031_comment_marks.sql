-- What the shop notes on a comment: a star, tags of its own words, and whether it is on the wall of praise.

create table public.comment_marks (
  org_id uuid not null,
  answer_id uuid not null,
  kind text not null constraint comment_marks_kind_known check (kind in ('star', 'tag', 'praise')),
  tag text not null default '' constraint comment_marks_tag_of_a_tag check (
    case kind when 'tag' then char_length(tag) between 1 and 40 and tag = btrim(tag) else tag = '' end),
  created_by text not null,
  created_at timestamptz not null default clock_timestamp(),
  primary key (org_id, answer_id, kind, tag),
  foreign key (org_id, answer_id) references public.comment_words (org_id, answer_id) on delete cascade
);
create index comment_marks_by_kind on public.comment_marks (org_id, kind, tag);
comment on table public.comment_marks is 'Goes with the words of its comment: who erases what somebody said erases what was noted on it.';
comment on column public.comment_marks.created_by is 'E-mail address of who noted it, as it was then.';

alter table public.comment_marks enable row level security;
create policy "team members read what was noted on their comments" on public.comment_marks
  for select to authenticated using (org_id in (select private.member_organizations()));
revoke all on public.comment_marks from anon, authenticated;
grant select on public.comment_marks to authenticated;

-- kind is star, tag or praise; tag says which one, and is null for the others. A tag that differs from one in use only in
-- capital letters is that one. Outcomes: saved (with the tag as it is written), bad_mark, too_many_tags, unknown_comment
-- (also once its words are gone), forbidden.
create function public.mark_comment(org uuid, comment uuid, kind text, is_set boolean, tag text default null) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
  written text := coalesce(regexp_replace(btrim(mark_comment.tag), '\s+', ' ', 'g'), '');
begin
  if not private.has_role(org, 'owner', 'manager') then
    return jsonb_build_object('outcome', 'forbidden');
  end if;
  if is_set is null or (case mark_comment.kind
    when 'tag' then char_length(written) not between 1 and 40
    when 'star' then written <> ''
    when 'praise' then written <> ''
    else true end) then
    return jsonb_build_object('outcome', 'bad_mark');
  end if;
  -- Held until the mark is there, so that nobody empties the comment meanwhile.
  perform 1 from public.comment_words as w where w.org_id = org and w.answer_id = comment for key share;
  if not found then
    return jsonb_build_object('outcome', 'unknown_comment');
  end if;
  if mark_comment.kind = 'tag' then
    written := coalesce((
      select m.tag from public.comment_marks as m
      where m.org_id = org and m.kind = 'tag' and lower(m.tag collate "pg_c_utf8") = lower(written collate "pg_c_utf8")
      order by m.tag limit 1
    ), written);
  end if;
  if not is_set then
    delete from public.comment_marks as m
    where m.org_id = org and m.answer_id = comment and m.kind = mark_comment.kind and m.tag = written;
    return jsonb_build_object('outcome', 'saved', 'tag', written);
  end if;
  if mark_comment.kind = 'tag' and (
    select count(*) from public.comment_marks as m
    where m.org_id = org and m.answer_id = comment and m.kind = 'tag' and m.tag <> written
  ) >= 12 then
    return jsonb_build_object('outcome', 'too_many_tags');
  end if;
  insert into public.comment_marks as m (org_id, answer_id, kind, tag, created_by)
  select org, comment, mark_comment.kind, written, users.email from auth.users where users.id = (select auth.uid())
  on conflict do nothing;
  return jsonb_build_object('outcome', 'saved', 'tag', written);
end
$$;
revoke execute on function public.mark_comment(uuid, uuid, text, boolean, text) from public, anon, authenticated;
grant execute on function public.mark_comment(uuid, uuid, text, boolean, text) to authenticated;

-- The tags in use, the most used first, at most 200.
create function public.report_comment_tags(org uuid) returns jsonb
language sql stable security invoker set search_path = '' as $$
  select coalesce(jsonb_agg(jsonb_build_object('tag', used.tag, 'n', used.n) order by used.n desc, used.tag), '[]')
  from (
    select m.tag, count(*) as n from public.comment_marks as m
    where m.org_id = org and m.kind = 'tag' group by m.tag order by count(*) desc, m.tag limit 200
  ) as used
$$;
revoke execute on function public.report_comment_tags(uuid) from public, anon, authenticated;
grant execute on function public.report_comment_tags(uuid) to authenticated;
