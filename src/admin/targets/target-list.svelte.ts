import type { Target } from '../../backend/owner-calls/improvements';
import type { Shop } from '../shop.svelte';
import type { Measure } from '../scores/measure';

/** Where a figure is to get, in its own unit: a share 0 … 1, NPS in points. */
export type FigureTarget = {
  value: number;
  /** The shop's own, for want of one of the place that is looked at. */
  isShops: boolean;
};

/** The shop's targets; none while they are not known, for a page of scores is whole without them. */
export class TargetList {
  #list = $state.raw<readonly Target[]>([]);
  readonly #shop: Shop;

  constructor(shop: Shop) {
    this.#shop = shop;
  }

  async load(): Promise<void> {
    const list = await this.#shop.calls.targets(this.#shop.organization.id);
    if (list.ok) this.#list = list.value;
  }

  /** The target as it was set, in percent or points: of exactly this place, or (null) of the whole shop. */
  setFor(question: string, location: string | null): number | null {
    return (
      this.#list.find((item) => item.question === question && item.location_id === location)?.target ?? null
    );
  }

  /** The target a figure of this place is held to: its own, else the shop's. */
  of({ question, type }: Measure, location: string | null): FigureTarget | null {
    const own = this.setFor(question, location);
    const target = own ?? this.setFor(question, null);
    if (target === null) return null;
    return { value: type === 'nps' ? target : target / 100, isShops: own === null };
  }
}
