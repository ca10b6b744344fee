import { WorkerFront } from '../import/worker-front';
import type { RowsReply, RowsRequest } from './rows-messages';

/** A file of members, visits or balances, held and read by a worker. */
export class RowsFile extends WorkerFront<RowsRequest, RowsReply> {
  constructor() {
    super(new Worker(new URL('./rows-worker.ts', import.meta.url), { type: 'module' }));
  }
}
