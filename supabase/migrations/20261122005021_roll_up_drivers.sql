-- What was answered before this is rolled up once more.
insert into public.changed_days as known (org_id, day, location_id, tablet_id)
select distinct org_id, local_hour::date, location_id, tablet_id from public.score_counts
union
select distinct org_id, local_hour::date, location_id, tablet_id from public.choice_counts
order by 1, 2, 3, 4
on conflict (org_id, day, location_id, tablet_id) do update set changes = known.changes + 1;
