import { findMember, type Membership } from '../backend/tablet-calls';
import type { KnownMember } from '../domain/member';
import { lastCounted } from '../domain/visit';
import { DatabaseHandle } from './database';
import { Directory } from './directory';
import { directoryKey } from './directory-key';
import { Queue } from './queue';

export type FoundMember =
  /** countedAt: when the last visit that counted was, by this tablet's wall clock in ms; null before the first. */
  | { outcome: 'known'; member: KnownMember; countedAt: number | null }
  /** isCertain: the server said so; else this tablet does not know the number, and could not ask. */
  | { outcome: 'unknown'; isCertain: boolean };

/** Somebody stands at the counter: longer than this the server is not waited for. */
const ANSWER_WITHIN_MS = 2_000;

/** Who has a telephone number: told from this tablet's directory, or else by the server. */
export class Members {
  readonly #queue: Queue;

  constructor(
    private readonly database = new DatabaseHandle(),
    private readonly directory = new Directory(),
    private readonly askServer = findMember,
  ) {
    this.#queue = new Queue(database);
  }

  /** `phone` in E.164. Never rejects: a tablet that cannot look anybody up knows nobody. */
  async find(phone: string, { directory_salt: salt, programme }: Membership): Promise<FoundMember> {
    const key = await directoryKey(phone, salt);
    const known = await this.directory.find(key).catch(() => null);
    const found = known ?? (await this.#ask(phone, key));
    if (found === 'nobody' || found === 'not_asked') {
      return { outcome: 'unknown', isCertain: found === 'nobody' };
    }
    const countedAt = await this.#countedAt(found, programme.cooldown_hours);
    return { outcome: 'known', member: found, countedAt };
  }

  async close(): Promise<void> {
    await Promise.all([this.database.close(), this.directory.close()]);
  }

  async #ask(phone: string, key: string): Promise<KnownMember | 'nobody' | 'not_asked'> {
    const pairing = navigator.onLine ? await this.#queue.pairing().catch(() => null) : null;
    if (!pairing) return 'not_asked';
    const credentials = { pairing: pairing.id, secret: pairing.secret };
    const result = await this.askServer(credentials, phone, key, { timeoutMs: ANSWER_WITHIN_MS });
    if (result.ok && result.value.outcome === 'found') return result.value.member;
    return result.ok && result.value.outcome === 'unknown' ? 'nobody' : 'not_asked';
  }

  /** The server has not heard yet of a visit that waits here, and it counts all the same. */
  async #countedAt({ id, last_visit }: KnownMember, cooldownHours: number): Promise<number | null> {
    const [sync, waiting] = await Promise.all([
      this.#queue.sync().catch(() => null),
      this.#queue.waitingVisits(id).catch(() => []),
    ]);
    const told = last_visit === null ? null : Date.parse(last_visit) - (sync?.serverOffsetMs ?? 0);
    return lastCounted(told, waiting, cooldownHours);
  }
}
