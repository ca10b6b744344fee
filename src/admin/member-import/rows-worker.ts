import { parsePhone } from '../../device/phone';
import type { ImportTable } from '../../domain/import/plan';
import { planFile } from '../../domain/member-import/plan-file';
import type { ImportedRow } from '../../domain/member-import/rows';
import { readFile } from '../import/read-file';
import type { PlanOptions, RowsReply, RowsRequest } from './rows-messages';

/** Holds the file and reads it off the main thread, telephone numbers and all. */
let table: ImportTable | null = null;
let rows: ImportedRow[] = [];

function answer(request: RowsRequest): RowsReply {
  switch (request.kind) {
    case 'read': {
      const found = readFile(request.bytes, request.encoding);
      table = found?.table ?? null;
      return found ? { kind: 'read', file: found.summary } : { kind: 'empty' };
    }
    case 'plan':
      return plan(request.options);
    case 'rows':
      return { kind: 'rows', rows: rows.slice(request.from, request.from + request.count) };
  }
}

function plan(options: PlanOptions): RowsReply {
  if (!table) throw new Error('plan was asked for before a file was read');
  const result = planFile(table, { ...options, parsePhone: (typed) => parsePhone(typed, options.country) });
  if (!result.ok) return { kind: 'problem', problem: result.problem };
  rows = result.plan.rows;
  return { kind: 'plan', report: result.plan.report };
}

addEventListener('message', (event: MessageEvent<RowsRequest>) => {
  let reply: RowsReply;
  try {
    reply = answer(event.data);
  } catch (error) {
    reply = { kind: 'crashed', message: String(error) };
  }
  postMessage(reply);
});
