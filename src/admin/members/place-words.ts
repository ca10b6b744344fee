import type { Shop } from '../shop.svelte';

/** Where something happened: "Counter, Lenina 5"; empty when that was at no tablet. */
export function placeWords(
  { tablets, locations }: Pick<Shop, 'tablets' | 'locations'>,
  place: { tablet: string | null; location: string | null },
): string {
  const tablet = tablets.find(({ tablet }) => tablet === place.tablet)?.name;
  const location = locations.find(({ id }) => id === place.location)?.name;
  return [tablet, location].filter((name) => name !== undefined).join(', ');
}
