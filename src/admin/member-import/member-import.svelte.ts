import type { Failure } from '../../backend/failure';
import type { Programme } from '../../domain/member';
import type { DateOrder } from '../../domain/import/stamp';
import type { Columns, FileKind } from '../../domain/member-import/fields';
import { guessColumns } from '../../domain/member-import/guess-columns';
import type { FileProblem } from '../../domain/member-import/plan-file';
import type { FileReport } from '../../domain/member-import/report';
import type { ImportedRow } from '../../domain/member-import/rows';
import type { CsvFileSummary } from '../import/csv-messages';
import type { Encoding } from '../import/encoding';
import { PlaceChoices } from '../import/place-choices.svelte';
import type { PlaceChoice } from '../import/places';
import { localDate } from '../scores/period';
import type { ImportEnd, ImportTotals } from '../send-records';
import type { Shop } from '../shop.svelte';
import { RowsFile } from './rows-file';
import { runRows } from './run-rows';

/** What the shop must have first, and what ids are made with. */
export type Ground = { programme: Programme; salts: { import: string; directory: string } };

export type RowsDraft = {
  columns: Columns;
  dateOrder: DateOrder | 'auto';
  timeZone: string;
  /** YYYY-MM-DD, for members of whom the file does not say it. */
  joined: string;
  currency: string;
};

export type RowsFileView =
  { status: 'none' | 'reading' | 'unreadable' } | { status: 'ready'; name: string; summary: CsvFileSummary };

export type RowsCheck =
  | { status: 'none' | 'checking' }
  | { status: 'problem'; problem: FileProblem | { code: 'currency_unknown' } }
  | { status: 'ready'; report: FileReport };

export type RowsRunView =
  | { status: 'none' }
  | { status: 'running'; totals: ImportTotals | null }
  | { status: 'ended'; result: ImportEnd }
  /** A place in the file could not be made as a location. */
  | { status: 'no-place'; name: string; failure: Failure | null };

/** Rows per message from the worker: a few ms of copying. */
const PAGE = 2_000;

/**
 *   file: none → reading → ready | unreadable
 *   check: (every change of the draft) checking → ready | problem
 *   run: none → running → ended, again as often as wanted
 */
export class MemberImportState {
  file = $state.raw<RowsFileView>({ status: 'none' });
  draft = $state.raw<RowsDraft | null>(null);
  check = $state.raw<RowsCheck>({ status: 'none' });
  run = $state.raw<RowsRunView>({ status: 'none' });

  readonly #rows = new RowsFile();
  readonly #places: PlaceChoices;
  #bytes: Uint8Array | null = null;
  #name = '';
  #checkNumber = 0;
  #stop: AbortController | null = null;

  constructor(
    private readonly shop: Shop,
    readonly kind: FileKind,
    private readonly ground: Ground,
  ) {
    this.#places = new PlaceChoices(shop);
  }

  /** Place in the file → location; '' stands for a file without places. */
  get places(): ReadonlyMap<string, PlaceChoice> {
    return this.#places.chosen;
  }

  close(): void {
    this.#stop?.abort();
    this.#rows.close();
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
    const reply = await this.#rows.ask({ kind: 'read', bytes: this.#bytes, encoding });
    if (reply.kind !== 'read') {
      this.file = { status: 'unreadable' };
      return;
    }
    const { header, sample } = reply.file;
    this.file = { status: 'ready', name: this.#name, summary: reply.file };
    const timeZone = this.shop.locations[0]?.time_zone ?? 'UTC';
    await this.change({
      columns: guessColumns(this.kind, header, sample),
      dateOrder: 'auto',
      timeZone,
      joined: localDate(Date.now(), timeZone),
      currency: this.ground.programme.currency,
    });
  }

  /** Takes the owner's choices and tries the whole file with them, storing nothing. */
  async change(draft: RowsDraft): Promise<void> {
    this.draft = draft;
    this.run = { status: 'none' };
    const number = ++this.#checkNumber;
    if (!/^[A-Z]{3}$/.test(draft.currency)) {
      this.check = { status: 'problem', problem: { code: 'currency_unknown' } };
      return;
    }
    this.check = { status: 'checking' };
    const reply = await this.#rows.ask({
      kind: 'plan',
      options: {
        // What the page holds is wrapped, and a message must be plain.
        ...$state.snapshot(draft),
        kind: this.kind,
        now: Date.now(),
        locale: this.shop.organization.default_locale,
        country: this.ground.programme.country,
      },
    });
    if (number !== this.#checkNumber) return;
    if (reply.kind === 'problem') this.check = { status: 'problem', problem: reply.problem };
    if (reply.kind !== 'plan') return;
    this.#places.propose([...reply.report.locations.keys()]);
    this.check = { status: 'ready', report: reply.report };
  }

  choosePlace(name: string, choice: PlaceChoice): void {
    this.#places.choose(name, choice);
    this.run = { status: 'none' };
  }

  /** `note` is what stands beside each balance in the ledger. */
  async start(note: string): Promise<void> {
    if (this.check.status !== 'ready' || this.run.status === 'running') return;
    const count = this.check.report.accepted;
    this.run = { status: 'running', totals: null };
    const places = await this.#places.make(this.draft?.timeZone ?? 'UTC');
    if (!places.ok) {
      this.run = { status: 'no-place', name: places.name, failure: places.failure };
      return;
    }
    this.#stop = new AbortController();
    const result = await runRows({
      calls: this.shop.calls,
      organization: this.shop.organization.id,
      salt: this.ground.salts.import,
      rows: await this.#all(count),
      locationOf: (name) => this.places.get(name ?? '')!,
      note,
      onProgress: (totals) => (this.run = { status: 'running', totals }),
      signal: this.#stop.signal,
    });
    this.run = { status: 'ended', result };
    await this.shop.refresh();
  }

  /** Ends after the batch under way; what is stored stays, and a second run goes on. */
  cancel(): void {
    this.#stop?.abort();
  }

  async #all(count: number): Promise<ImportedRow[]> {
    const rows: ImportedRow[] = [];
    while (rows.length < count) {
      const reply = await this.#rows.ask({ kind: 'rows', from: rows.length, count: PAGE });
      if (reply.kind !== 'rows' || reply.rows.length === 0) throw new Error('the plan is not there');
      for (const row of reply.rows) rows.push(row);
    }
    return rows;
  }
}
