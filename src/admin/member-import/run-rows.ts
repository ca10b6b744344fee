import type { OwnerCalls } from '../../backend/owner-calls';
import { sha256 } from '../../device/secrets';
import { balanceRow, memberRecords, visitRecord } from '../../domain/member-import/row-records';
import type {
  ImportedBalance,
  ImportedMember,
  ImportedRow,
  ImportedVisit,
} from '../../domain/member-import/rows';
import { byPlace, wireForm } from '../import/by-place';
import { noTotals, sendRecords, type ImportEnd, type SendBatch, type Sending } from '../send-records';

export type RowsRun = Sending & {
  calls: Pick<OwnerCalls, 'importRecords' | 'importBalances'>;
  organization: string;
  /** `import` of importSalts. */
  salt: string;
  rows: readonly ImportedRow[];
  /** Location id of a location's name in the file; of null when the file names none. */
  locationOf: (name: string | null) => string;
  /** What stands beside each balance in the ledger. */
  note: string;
};

/** Rows turned into records at a time: hashing takes turns with sending, and the page stays alive. */
const SLICE = 500;

/**
 * Sends what was planned, place by place, in batches the server takes. Knows no screen: the page and the command line
 * both use it. Ids follow from the rows, so a second run of the same file stores nothing new.
 */
export async function runRows(run: RowsRun): Promise<ImportEnd> {
  const { calls, organization, rows, note } = run;
  const totals = noTotals(rows.reduce((sum, row) => sum + recordsIn(row), 0));
  const placed = rows.filter((row): row is ImportedMember | ImportedVisit => row.kind !== 'balance');
  const context = { salt: run.salt, sha256 };
  for (const [location, group] of byPlace(placed, run.locationOf)) {
    const send: SendBatch = (nonce, records) => calls.importRecords(organization, location, nonce, records);
    for (const slice of slicesOf(group)) {
      const made = await Promise.all(
        slice.map((row) =>
          row.kind === 'member'
            ? memberRecords(row, context)
            : visitRecord(row, context).then((one) => [one]),
        ),
      );
      const ended = await sendRecords(made.flat().map(wireForm), totals, send, run);
      if (ended) return ended;
    }
  }
  const balances = rows.filter((row): row is ImportedBalance => row.kind === 'balance');
  const send: SendBatch = (nonce, texts) => calls.importBalances(organization, nonce, texts, note);
  for (const slice of slicesOf(balances)) {
    const made = await Promise.all(slice.map((row) => balanceRow(row, context)));
    const ended = await sendRecords(made, totals, send, run);
    if (ended) return ended;
  }
  return { end: 'finished', totals };
}

/** An enrolment, and one for each no. */
const recordsIn = (row: ImportedRow): number =>
  row.kind === 'member' ? 1 + Object.values(row.consents).filter((said) => !said).length : 1;

function* slicesOf<Row>(rows: readonly Row[]): Generator<readonly Row[], void, void> {
  for (let from = 0; from < rows.length; from += SLICE) yield rows.slice(from, from + SLICE);
}
