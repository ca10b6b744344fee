import type { Failure } from '../../backend/failure';
import { guessMapping } from '../../domain/import/guess-mapping';
import type { ImportedSession, ImportProblem } from '../../domain/import/plan';
import { reasonKeys } from '../../domain/import/reason-keys';
import type { ImportReport } from '../../domain/import/report';
import { localDate } from '../scores/period';
import type { ImportEnd, ImportTotals } from '../send-records';
import type { Shop } from '../shop.svelte';
import { CsvFile } from './csv-file';
import type { CsvFileSummary, PlannedScores } from './csv-messages';
import { draftOf, mappingOf, type ImportDraft } from './draft';
import type { Encoding } from './encoding';
import { PlaceChoices } from './place-choices.svelte';
import type { PlaceChoice } from './places';
import { runImport } from './run-import';

export type FileView =
  | { status: 'none' }
  | { status: 'reading' }
  | { status: 'unreadable' }
  | { status: 'ready'; name: string; summary: CsvFileSummary };

export type CheckView =
  | { status: 'none' }
  | { status: 'checking' }
  | { status: 'problem'; problem: ImportProblem }
  | { status: 'ready'; report: ImportReport; answers: number; scores: PlannedScores };

export type RunView =
  | { status: 'none' }
  | { status: 'running'; totals: ImportTotals | null }
  | { status: 'ended'; result: ImportEnd }
  /** A place in the file could not be made as a location. */
  | { status: 'no-place'; name: string; failure: Failure | null };

/** Sessions per message from the worker: a few ms of copying. */
const PAGE = 2_000;

/**
 *   file: none → reading → ready | unreadable
 *   check: (every change of the draft) checking → ready | problem
 *   run: none → running → ended, again as often as wanted
 */
export class ImportState {
  file = $state.raw<FileView>({ status: 'none' });
  draft = $state.raw<ImportDraft | null>(null);
  check = $state.raw<CheckView>({ status: 'none' });
  run = $state.raw<RunView>({ status: 'none' });

  readonly #shop: Shop;
  readonly #places: PlaceChoices;
  readonly #csv = new CsvFile();
  #bytes: Uint8Array | null = null;
  #name = '';
  #checkNumber = 0;
  #stop: AbortController | null = null;

  constructor(shop: Shop) {
    this.#shop = shop;
    this.#places = new PlaceChoices(shop);
  }

  /** Place in the file → location; '' stands for a file without places. */
  get places(): ReadonlyMap<string, PlaceChoice> {
    return this.#places.chosen;
  }

  close(): void {
    this.#stop?.abort();
    this.#csv.close();
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
    const reply = await this.#csv.ask({ kind: 'read', bytes: this.#bytes, encoding });
    if (reply.kind !== 'read') {
      this.file = { status: 'unreadable' };
      return;
    }
    const { header, sample } = reply.file;
    this.file = { status: 'ready', name: this.#name, summary: reply.file };
    const timeZone = this.#shop.locations[0]?.time_zone ?? 'UTC';
    await this.change(draftOf(guessMapping(header, sample), timeZone, localDate(Date.now(), timeZone)));
  }

  /** Takes the owner's choices and tries the whole file with them, storing nothing. */
  async change(draft: ImportDraft): Promise<void> {
    this.draft = draft;
    this.run = { status: 'none' };
    const mapping = mappingOf(draft);
    const number = ++this.#checkNumber;
    if (!mapping) {
      this.check = { status: 'problem', problem: { code: 'score_column_missing' } };
      return;
    }
    this.check = { status: 'checking' };
    const survey = this.#shop.surveys[0];
    const options = {
      timeZone: draft.timeZone,
      dateOrder: draft.dateOrder,
      now: Date.now(),
      ...(survey && { reasonKeys: reasonKeys(survey.definition) }),
    };
    const reply = await this.#csv.ask({ kind: 'plan', mapping, options });
    if (number !== this.#checkNumber) return;
    if (reply.kind === 'problem') this.check = { status: 'problem', problem: reply.problem };
    if (reply.kind !== 'plan') return;
    this.#places.propose([...reply.report.locations.keys()]);
    this.check = { status: 'ready', report: reply.report, answers: reply.answers, scores: reply.scores };
  }

  choosePlace(name: string, choice: PlaceChoice): void {
    this.#places.choose(name, choice);
    this.run = { status: 'none' };
  }

  async start(): Promise<void> {
    const survey = this.#shop.surveys[0];
    if (this.check.status !== 'ready' || !survey || this.run.status === 'running') return;
    const count = this.check.report.sessions;
    this.run = { status: 'running', totals: null };
    const places = await this.#places.make(this.draft?.timeZone ?? 'UTC');
    if (!places.ok) {
      this.run = { status: 'no-place', name: places.name, failure: places.failure };
      return;
    }
    this.#stop = new AbortController();
    const result = await runImport({
      calls: this.#shop.calls,
      organization: this.#shop.organization.id,
      survey: survey.id,
      locale: this.#shop.organization.default_locale,
      sessions: await this.#sessions(count),
      locationOf: (name) => this.places.get(name ?? '')!,
      onProgress: (totals) => (this.run = { status: 'running', totals }),
      signal: this.#stop.signal,
    });
    this.run = { status: 'ended', result };
    await this.#shop.refresh();
  }

  /** Ends after the batch under way; what is stored stays, and a second run goes on. */
  cancel(): void {
    this.#stop?.abort();
  }

  async #sessions(count: number): Promise<ImportedSession[]> {
    const sessions: ImportedSession[] = [];
    while (sessions.length < count) {
      const reply = await this.#csv.ask({ kind: 'sessions', from: sessions.length, count: PAGE });
      if (reply.kind !== 'sessions' || reply.sessions.length === 0) throw new Error('the plan is not there');
      for (const session of reply.sessions) sessions.push(session);
    }
    return sessions;
  }
}
