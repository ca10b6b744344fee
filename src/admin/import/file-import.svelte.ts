import type { Failure } from '../../backend/failure';
import type { ImportEnd, ImportTotals } from '../send-records';
import type { Shop } from '../shop.svelte';
import type { Encoding } from './encoding';
import type { FileJob } from './file-job';
import type { FileReply, FileRequest, FileSummary, ImportTypes, ReportOf } from './file-messages';
import { PlaceChoices } from './place-choices.svelte';
import type { PlaceChoice } from './places';
import { WorkerFront } from './worker-front';

export type FileView =
  | { status: 'none' }
  | { status: 'reading' }
  | { status: 'unreadable' }
  | { status: 'ready'; name: string; summary: FileSummary };

export type CheckView<K extends ImportTypes> =
  | { status: 'none' }
  | { status: 'checking' }
  | { status: 'problem'; problem: K['problem'] }
  | { status: 'ready'; report: ReportOf<K>; rows: number };

export type RunView =
  | { status: 'none' }
  | { status: 'running'; totals: ImportTotals | null }
  | { status: 'ended'; result: ImportEnd }
  /** A place in the file could not be made as a location. */
  | { status: 'no-place'; name: string; failure: Failure | null };

/** Rows per message from the worker: a few ms of copying. */
const PAGE = 2_000;

/**
 * A file is read, tried and, once the owner agrees, sent:
 *
 *   file: none → reading → ready | unreadable
 *   check: (every change of the draft) checking → ready | problem
 *   run: none → running → ended, again as often as wanted
 */
export class FileImport<K extends ImportTypes> {
  file = $state.raw<FileView>({ status: 'none' });
  draft = $state.raw<K['draft'] | null>(null);
  check = $state.raw<CheckView<K>>({ status: 'none' });
  run = $state.raw<RunView>({ status: 'none' });

  readonly #shop: Shop;
  readonly #job: FileJob<K>;
  readonly #places: PlaceChoices;
  readonly #worker: WorkerFront<FileRequest<K>, FileReply<K>>;
  #bytes: Uint8Array | null = null;
  #name = '';
  #checkNumber = 0;
  #stop: AbortController | null = null;

  constructor(shop: Shop, job: FileJob<K>) {
    this.#shop = shop;
    this.#job = job;
    this.#places = new PlaceChoices(shop);
    this.#worker = new WorkerFront(job.openWorker());
  }

  /** Place in the file → location; '' stands for a file without places. */
  get places(): ReadonlyMap<string, PlaceChoice> {
    return this.#places.chosen;
  }

  close(): void {
    this.#stop?.abort();
    this.#worker.close();
  }

  async open(file: File): Promise<void> {
    this.#bytes = new Uint8Array(await file.arrayBuffer());
    this.#name = file.name;
    await this.read(null);
  }

  /** Reads the file, in this encoding or the one it seems to be in. */
  async read(encoding: Encoding | null): Promise<void> {
    if (!this.#bytes) return;
    this.file = { status: 'reading' };
    this.run = { status: 'none' };
    this.check = { status: 'none' };
    const reply = await this.#worker.ask({ kind: 'read', bytes: this.#bytes, encoding });
    if (reply.kind !== 'read') {
      this.file = { status: 'unreadable' };
      return;
    }
    this.file = { status: 'ready', name: this.#name, summary: reply.file };
    await this.change(this.#job.guess(reply.file, this.#shop.locations[0]?.time_zone ?? 'UTC'));
  }

  /** Takes the owner's choices and tries the whole file with them, storing nothing. */
  async change(draft: K['draft']): Promise<void> {
    this.draft = draft;
    this.run = { status: 'none' };
    const number = ++this.#checkNumber;
    const prepared = this.#job.optionsOf(draft);
    if (!prepared.ok) {
      this.check = { status: 'problem', problem: prepared.problem };
      return;
    }
    this.check = { status: 'checking' };
    const reply = await this.#worker.ask({ kind: 'plan', options: prepared.options });
    if (number !== this.#checkNumber) return;
    if (reply.kind === 'problem') this.check = { status: 'problem', problem: reply.problem };
    if (reply.kind !== 'plan') return;
    this.#places.propose([...reply.report.locations.keys()]);
    this.check = { status: 'ready', report: reply.report, rows: reply.rows };
  }

  choosePlace(name: string, choice: PlaceChoice): void {
    this.#places.choose(name, choice);
    this.run = { status: 'none' };
  }

  async start(): Promise<void> {
    const draft = this.draft;
    if (!draft || this.check.status !== 'ready' || this.run.status === 'running') return;
    const count = this.check.rows;
    this.run = { status: 'running', totals: null };
    const places = await this.#places.make(draft.timeZone);
    if (!places.ok) {
      this.run = { status: 'no-place', name: places.name, failure: places.failure };
      return;
    }
    this.#stop = new AbortController();
    const sending = {
      locationOf: (name: string | null) => this.places.get(name ?? '')!,
      onProgress: (totals: ImportTotals) => (this.run = { status: 'running', totals }),
      signal: this.#stop.signal,
    };
    const result = await this.#job.run(await this.#rows(count), sending, draft);
    this.run = { status: 'ended', result };
    await this.#shop.refresh();
  }

  /** Ends after the batch under way; what is stored stays, and a second run goes on. */
  cancel(): void {
    this.#stop?.abort();
  }

  async #rows(count: number): Promise<K['row'][]> {
    const rows: K['row'][] = [];
    while (rows.length < count) {
      const reply = await this.#worker.ask({ kind: 'rows', from: rows.length, count: PAGE });
      if (reply.kind !== 'rows' || reply.rows.length === 0) throw new Error('the plan is not there');
      for (const row of reply.rows) rows.push(row);
    }
    return rows;
  }
}
