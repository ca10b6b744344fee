import type { Shop } from '../shop.svelte';

type Places = Pick<Shop, 'tablets' | 'locations'>;

/** What a file brings stands under a tablet that is none, for bookkeeping. */
export const isFromFile = ({ tablets }: Pick<Shop, 'tablets'>, place: { tablet: string | null }): boolean =>
  tablets.find(({ tablet }) => tablet === place.tablet)?.kind === 'import';

/** Where something happened: "Counter, Lenina 5"; empty when that was at no tablet. */
export function placeWords(
  { tablets, locations }: Places,
  place: { tablet: string | null; location: string | null },
): string {
  const tablet = tablets.find(({ tablet, kind }) => tablet === place.tablet && kind !== 'import')?.name;
  const location = locations.find(({ id }) => id === place.location)?.name;
  return [tablet, location].filter((name) => name !== undefined).join(', ');
}
