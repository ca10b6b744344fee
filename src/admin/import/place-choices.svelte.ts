import type { Failure } from '../../backend/failure';
import type { Shop } from '../shop.svelte';
import { matchPlaces, type PlaceChoice } from './places';

export type MakingPlaces = { ok: true } | { ok: false; name: string; failure: Failure | null };

/** Where the rows of a file go: place in the file → location; '' stands for a file without places. */
export class PlaceChoices {
  chosen = $state.raw<ReadonlyMap<string, PlaceChoice>>(new Map());
  readonly #shop: Shop;

  constructor(shop: Shop) {
    this.#shop = shop;
  }

  /** Proposes a location for each name; what was chosen before stays chosen as long as the place is still in the file. */
  propose(names: readonly string[]): void {
    const { locations } = this.#shop;
    const matched = matchPlaces(
      names.filter((name) => name !== ''),
      locations,
    );
    for (const [name, choice] of this.chosen) if (names.includes(name)) matched.set(name, choice);
    if (names.includes('') && !matched.has('')) matched.set('', locations[0]?.id ?? 'new');
    this.chosen = matched;
  }

  choose(name: string, choice: PlaceChoice): void {
    this.chosen = new Map(this.chosen).set(name, choice);
  }

  /** Adds the locations that are to be made. */
  async make(timeZone: string): Promise<MakingPlaces> {
    const { calls, organization } = this.#shop;
    for (const [name, choice] of this.chosen) {
      if (choice !== 'new') continue;
      const made = await calls.addLocation(organization.id, name, timeZone);
      if (!made.ok) return { ok: false, name, failure: made.failure };
      if (made.value.outcome !== 'created') return { ok: false, name, failure: null };
      // Noted at once, so that trying again does not make it twice.
      this.choose(name, made.value.location);
    }
    return { ok: true };
  }
}
