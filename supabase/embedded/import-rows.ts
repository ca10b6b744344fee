import { makeKeys } from '../../src/admin/member-import/make-keys';
import { runRows } from '../../src/admin/member-import/run-rows';
import type { OwnerCalls } from '../../src/backend/owner-calls';
import type { Organization } from '../../src/backend/owner-calls/shop';
import { parsePhone } from '../../src/device/phone';
import type { ImportTable } from '../../src/domain/import/plan';
import type { DateOrder } from '../../src/domain/import/stamp';
import { FIELDS, type Columns, type Field, type FileKind } from '../../src/domain/member-import/fields';
import { guessColumns } from '../../src/domain/member-import/guess-columns';
import { planFile, type FilePlan } from '../../src/domain/member-import/plan-file';
import type { FileReport } from '../../src/domain/member-import/report';
import { addLocation, answered, progressBar, UsageProblem } from './import-support';

export type RowsArguments = {
  column: string[];
  'time-zone'?: string | undefined;
  'date-order': string;
  into?: string | undefined;
  currency?: string | undefined;
  joined?: string | undefined;
  note: string;
  'no-keys': boolean;
  'dry-run': boolean;
};

/** `npm run import -- members|visits|balances`. */
export async function importRows(
  calls: OwnerCalls,
  organization: Organization,
  kind: FileKind,
  table: ImportTable,
  args: RowsArguments,
): Promise<void> {
  const { programme } = answered(await calls.reportProgramme(organization.id));
  const salts = answered(await calls.importSalts(organization.id));
  if (!programme || salts.outcome !== 'ok') throw new UsageProblem('Please set up the programme first.');
  const locations = answered(await calls.locations(organization.id));
  const first = args.into ? locations.find(({ name }) => name === args.into) : locations[0];
  if (!first) throw new UsageProblem(`There is no location "${args.into ?? ''}".`);
  const timeZone = args['time-zone'] ?? first.time_zone;

  const result = planFile(table, {
    kind,
    columns: columnsOf(kind, table, args.column),
    timeZone,
    dateOrder: args['date-order'] as DateOrder | 'auto',
    now: Date.now(),
    joined: args.joined ?? new Date().toISOString().slice(0, 10),
    currency: args.currency ?? programme.currency,
    locale: organization.default_locale,
    parsePhone: (typed) => parsePhone(typed, programme.country),
  });
  if (!result.ok) throw new UsageProblem(`Please settle this first: ${JSON.stringify(result.problem)}`);
  printReport(result.plan.report);
  if (args['dry-run']) return;

  const ids = new Map(locations.map(({ name, id }) => [name, id]));
  for (const name of result.plan.report.locations.keys()) {
    if (name !== '' && !ids.has(name))
      ids.set(name, await addLocation(calls, organization.id, name, timeZone));
  }
  await send(calls, organization.id, salts.import, result.plan, args.note, (name) =>
    name ? (ids.get(name) ?? first.id) : first.id,
  );
  if (kind === 'members' && !args['no-keys']) await keys(calls, organization.id, salts.directory);
}

async function send(
  calls: OwnerCalls,
  organization: string,
  salt: string,
  { rows }: FilePlan,
  note: string,
  locationOf: (name: string | null) => string,
): Promise<void> {
  const end = await runRows({
    calls,
    organization,
    salt,
    rows,
    locationOf,
    note,
    onProgress: ({ sent, total }) => process.stderr.write(`\r${progressBar(sent, total)}`),
  });
  process.stderr.write('\n');
  const { stored, duplicate, conflict, refused, refusedBy } = end.totals;
  console.log(
    `Records: ${stored} new, ${duplicate} already there, ${conflict} in conflict, ${refused} refused.`,
  );
  for (const [reason, count] of Object.entries(refusedBy)) console.log(`  ${reason}: ${count}`);
  if (end.end !== 'finished') throw new UsageProblem(STOPPED);
}

const STOPPED = 'The server stopped answering. Run the same command again: nothing is stored twice.';

async function keys(calls: OwnerCalls, organization: string, salt: string): Promise<void> {
  const end = await makeKeys({
    calls,
    organization,
    salt,
    onProgress: ({ made, left }) => process.stderr.write(`\r${progressBar(made, made + left)}`),
  });
  process.stderr.write('\n');
  console.log(`Directory keys: ${end.made} made.`);
  if (end.end !== 'finished') throw new UsageProblem(STOPPED);
}

/** As guessed, but for what was said. */
function columnsOf(kind: FileKind, { header, rows }: ImportTable, said: readonly string[]): Columns {
  const columns = guessColumns(kind, header, rows.slice(0, 500));
  for (const pair of said) {
    const [name = '', ...rest] = pair.split('=');
    const title = rest.join('=');
    const field = (FIELDS[kind] as readonly Field[]).find((known) => known === name);
    if (!field) throw new UsageProblem(`There is no field "${name}". The fields: ${FIELDS[kind].join(', ')}`);
    if (title === '') delete columns[field];
    else if (!header.includes(title))
      throw new UsageProblem(`There is no column "${title}". The columns: ${header.join(', ')}`);
    else columns[field] = header.indexOf(title);
  }
  for (const [field, column] of Object.entries(columns)) console.log(`${field}: ${header[column]}`);
  return columns;
}

function printReport(report: FileReport): void {
  console.log(`Rows: ${report.read} read, ${report.accepted} accepted, ${report.refused} refused.`);
  for (const { line, reason } of report.refusals) console.log(`  line ${line}: ${reason}`);
  if (report.refused > report.refusals.length) {
    console.log(`  … and ${report.refused - report.refusals.length} more`);
  }
  for (const [warning, count] of Object.entries(report.warnings)) console.log(`  ${warning}: ${count} kept`);
  for (const [currency, amount] of report.sales) console.log(`Sales: ${amount} minor units of ${currency}`);
  if (report.ofNobody > 0) console.log(`Of nobody: ${report.ofNobody}`);
}
