import type { Failure } from '../../backend/failure';
import type { Improvement } from '../../backend/owner-calls/improvements';
import type { Shop } from '../shop.svelte';

export type ImprovementsView =
  | { status: 'loading' }
  | { status: 'failed'; failure: Failure }
  | { status: 'ready'; list: readonly Improvement[] };

/** What the shop changed, the latest first. What was there stays while the server does not answer. */
export class ImprovementList {
  view = $state.raw<ImprovementsView>({ status: 'loading' });
  readonly #shop: Shop;

  constructor(shop: Shop) {
    this.#shop = shop;
  }

  async load(): Promise<void> {
    const list = await this.#shop.calls.improvements(this.#shop.organization.id);
    if (list.ok) this.view = { status: 'ready', list: list.value };
    else if (this.view.status !== 'ready') this.view = { status: 'failed', failure: list.failure };
  }
}

/**
 * Changes that parts of a question's history at these places belong to: those of one of the places and of everywhere. Looking at
 * several places, one place's change is shown and yet no new beginning for the others (`isWhole` false).
 */
export function changesOf(
  list: readonly Improvement[],
  question: string,
  locations: readonly string[],
): { improvement: Improvement; isWhole: boolean }[] {
  return list
    .filter((item) => item.question === question)
    .filter(({ location_id }) => location_id === null || locations.includes(location_id))
    .map((improvement) => ({
      improvement,
      isWhole: locations.length === 1 || improvement.location_id === null,
    }));
}
