import { planImport, type ImportedSession, type ImportTable } from '../../domain/import/plan';
import type { CsvReply, CsvRequest } from './csv-messages';
import { plannedScores } from './planned-scores';
import { readFile } from './read-file';

/** Holds the file and reads it off the main thread: 100,000 rows take a second or two, and the page must not freeze. */
let table: ImportTable | null = null;
let sessions: ImportedSession[] = [];

function answer(request: CsvRequest): CsvReply {
  switch (request.kind) {
    case 'read':
      return read(request);
    case 'plan':
      return plan(request);
    case 'sessions':
      return { kind: 'sessions', sessions: sessions.slice(request.from, request.from + request.count) };
  }
}

function plan({ mapping, options }: Extract<CsvRequest, { kind: 'plan' }>): CsvReply {
  if (!table) throw new Error('plan was asked for before a file was read');
  const result = planImport(table, mapping, options);
  if (!result.ok) return { kind: 'problem', problem: result.problem };
  sessions = result.plan.sessions;
  const answers = sessions.reduce((sum, session) => sum + session.answers.length, 0);
  return { kind: 'plan', report: result.plan.report, answers, scores: plannedScores(sessions) };
}

function read({ bytes, encoding }: Extract<CsvRequest, { kind: 'read' }>): CsvReply {
  const found = readFile(bytes, encoding);
  table = found?.table ?? null;
  return found ? { kind: 'read', file: found.summary } : { kind: 'empty' };
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
