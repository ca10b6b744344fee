-- Row-level security hides rows without a word; pages ask what a person may read, so that they can say why nothing is there.
create function public.my_role(org uuid) returns text
language sql stable security definer set search_path = '' as $$
  select role from public.team_members where org_id = org and user_id = (select auth.uid())
$$;
revoke execute on function public.my_role(uuid) from public, anon, authenticated;
grant execute on function public.my_role(uuid) to authenticated;
comment on function public.my_role(uuid) is 'owner, manager or analyst; null for who is not of the team.';
