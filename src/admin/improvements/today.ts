import { latestDate } from '../scores/period';
import type { Shop } from '../shop.svelte';

/** The local date at a place, or the latest that any place shows. */
export const todayAt = (shop: Shop, location: string | null): string =>
  latestDate(
    shop.locations.filter(({ id }) => location === null || id === location).map(({ time_zone }) => time_zone),
    shop.now,
  );
