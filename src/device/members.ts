import { findMemberByCode } from '../backend/counter-calls';
import type { Result } from '../backend/failure';
import { findMember, type Credentials, type FindMemberReply, type Membership } from '../backend/tablet-calls';
import { isSamePerson, type Logged, type Whom } from '../domain/check-in-log';
import type { KnownMember } from '../domain/member';
import type { CodedMember } from '../domain/member-code';
import { lastCounted } from '../domain/visit';
import { CheckInLog } from './check-in-log';
import { DatabaseHandle } from './database';
import { Directory } from './directory';
import { directoryKey, lookupOf } from './directory-key';
import { Queue } from './queue';
import { hex } from './secrets';

/** countedAt: when the last visit that counted was, by this tablet's wall clock in ms; null before the first. */
export type FoundMember =
  /** balance: the points that were told, and what this tablet has recorded since. */
  | { outcome: 'known'; whom: Whom; member: KnownMember; balance: number; countedAt: number | null }
  /** isCertain: the server said so; else this tablet does not know them, and could not ask. */
  | { outcome: 'unknown'; whom: Whom; isCertain: boolean; countedAt: number | null };

/** What was told of a member, and up to when, in ms, it tells what this tablet recorded. */
type Told = { member: KnownMember; until: number };

/** Somebody stands at the counter: longer than this the server is not waited for. */
const ANSWER_WITHIN_MS = 2_000;

export type MembersParts = {
  database: DatabaseHandle;
  directory: Directory;
  log: CheckInLog;
  server: { findMember: typeof findMember; findMemberByCode: typeof findMemberByCode };
};

function ownParts(): MembersParts {
  const database = new DatabaseHandle();
  return {
    database,
    directory: new Directory(),
    log: new CheckInLog(database),
    server: { findMember, findMemberByCode },
  };
}

/** Who stands at the counter: told from this tablet's directory, or else by the server. */
export class Members {
  readonly #parts: MembersParts;
  readonly #queue: Queue;

  constructor(parts: Partial<MembersParts> = {}) {
    this.#parts = { ...ownParts(), ...parts };
    this.#queue = new Queue(this.#parts.database);
  }

  /** `phone` in E.164. Never rejects: a tablet that cannot look anybody up knows nobody. */
  async find(phone: string, { directory_salt: salt, programme }: Membership): Promise<FoundMember> {
    const key = await directoryKey(phone, salt);
    const { findMember } = this.#parts.server;
    return this.#find(null, key, programme.cooldown_hours, (credentials, context) =>
      findMember(credentials, phone, key, context),
    );
  }

  /** Whoever shows that code. Never rejects. */
  async findByCode(coded: CodedMember, { programme }: Membership): Promise<FoundMember> {
    const { findMemberByCode } = this.#parts.server;
    return this.#find(coded.member, coded.directoryKey, programme.cooldown_hours, (credentials, context) =>
      findMemberByCode(credentials, coded.member, context),
    );
  }

  /** A member's points as the server tells them now, with what it has not heard of yet; null when it cannot be asked. */
  async askBalance(whom: Whom & { member: string }): Promise<number | null> {
    const { findMemberByCode } = this.#parts.server;
    const told = await this.#ask((credentials, context) =>
      findMemberByCode(credentials, whom.member, context),
    );
    return typeof told === 'string' ? null : told.member.points + sumOf(await this.#since(told.until, whom));
  }

  async close(): Promise<void> {
    const { database, directory, log } = this.#parts;
    await Promise.all([database.close(), directory.close(), log.close()]);
  }

  async #find(
    named: string | null,
    key: string | null,
    cooldownHours: number,
    askServer: Ask,
  ): Promise<FoundMember> {
    const lookup = key === null ? null : hex(await lookupOf(key));
    const told = (await this.#inDirectory(key)) ?? (await this.#ask(askServer));
    if (typeof told === 'string') {
      const whom = { member: named, lookup };
      const countedAt = lastCounted(null, timesOf(await this.#since(0, whom)), cooldownHours);
      return { outcome: 'unknown', whom, isCertain: told === 'nobody', countedAt };
    }
    const { member, until } = told;
    const whom = { member: member.id, lookup };
    const since = await this.#since(until, whom);
    const countedAt = await this.#countedAt(member, since, cooldownHours);
    return { outcome: 'known', whom, member, balance: member.points + sumOf(since), countedAt };
  }

  async #inDirectory(key: string | null): Promise<Told | null> {
    if (key === null) return null;
    try {
      const { directory } = this.#parts;
      // Asked first: an entry may only be newer than that.
      const until = await directory.heardUntil();
      const member = await directory.find(key);
      return member && { member, until };
    } catch {
      return null;
    }
  }

  async #ask(askServer: Ask): Promise<Told | 'nobody' | 'not_asked'> {
    const pairing = navigator.onLine ? await this.#queue.pairing().catch(() => null) : null;
    if (!pairing) return 'not_asked';
    const until = await this.#queue.heardUntil(Date.now()).catch(() => 0);
    const result = await askServer(
      { pairing: pairing.id, secret: pairing.secret },
      { timeoutMs: ANSWER_WITHIN_MS },
    );
    if (result.ok && result.value.outcome === 'found') return { member: result.value.member, until };
    return result.ok && result.value.outcome === 'unknown' ? 'nobody' : 'not_asked';
  }

  /** What this tablet recorded of somebody, of which nothing told before tells. */
  async #since(until: number, whom: Whom): Promise<Logged[]> {
    const log = await this.#parts.log.entries();
    return log.filter((entry) => entry.at >= until && isSamePerson(entry, whom));
  }

  /** The server has not heard yet of a visit that waits here, or has not told of it, and it counts all the same. */
  async #countedAt(
    { id, last_visit }: KnownMember,
    since: readonly Logged[],
    cooldownHours: number,
  ): Promise<number | null> {
    const [sync, waiting] = await Promise.all([
      this.#queue.sync().catch(() => null),
      // What waits is on the disk for certain; the log may have lost it.
      this.#queue.waitingVisits(id).catch(() => []),
    ]);
    const told = last_visit === null ? null : Date.parse(last_visit) - (sync?.serverOffsetMs ?? 0);
    const visits = [...waiting, ...timesOf(since)].toSorted((one, other) => one - other);
    return lastCounted(told, visits, cooldownHours);
  }
}

type Ask = (credentials: Credentials, context: { timeoutMs: number }) => Promise<Result<FindMemberReply>>;

const sumOf = (log: readonly Logged[]): number => log.reduce((sum, { points }) => sum + points, 0);

const timesOf = (log: readonly Logged[]): number[] =>
  log.filter(({ reward }) => reward === null).map(({ at }) => at);
