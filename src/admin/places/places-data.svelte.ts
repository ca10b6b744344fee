import type { Failure } from '../../backend/failure';
import type { PlaceCounts } from '../../backend/owner-calls/comparing';
import type { Dates } from '../scores/period';
import type { Shop } from '../shop.svelte';

export type WantedPlaces = Dates & { question: string };

export type PlacesView =
  | { status: 'loading' }
  | { status: 'failed'; failure: Failure }
  | { status: 'ready'; wanted: WantedPlaces; cells: PlaceCounts[] };

/** What every place counted. What was there stays until the next is here. */
export class PlacesData {
  view = $state.raw<PlacesView>({ status: 'loading' });
  readonly #shop: Shop;
  #request = 0;

  constructor(shop: Shop) {
    this.#shop = shop;
  }

  async show(wanted: WantedPlaces): Promise<void> {
    const request = ++this.#request;
    const { calls, organization } = this.#shop;
    const cells = await calls.reportPlaces(organization.id, wanted.from, wanted.to, wanted.question);
    if (request !== this.#request) return;
    if (cells.ok) this.view = { status: 'ready', wanted, cells: cells.value };
    // Asked the same again, what is shown is still the answer.
    else if (this.view.status !== 'ready' || JSON.stringify(this.view.wanted) !== JSON.stringify(wanted))
      this.view = { status: 'failed', failure: cells.failure };
  }
}
