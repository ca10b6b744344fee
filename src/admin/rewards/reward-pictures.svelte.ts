import { SvelteMap } from 'svelte/reactivity';
import type { Shop } from '../shop.svelte';

/** Pictures by their SHA-256, each asked for once. One that does not come is missing, and asked for again next time. */
export class RewardPictures {
  readonly #kept = new SvelteMap<string, string>();
  readonly #asked = new Set<string>();

  constructor(private readonly shop: Shop) {}

  /** The data URL of what a reward names, once it is here. */
  of(sha256: string | null): string | undefined {
    return sha256 === null ? undefined : this.#kept.get(sha256);
  }

  async load(pictures: readonly (string | null)[]): Promise<void> {
    await Promise.all(pictures.map((sha256) => this.#load(sha256)));
  }

  async #load(sha256: string | null): Promise<void> {
    if (sha256 === null || this.#asked.has(sha256)) return;
    this.#asked.add(sha256);
    const reply = await this.shop.calls.rewardPicture(this.shop.organization.id, sha256);
    const kept = reply.ok ? reply.value[0]?.picture : undefined;
    if (kept === undefined) this.#asked.delete(sha256);
    else this.#kept.set(sha256, kept);
  }
}
