import type { Failure } from '../../backend/failure';
import type { DimensionValue, NamedDimension } from '../../backend/owner-calls/splits';
import type { Shop } from '../shop.svelte';

export type Dimension = NamedDimension & {
  /** In the shop's order. */
  values: readonly DimensionValue[];
  /** No tablet can come to stand for them any more, but some did. */
  removed: readonly DimensionValue[];
};

export type DimensionsView =
  | { status: 'loading' }
  | { status: 'failed'; failure: Failure }
  | { status: 'ready'; list: readonly Dimension[] };

/** What the shop tells its tablets apart by. What was there stays while the server does not answer. */
export class DimensionList {
  view = $state.raw<DimensionsView>({ status: 'loading' });
  readonly list = $derived(this.view.status === 'ready' ? this.view.list : []);
  readonly #shop: Shop;

  constructor(shop: Shop) {
    this.#shop = shop;
  }

  async load(): Promise<void> {
    const { calls, organization } = this.#shop;
    const [dimensions, values] = await Promise.all([
      calls.dimensions(organization.id),
      calls.dimensionValues(organization.id),
    ]);
    if (!dimensions.ok) return this.#fail(dimensions.failure);
    if (!values.ok) return this.#fail(values.failure);
    const list = dimensions.value.map((dimension) => {
      const own = values.value.filter(({ dimension_id }) => dimension_id === dimension.id);
      return {
        ...dimension,
        values: own.filter(({ removed_at }) => removed_at === null),
        removed: own.filter(({ removed_at }) => removed_at !== null),
      };
    });
    this.view = { status: 'ready', list };
  }

  #fail(failure: Failure): void {
    if (this.view.status !== 'ready') this.view = { status: 'failed', failure };
  }
}
