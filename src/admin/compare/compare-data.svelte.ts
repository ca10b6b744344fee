import type { SideDay } from '../../backend/owner-calls/comparing';
import type { Failure } from '../../backend/failure';
import type { Shop } from '../shop.svelte';
import type { Side } from './compare-filter';
import type { Pair } from './compared';

export type CompareView =
  | { status: 'loading' }
  | { status: 'failed'; failure: Failure }
  | { status: 'ready'; sides: Pair<Side>; days: Pair<SideDay[]> };

/** Both sides, asked for together. What was there stays until the next is here. */
export class CompareData {
  view = $state.raw<CompareView>({ status: 'loading' });
  readonly #shop: Shop;
  #request = 0;

  constructor(shop: Shop) {
    this.#shop = shop;
  }

  async show(sides: Pair<Side>): Promise<void> {
    const request = ++this.#request;
    const [a, b] = await Promise.all([this.#ask(sides.a), this.#ask(sides.b)]);
    if (request !== this.#request) return;
    if (!a.ok) return this.#fail(sides, a.failure);
    if (!b.ok) return this.#fail(sides, b.failure);
    this.view = { status: 'ready', sides, days: { a: a.value, b: b.value } };
  }

  /** The same question asked again leaves what is shown; an answer to another would be taken for this one's. */
  #fail(sides: Pair<Side>, failure: Failure): void {
    if (this.view.status === 'ready' && JSON.stringify(this.view.sides) === JSON.stringify(sides)) return;
    this.view = { status: 'failed', failure };
  }

  #ask({ dates, place }: Side) {
    const { calls, organization } = this.#shop;
    return calls.reportSide(organization.id, {
      ...dates,
      location: place.kind === 'location' ? place.id : null,
      region: place.kind === 'region' ? place.name : null,
      tablet: place.kind === 'tablet' ? place.id : null,
    });
  }
}
