import type { RescuedRecord } from '../../domain/rescue-file';
import { noTotals, sendRecords, type ImportEnd, type ImportTotals } from '../send-records';
import type { Shop } from '../shop.svelte';
import { openRescueFile, type OpenedRescue } from './rescue-keys';
import { summaryOf, type RescueSummary } from './rescue-summary';

type Problem = Extract<OpenedRescue, { ok: false }>;

export type RescueView =
  | { status: 'none' }
  | { status: 'opening' }
  | { status: 'problem'; name: string; problem: Problem }
  | { status: 'ready'; name: string; summary: RescueSummary }
  | { status: 'running'; name: string; totals: ImportTotals }
  | { status: 'ended'; name: string; result: ImportEnd };

/**
 *   none → opening → ready → running → ended, and on to ready when it ended early
 *              └──► problem
 */
export class RescueImportState {
  view = $state.raw<RescueView>({ status: 'none' });
  readonly #shop: Shop;
  #records: RescuedRecord[] = [];
  #stop: AbortController | null = null;

  constructor(shop: Shop) {
    this.#shop = shop;
  }

  close(): void {
    this.#stop?.abort();
  }

  async open(file: File): Promise<void> {
    if (this.view.status === 'running') return;
    this.view = { status: 'opening' };
    const { calls, organization } = this.#shop;
    const opened = await openRescueFile(file, calls, organization.id);
    if (!opened.ok) {
      this.view = { status: 'problem', name: file.name, problem: opened };
      return;
    }
    this.#records = opened.records;
    this.view = { status: 'ready', name: file.name, summary: summaryOf(opened.records, this.#shop.tablets) };
  }

  /** Sends the whole file, also after it ended early: what had arrived is named as already there. */
  async start(): Promise<void> {
    if (this.view.status !== 'ready' && this.view.status !== 'ended') return;
    const { name } = this.view;
    const { calls, organization } = this.#shop;
    const totals = noTotals(this.#records.length);
    this.view = { status: 'running', name, totals };
    this.#stop = new AbortController();
    const ended = await sendRecords(
      this.#records,
      totals,
      (nonce, records) => calls.importRescue(organization.id, nonce, records),
      {
        signal: this.#stop.signal,
        onProgress: (now) => (this.view = { status: 'running', name, totals: now }),
      },
    );
    this.view = { status: 'ended', name, result: ended ?? { end: 'finished', totals } };
    await this.#shop.refresh();
  }

  cancel(): void {
    this.#stop?.abort();
  }
}
