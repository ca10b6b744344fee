-- Comments are found by their words, in whatever form the customer wrote them: "queues" finds "queue", "очереди" finds
-- "очередь", "опашката" finds "опашка".

-- Small letters, composed, without the marks that many leave out. The collation is named, so that every database folds alike.
create function private.plain_letters(text text) returns text
language sql immutable set search_path = '' as $$
  select translate(lower(normalize(text, nfc) collate "pg_c_utf8"), 'ёѝ', 'еи')
$$;

-- The words of a text, each once: runs of letters and digits of any script. No word of a language has 64 letters, and no
-- lexeme may have 2,047 bytes.
create function private.words_of(text text) returns setof text
language sql immutable set search_path = '' as $$
  select distinct left(found[1], 64) from regexp_matches(
    private.plain_letters(text), '[0-9a-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u1fff\u2c00-\u2dff\u3041-\ud7ff\uf900-\ufaff]+', 'g'
  ) as found
$$;

-- Light stemmer for Bulgarian, for which Postgres has no dictionary: takes off definite articles, plurals and endings of gender.
-- After J. Savoy, "Searching strategies for the Bulgarian language", Information Retrieval 10 (2007) 509-529, with two changes.
-- Sounds that change between forms (език, езици; място, места) are folded to one on both sides instead of being rewritten in one
-- form, so that касиери stays with касиер and улици with улица. And some endings come off words a letter shorter (каси, часове).
create function private.bulgarian_stem(word text) returns text
language plpgsql immutable set search_path = '' as $$
declare
  stem text := word;
begin
  if char_length(stem) > 3 then
    -- Articles
    stem := regexp_replace(stem, '^(.{4,})ият$|^(.{3,})[ъя]т$|^(.{4,})(?:то|те|та|ия)$', '\1\2\3');
    -- Plurals
    stem := regexp_replace(stem, '^(.{3,})еве$', '\1й');
    stem := regexp_replace(stem, '^(.{3,}о)вци$|^(.{3,})ове$|^(.{3,})ища$|^(.{3,})и$', '\1\2\3\4');
    -- Gender
    stem := regexp_replace(stem, '^(.{3,})я$', '\1');
    stem := regexp_replace(stem, '^(.{3,})[аое]$', '\1');
    -- Vowels that come and go: червен, червени; добър, добри
    stem := regexp_replace(stem, '^(.{3,})ен$', '\1н');
    stem := regexp_replace(stem, '^(.{3,})ъ(.)$', '\1\2');
  end if;
  -- Sounds that change
  stem := regexp_replace(stem, 'я([^аеиоуъюя]{1,2})$', 'е\1');
  return left(stem, -1) || translate(right(stem, 1), 'цзх', 'кгс');
end
$$;

-- The words of a text and what each is found by: its stem in every language that writes with its letters, since a customer may
-- write in another one than the screen's, and itself. Each by the shop's own mark, so that the index of all shops is led by the
-- shop. Stop words have no stem in their language. Planned once a session: it runs for every comment that arrives.
create function private.lexemes_of(org uuid, text text) returns table (word text, lexeme text)
language plpgsql immutable set search_path = '' as $$
begin
  return query
  select w.word, left(org::text, 8) || '/' || found.lexeme
  from private.words_of(text) as w (word), lateral (
    select 'ru/' || unnest(ts_lexize('pg_catalog.russian_stem', w.word)) where w.word ~ '[а-я]'
    union all
    select 'bg/' || private.bulgarian_stem(w.word) where w.word ~ '[а-я]'
    union all
    select 'en/' || unnest(ts_lexize('pg_catalog.english_stem', w.word)) where w.word !~ '[а-я]'
    union all
    select 'as/' || w.word
  ) as found (lexeme);
end
$$;

create function private.comment_vector(org uuid, comment text) returns tsvector
language plpgsql immutable set search_path = '' as $$
begin
  return (select array_to_tsvector(coalesce(array_agg(distinct l.lexeme), '{}')) from private.lexemes_of(org, comment) as l);
