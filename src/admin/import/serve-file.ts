import type { ImportTable } from '../../domain/import/plan';
import type { FileReply, FileRequest, ImportTypes, ReportOf } from './file-messages';
import { readFile } from './read-file';

type Planned<K extends ImportTypes> =
  | { ok: true; report: ReportOf<K>; rows: K['row'][] }
  | { ok: false; problem: K['problem'] };

/**
 * Makes this worker hold a file and read it off the main thread: 100,000 rows take a second or two, and the page must not
 * freeze. `plan` tries the whole file, storing nothing.
 */
export function serveFile<K extends ImportTypes>(
  plan: (table: ImportTable, options: K['options']) => Planned<K>,
): void {
  let table: ImportTable | null = null;
  let rows: K['row'][] = [];

  function answer(request: FileRequest<K>): FileReply<K> {
    switch (request.kind) {
      case 'read': {
        const found = readFile(request.bytes, request.encoding);
        table = found?.table ?? null;
        return found ? { kind: 'read', file: found.summary } : { kind: 'empty' };
      }
      case 'plan': {
        if (!table) throw new Error('plan was asked for before a file was read');
        const planned = plan(table, request.options);
        if (!planned.ok) return { kind: 'problem', problem: planned.problem };
        rows = planned.rows;
        return { kind: 'plan', report: planned.report, rows: rows.length };
      }
      case 'rows':
        return { kind: 'rows', rows: rows.slice(request.from, request.from + request.count) };
    }
  }

  addEventListener('message', (event: MessageEvent<FileRequest<K>>) => {
    let reply: FileReply<K>;
    try {
      reply = answer(event.data);
    } catch (error) {
      reply = { kind: 'crashed', message: String(error) };
    }
    postMessage(reply);
  });
}
