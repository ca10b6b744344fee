import { pullMembers, type Credentials, type Membership } from '../backend/tablet-calls';
import { Directory } from './directory';

/** Held by the tab that pulls: another one would ask for the same pages. */
const PULL_LOCK = 'verna.directory';
/** However long the server asks to be left alone, the next try is not put off for longer. */
const LONGEST_WAIT_MS = 5 * 60_000;

/** Keeps the tablet's directory as the server has it. */
export class DirectoryPuller {
  readonly #stopping = new AbortController();
  /** Whether nobody is in the directory, as far as this page knows. */
  #isEmpty = false;

  constructor(
    private readonly locks: LockManager | undefined,
    /** Up to when, in ms, the server has named all that was recorded here; see Queue. */
    private readonly heardUntil: () => Promise<number>,
    private readonly directory = new Directory(),
    private readonly askServer = pullMembers,
  ) {}

  /**
   * Brings the directory up to date, unless this page or another is at it. What the server does not answer now is asked
   * for again at the next call. Without a membership, when the shop has no programme or the tablet is no longer the
   * shop's, everybody is forgotten.
   */
  async keep(credentials: Credentials, membership: Membership | null): Promise<void> {
    if (!membership) return this.#empty();
    const { directory_salt: salt } = membership;
    this.#isEmpty = false;
    if (!this.locks) return this.#pull(credentials, salt);
    await this.locks.request(PULL_LOCK, { ifAvailable: true }, async (lock) => {
      if (lock) await this.#pull(credentials, salt);
    });
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.directory.close();
  }

  async #empty(): Promise<void> {
    if (this.#isEmpty) return;
    await this.directory.empty();
    this.#isEmpty = true;
  }

  async #pull(credentials: Credentials, salt: string): Promise<void> {
    const until = await this.heardUntil();
    const isWhole = await this.#pullAll(credentials, salt);
    if (isWhole) await this.directory.hearUntil({ pairing: credentials.pairing, salt }, until);
  }

  /** Whether the directory holds all that the server had to tell when it was asked. */
  async #pullAll(credentials: Credentials, salt: string): Promise<boolean> {
    const owner = { pairing: credentials.pairing, salt };
    let after = await this.directory.begin(owner);
    let isMore = true;
    while (isMore && !this.#stopping.signal.aborted) {
      const result = await this.askServer(credentials, after);
      if (!result.ok) {
        if (result.failure.retryAfterMs === undefined) return false;
        await this.#wait(Math.min(result.failure.retryAfterMs, LONGEST_WAIT_MS));
      } else if (result.value.outcome !== 'ok') {
        await this.#empty();
        return false;
      } else {
        const page = result.value;
        if (page.seq < after) {
          // The server was restored from an older copy and numbers anew: what is here may be nobody's any more.
          await this.directory.empty();
          after = await this.directory.begin(owner);
        } else {
          if (!(await this.directory.write(owner, after, page))) return false;
          isMore = page.more && page.seq > after;
          after = page.seq;
        }
      }
    }
    return !isMore;
  }

  #wait(ms: number): Promise<void> {
    const { signal } = this.#stopping;
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      signal.addEventListener('abort', () => {
        clearTimeout(timer);
        resolve();
      });
    });
  }
}
