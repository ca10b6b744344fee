import type { Failure } from '../../backend/failure';
import type { DriverSum } from '../../domain/statistics/driver-sums';
import type { Dates } from '../scores/period';
import type { Shop } from '../shop.svelte';

export type WantedDrivers = Dates & { location: string | null };

export type DriversView =
  | { status: 'loading' }
  | { status: 'failed'; failure: Failure }
  | { status: 'ready'; wanted: WantedDrivers; sums: DriverSum[] };

/** What goes together with the score. What was there stays until the next is here. */
export class DriversData {
  view = $state.raw<DriversView>({ status: 'loading' });
  readonly #shop: Shop;
  #request = 0;

  constructor(shop: Shop) {
    this.#shop = shop;
  }

  async show(wanted: WantedDrivers): Promise<void> {
    const request = ++this.#request;
    const { calls, organization } = this.#shop;
    const sums = await calls.reportDrivers(organization.id, wanted.from, wanted.to, wanted.location);
    if (request !== this.#request) return;
    if (sums.ok) this.view = { status: 'ready', wanted, sums: sums.value };
    // Asked the same again, what is shown is still the answer.
    else if (this.view.status !== 'ready' || JSON.stringify(this.view.wanted) !== JSON.stringify(wanted))
      this.view = { status: 'failed', failure: sums.failure };
  }
}
