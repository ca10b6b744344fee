import { openDB, type DBSchema, type IDBPDatabase } from 'idb';
import { rewardPicture } from '../backend/counter-calls';
import type { Credentials } from '../backend/tablet-calls';
import type { OfferedReward } from '../domain/reward';
import { sha256 } from './secrets';

interface PicturesSchema extends DBSchema {
  /** Data URLs by their SHA-256. */
  pictures: { key: string; value: string };
}

/**
 * The pictures of what the shop offers for points, fetched once each and shown without the network from then on. In a
 * database of their own: they weigh nothing on the queue, and whoever loses them asks again.
 */
export class RewardPictures {
  #opening: Promise<IDBPDatabase<PicturesSchema>> | null = null;

  constructor(
    private readonly name = 'verna-reward-pictures',
    private readonly ask = rewardPicture,
  ) {}

  /**
   * Fetches what is missing and forgets what is offered no more. What does not come now is asked for again the next
   * time. Rejects only when the browser does not let it be kept.
   */
  async keep(credentials: Credentials, rewards: readonly Pick<OfferedReward, 'picture'>[]): Promise<void> {
    const offered = new Set(rewards.flatMap(({ picture }) => picture ?? []));
    if (offered.size === 0) return;
    const database = await this.#open();
    const kept = new Set(await database.getAllKeys('pictures'));
    for (const hash of kept) if (!offered.has(hash)) await database.delete('pictures', hash);
    for (const hash of offered) {
      if (kept.has(hash)) continue;
      const result = await this.ask(credentials, hash);
      // The server is not there, or wants to be left alone: the others would fare no better.
      if (!result.ok) return;
      if (result.value.outcome !== 'ok') continue;
      const { picture } = result.value;
      if ((await sha256(picture)) === hash) await database.put('pictures', picture, hash);
    }
  }

  /** As data URLs by their SHA-256, as many as are here. Never rejects: a reward has a name without its picture. */
  async all(): Promise<ReadonlyMap<string, string>> {
    try {
      const { store } = (await this.#open()).transaction('pictures');
      const [hashes, pictures] = await Promise.all([store.getAllKeys(), store.getAll()]);
      return new Map(hashes.map((hash, index) => [hash, pictures[index]!]));
    } catch {
      await this.close();
      return new Map();
    }
  }

  async close(): Promise<void> {
    const opening = this.#opening;
    this.#opening = null;
    await opening?.then((database) => database.close()).catch(() => {});
  }

  #open(): Promise<IDBPDatabase<PicturesSchema>> {
    this.#opening ??= openDB<PicturesSchema>(this.name, 1, {
      upgrade: (database) => {
        database.createObjectStore('pictures');
      },
      // A newer version of the app waits in another tab: let go, or its upgrade hangs.
      blocking: () => void this.close(),
      terminated: () => (this.#opening = null),
    });
    return this.#opening;
  }
}
