import { planImport, type ImportTable } from '../../domain/import/plan';
import type { CsvReply, CsvRequest } from './csv-messages';
import { guessEncoding } from './encoding';
import { distinctCells, readCsv } from './read-csv';

/** Holds the file and reads it off the main thread: 100,000 rows take a second or two, and the page must not freeze. */
let table: ImportTable | null = null;

const SAMPLE = 500;

function answer(request: CsvRequest): CsvReply {
  if (request.kind === 'plan') {
    if (!table) throw new Error('plan was asked for before a file was read');
    return { kind: 'plan', result: planImport(table, request.mapping, request.options) };
  }
  const encoding = request.encoding ?? guessEncoding(request.bytes);
  const read = readCsv(request.bytes, encoding);
  table = read;
  if (!read) return { kind: 'empty' };
  return {
    kind: 'read',
    file: {
      encoding,
      header: read.header,
      rowCount: read.rows.length,
      sample: read.rows.slice(0, SAMPLE),
      distinct: read.header.map((_, column) => distinctCells(read, column)),
    },
  };
}

addEventListener('message', (event: MessageEvent<CsvRequest>) => {
  let reply: CsvReply;
  try {
    reply = answer(event.data);
  } catch (error) {
    reply = { kind: 'crashed', message: String(error) };
  }
  postMessage(reply);
});
