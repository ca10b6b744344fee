import type { Praise } from '../../backend/owner-calls/comments';
import type { Shop } from '../shop.svelte';
import { PraiseList } from './praise-list.svelte';

/** Time to read two sentences from across a room. */
const SLIDE_MS = 12_000;
/** How often it is asked whether everybody still agrees. */
const ASK_MS = 20_000;
/** After so long without an answer nobody's words are shown: a consent may have been withdrawn meanwhile. */
const TRUST_MS = 10 * 60_000;

/** The words on the wall, one after another, for a screen that nobody touches. */
export class PraiseSlides {
  isPlaying = $state(true);
  #place = $state(0);
  /** When the server last said whose words may be shown, and what the clock says now. */
  #heardAt = $state(Date.now());
  #now = $state(Date.now());
  readonly #list: PraiseList;

  constructor(shop: Shop) {
    this.#list = new PraiseList(shop, 'picked');
  }

  readonly state = $derived.by(
    ():
      | { status: 'loading' | 'empty' | 'unsure' }
      | { status: 'showing'; praise: Praise; place: number; total: number } => {
      const { view } = this.#list;
      if (this.#now - this.#heardAt > TRUST_MS || view.status === 'failed') return { status: 'unsure' };
      if (view.status === 'loading') return { status: 'loading' };
      const total = view.list.length;
      if (total === 0) return { status: 'empty' };
      const place = this.#place % total;
      return { status: 'showing', praise: view.list[place]!, place: place + 1, total };
    },
  );

  /** Goes on by itself until stopped. */
  start(): () => void {
    const slides = setInterval(() => this.isPlaying && this.step(1), SLIDE_MS);
    const asks = setInterval(() => void this.#ask(), ASK_MS);
    void this.#ask();
    return () => {
      clearInterval(slides);
      clearInterval(asks);
    };
  }

  step(by: 1 | -1): void {
    if (this.state.status !== 'showing') return;
    const { place, total } = this.state;
    this.#place = (place - 1 + by + total) % total;
  }

  async #ask(): Promise<void> {
    const isHeard = await this.#list.load();
    this.#now = Date.now();
    if (isHeard) this.#heardAt = this.#now;
  }
}
