import type { CsvReply, CsvRequest } from './csv-messages';
import { WorkerFront } from './worker-front';

/** A file of ratings, held and read by a worker. */
export class CsvFile extends WorkerFront<CsvRequest, CsvReply> {
  constructor() {
    super(new Worker(new URL('./csv-worker.ts', import.meta.url), { type: 'module' }));
  }
}