end
$$;

-- What each word searched for must match: a form of it, or a word that begins so, as one is typed. Stop words match
-- everything, so they are left out where there are others. At most ten words; null where there is none.
create function private.word_queries(org uuid, search text) returns tsquery[]
language sql immutable set search_path = '' as $$
  with words as (
    select l.word, array_agg(l.lexeme) as lexemes, '{}' = case when l.word ~ '[а-я]' then ts_lexize('pg_catalog.russian_stem', l.word)
      else ts_lexize('pg_catalog.english_stem', l.word) end as is_stop
    from private.lexemes_of(org, left(search, 200)) as l group by l.word
  ), kept as (
    select word, lexemes, is_stop from words where not is_stop or not exists (select 1 from words where not is_stop) order by word limit 10
  )
  select array_agg((
    select string_agg(format('''%s''%s', lexeme, case when not is_stop and char_length(word) > 2 and lexeme like '%/as/%' then ':*' end), ' | ')
    from unnest(lexemes) as lexeme
    where not is_stop or lexeme like '%/as/%'
  )::tsquery) from kept
$$;

-- The words of a comment that any of the queries matches, as plain_letters writes them.
create function private.hits(org uuid, comment text, queries tsquery[]) returns jsonb
language sql immutable set search_path = '' as $$
  select coalesce(jsonb_agg(matched.word order by matched.word), '[]') from (
    select l.word from private.lexemes_of(org, comment) as l
    where queries is not null
    group by l.word having array_to_tsvector(array_agg(l.lexeme)) @@ any (queries)
  ) as matched
$$;

create table public.comment_words (
  org_id uuid not null references public.organizations (id) on delete cascade,
  answer_id uuid not null,
  occurred_at timestamptz not null,
  words tsvector not null,
  primary key (org_id, answer_id)
);
create index comment_words_words on public.comment_words using gin (words);
comment on table public.comment_words is 'One row for every comment that still has its words, kept by a trigger on answers.';
comment on column public.comment_words.occurred_at is 'Of the answer, whose primary key it is part of.';
comment on column public.comment_words.words is 'What private.comment_vector makes of the comment: each lexeme begins with the shop''s mark.';

alter table public.comment_words enable row level security;
create policy "team members read the words of their comments" on public.comment_words
  for select to authenticated using (org_id in (select private.member_organizations()));
revoke all on public.comment_words from anon, authenticated;
grant select on public.comment_words to authenticated;

create function private.keep_comment_words() returns trigger
language plpgsql set search_path = '' as $$
begin
  if new.comment = private.emptied_comment() then
    delete from public.comment_words as w where w.org_id = new.org_id and w.answer_id = new.id;
  else
    insert into public.comment_words as w (org_id, answer_id, occurred_at, words)
    values (new.org_id, new.id, new.occurred_at, private.comment_vector(new.org_id, new.comment));
  end if;
  return null;
end
$$;
create trigger comments_are_found_by_their_words
  after insert on public.answers
  for each row when (new.comment is not null) execute function private.keep_comment_words();
create trigger emptied_comments_are_not_found
  after update of comment on public.answers
  for each row when (new.comment is distinct from old.comment) execute function private.keep_comment_words();

insert into public.comment_words (org_id, answer_id, occurred_at, words)
select org_id, id, occurred_at, private.comment_vector(org_id, comment) from public.answers where comment <> '…';

revoke execute on function private.plain_letters(text), private.words_of(text), private.bulgarian_stem(text), private.lexemes_of(uuid, text),
  private.comment_vector(uuid, text), private.word_queries(uuid, text), private.hits(uuid, text, tsquery[]), private.keep_comment_words() from public;
grant execute on function private.plain_letters(text), private.words_of(text), private.bulgarian_stem(text), private.lexemes_of(uuid, text),
  private.word_queries(uuid, text), private.hits(uuid, text, tsquery[]) to authenticated;
