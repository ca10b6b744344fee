import type { CheckInLog } from '../device/check-in-log';
import type { Queue } from '../device/queue';
import type { Logged } from '../domain/check-in-log';
import type { Noted } from './check-in.svelte';

/** What was recorded here, as the staff's page lists it. */
export type DiaryEntry = Logged & {
  /** First name, while this page has it in memory. */
  name: string | null;
  /** Waiting: the server has not named it yet. Set aside: it was refused, and is kept for the owner. */
  state: 'waiting' | 'sent' | 'set_aside';
};

/** What this tablet recorded at the counter of late, and who it was as long as the page may know. */
export class Diary {
  /** The newest first. */
  entries = $state.raw<readonly DiaryEntry[]>([]);
  /** By record. */
  readonly #names = new Map<string, string>();

  constructor(
    private readonly log: Pick<CheckInLog, 'add' | 'entries'>,
    private readonly queue: Pick<Queue, 'heardUntil' | 'setAside'>,
  ) {}

  note = ({ entry, name }: Noted): void => {
    if (name !== null) this.#names.set(entry.id, name);
    void this.log.add(entry).then(() => this.refresh());
  };

  /** All that this tablet remembers, oldest first. */
  recorded = (): Promise<readonly Logged[]> => this.log.entries();

  /** Reads anew what there is and what still waits. */
  async refresh(): Promise<void> {
    const [logged, heardUntil, setAside] = await Promise.all([
      this.log.entries(),
      this.queue.heardUntil(Date.now()).catch(() => 0),
      this.queue.setAside().catch(() => new Set<string>()),
    ]);
    this.entries = logged
      .map((entry): DiaryEntry => ({
        ...entry,
        name: this.#names.get(entry.id) ?? null,
        state: setAside.has(entry.id) ? 'set_aside' : entry.at >= heardUntil ? 'waiting' : 'sent',
      }))
      .reverse();
  }

  /** Nobody is at the tablet any more: names leave the memory. */
  forget(): void {
    this.#names.clear();
    this.entries = [];
  }
}
