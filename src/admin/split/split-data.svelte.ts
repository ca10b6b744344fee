import type { Failure } from '../../backend/failure';
import type { PlaceCounts } from '../../backend/owner-calls/comparing';
import type { ReportOwnSplit, ReportSplit } from '../../backend/owner-calls/splits';
import type { Place } from '../compare/place';
import type { Dates } from '../scores/period';
import type { Shop } from '../shop.svelte';
import type { Split } from './split-filter';

export type WantedSplit = Dates & { question: string; split: Split; place: Place };

/** What came, as the server tells each kind of split. */
export type SplitReport =
  | { of: 'places'; cells: PlaceCounts[] }
  | { of: 'own'; rows: ReportOwnSplit }
  | { of: 'counted'; values: Extract<ReportSplit, { outcome: 'ok' }>['values'] };

export type SplitView =
  | { status: 'loading' }
  | { status: 'failed'; failure: Failure }
  /** Figures of people are for owners and managers. */
  | { status: 'forbidden'; wanted: WantedSplit }
  | { status: 'ready'; wanted: WantedSplit; report: SplitReport };

/** Scores split by one thing. What was there stays until the next is here. */
export class SplitData {
  view = $state.raw<SplitView>({ status: 'loading' });
  readonly #shop: Shop;
  #request = 0;

  constructor(shop: Shop) {
    this.#shop = shop;
  }

  async show(wanted: WantedSplit): Promise<void> {
    const request = ++this.#request;
    const next = await this.#ask(wanted);
    if (request !== this.#request) return;
    // Asked the same again, what is shown is still the answer.
    const isSame =
      this.view.status === 'ready' && JSON.stringify(this.view.wanted) === JSON.stringify(wanted);
    if (next.status !== 'failed' || !isSame) this.view = next;
  }

  async #ask(wanted: WantedSplit): Promise<SplitView> {
    const { calls, organization } = this.#shop;
    const { split, place, from, to, question } = wanted;
    if (split.by === 'own') {
      const own = await calls.reportOwnSplit(organization.id, split.dimension, wanted);
      if (!own.ok) return { status: 'failed', failure: own.failure };
      return { status: 'ready', wanted, report: { of: 'own', rows: own.value } };
    }
    if (split.by === 'location' || split.by === 'region' || split.by === 'tablet') {
      const places = await calls.reportPlaces(organization.id, from, to, question);
      if (!places.ok) return { status: 'failed', failure: places.failure };
      return { status: 'ready', wanted, report: { of: 'places', cells: places.value } };
    }
    const counted = await calls.reportSplit(organization.id, split.by, {
      from,
      to,
      question,
      location: place.kind === 'location' ? place.id : null,
      region: place.kind === 'region' ? place.name : null,
    });
    if (!counted.ok) return { status: 'failed', failure: counted.failure };
    if (counted.value.outcome === 'ok')
      return { status: 'ready', wanted, report: { of: 'counted', values: counted.value.values } };
    if (counted.value.outcome === 'forbidden') return { status: 'forbidden', wanted };
    throw new Error(`asked for a split that there is not: ${counted.value.outcome}`);
  }
}
