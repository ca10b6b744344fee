import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { guessEncoding } from '../../src/admin/import/encoding';
import { readCsv } from '../../src/admin/import/read-csv';
import {
  importQuestions,
  otherSurveys,
  type ImportQuestion,
} from '../../src/admin/rating-import/import-questions';
import { runImport } from '../../src/admin/rating-import/run-import';
import { ownerCalls, type OwnerCalls } from '../../src/backend/owner-calls';
import { guessMapping } from '../../src/domain/import/guess-mapping';
import {
  USUAL_QUESTIONS,
  type ImportMapping,
  type ImportScale,
  type ScoreColumn,
} from '../../src/domain/import/mapping';
import { planImport, type ImportPlan, type ImportTable } from '../../src/domain/import/plan';
import { reasonKeys } from '../../src/domain/import/reason-keys';
import type { DateOrder } from '../../src/domain/import/stamp';
import { FILE_KINDS } from '../../src/domain/member-import/fields';
import { importRows } from './import-rows';
import { addLocation, answered, progressBar, signedIn, UsageProblem } from './import-support';

const USAGE = `
npm run import -- ratings|members|visits|balances FILE [options]

Imports a CSV into the shop you own. A second import of the same file adds nothing.

  --url URL             where Verna runs           (default http://localhost:4170)
  --email, --password   the owner's; or VERNA_EMAIL and VERNA_PASSWORD
  --key KEY             the project's publishable key, when it is not the embedded backend
  --dry-run             reads and reports, stores nothing
  --time-zone ZONE      IANA zone of the dates     (default: that of the first location)
  --date-order ORDER    ymd, dmy or mdy            (guessed; asked for when it is not certain)
  --into NAME           the location for rows that name none (default: the first)

Members, visits and balances:
  --column FIELD=NAME   what a column says, as often as needed (guessed from the header): phone, firstName, joined,
                        birthday, email, locale, reference, location, programme, messages, call, publish; at, amount,
                        currency, receipt; points. FIELD= leaves a guessed one out
  --currency CODE       of amounts beside which none stands (default: the programme's)
  --joined DATE         when members joined of whom the file does not say it (default: today)
  --note TEXT           what stands beside each balance in the ledger (default: Opening balance)
  --no-keys             leaves the directory keys to the owner's page: tablets know the members only with a network

Ratings:
  --score COLUMN        the column of scores       (guessed from the header)
  --scale SCALE         what its numbers mean: csat5, nps10 or ces7 (guessed from the values)
  --also COLUMN=KEY     another column of scores and the question it answers, as often as needed: satisfaction, recommend,
                        and what the shop asks or asked beside them, such as effort or about_staff
  --recode OLD=NEW,…    e.g. 1=5,2=4,4=2,5=1 where 1 is "very good"; =7 gives empty cells a score
  --blank VALUE,…       cells that mean "no answer", e.g. 11
  --date COLUMN         the column of dates        (guessed)
  --location COLUMN     the column of locations; missing ones are made. Without it: --into
  --dimension NAME=COLUMN   one of the shop's own dimensions, such as Till, and the column of its values; missing ones are
                        made. Rows that came in before without that column come in once more
  --comment COLUMN      the column of comments     (guessed)
`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    url: { type: 'string', default: 'http://localhost:4170' },
    email: { type: 'string' },
    password: { type: 'string' },
    key: { type: 'string' },
    score: { type: 'string' },
    scale: { type: 'string' },
    also: { type: 'string', multiple: true, default: [] },
    recode: { type: 'string' },
    blank: { type: 'string' },
    date: { type: 'string' },
    'date-order': { type: 'string', default: 'auto' },
    'time-zone': { type: 'string' },
    location: { type: 'string' },
    into: { type: 'string' },
    dimension: { type: 'string' },
    comment: { type: 'string' },
    column: { type: 'string', multiple: true, default: [] },
    currency: { type: 'string' },
    joined: { type: 'string' },
    note: { type: 'string', default: 'Opening balance' },
    'no-keys': { type: 'boolean', default: false },
    'dry-run': { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

try {
  await main();
} catch (error) {
  if (!(error instanceof UsageProblem)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}

async function main(): Promise<void> {
  const [what, file] = positionals;
  const kind = FILE_KINDS.find((known) => known === what);
  if (values.help || !(kind || what === 'ratings') || !file) throw new UsageProblem(USAGE);
  const bytes = await readFile(file).catch(() => {
    throw new UsageProblem(`The file cannot be read: ${file}`);
  });
  const table = readCsv(bytes, guessEncoding(bytes));
  if (!table) throw new UsageProblem('The file has no rows under a header.');

  const calls = ownerCalls(await signedIn(values));
  const [organization] = answered(await calls.organizations());
  if (!organization) throw new UsageProblem('This account has no shop yet.');
  if (kind) return importRows(calls, organization, kind, table, values);
  const versions = answered(await calls.surveyVersions(organization.id));
  const [version] = versions;
  if (!version) throw new UsageProblem('This shop has no survey yet.');
  const locations = new Map(
    answered(await calls.locations(organization.id)).map((location) => [location.name, location]),
  );
  const first = values.into ? locations.get(values.into) : [...locations.values()][0];
  if (!first) throw new UsageProblem(`There is no location "${values.into ?? ''}".`);
  const timeZone = values['time-zone'] ?? first.time_zone;

  const dimension = await dimensionOf(calls, organization.id);
  const mapping = mappingOf(table, importQuestions(versions), dimension?.column);
  const result = planImport(table, mapping, {
    timeZone,
    dateOrder: values['date-order'] as DateOrder | 'auto',
    now: Date.now(),
    reasonKeys: reasonKeys(version.definition),
  });
  if (!result.ok) throw new UsageProblem(`Please settle this first: ${JSON.stringify(result.problem)}`);
  report(result.plan);
  if (dimension) reportValues(result.plan, dimension);
  if (values['dry-run']) return;

  const ids = new Map([...locations].map(([name, location]) => [name, location.id]));
  for (const name of result.plan.report.locations.keys()) {
    if (name !== '' && !ids.has(name))
      ids.set(name, await addLocation(calls, organization.id, name, timeZone));
  }
  const end = await runImport({
    calls,
    organization: organization.id,
    survey: version.id,
    otherSurveys: otherSurveys(versions),
    locale: organization.default_locale,
    sessions: result.plan.sessions,
    dimension: dimension?.id ?? null,
    locationOf: (name) => (name ? ids.get(name) : undefined) ?? first.id,
    onProgress: ({ sent, total }) => process.stderr.write(`\r${progressBar(sent, total)}`),
  });
  process.stderr.write('\n');
  const { stored, duplicate, conflict, refused } = end.totals;
  console.log(
    `Answers: ${stored} new, ${duplicate} already there, ${conflict} in conflict, ${refused} refused.`,
  );
  if (end.end !== 'finished') {
    throw new UsageProblem(
      'The server stopped answering. Run the same command again: nothing is stored twice.',
    );
  }
}

type ChosenDimension = { id: string; name: string; column: string; known: ReadonlySet<string> };

async function dimensionOf(calls: OwnerCalls, organization: string): Promise<ChosenDimension | null> {
  if (values.dimension === undefined) return null;
  const [name = '', column = ''] = values.dimension.split(/=(.*)/s);
  const dimensions = answered(await calls.dimensions(organization));
  const found = dimensions.find((known) => known.name.toLowerCase() === name.toLowerCase());
  if (!found) {
    const names = dimensions.map((known) => known.name).join(', ') || 'none yet';
    throw new UsageProblem(`There is no dimension "${name}". The shop's own: ${names}`);
  }
  const known = answered(await calls.dimensionValues(organization))
    .filter(({ dimension_id, removed_at }) => dimension_id === found.id && removed_at === null)
    .map((value) => value.name.toLowerCase());
  return { ...found, column, known: new Set(known) };
}

function mappingOf(
  table: ImportTable,
  questions: readonly ImportQuestion[],
  dimensionColumn: string | undefined,
): ImportMapping {
  const guess = guessMapping(table.header, table.rows.slice(0, 500));
  const column = (name: string | undefined, guessed: number | null): number | null => {
    if (name === undefined) return guessed;
    const index = table.header.indexOf(name);
    if (index === -1)
      throw new UsageProblem(`There is no column "${name}". The columns: ${table.header.join(', ')}`);
    return index;
  };
  const scoreColumn = column(values.score, guess.scores[0]?.column ?? null);
  if (scoreColumn === null) throw new UsageProblem('No column of scores was found; please give --score.');
  const scale = values.scale ?? guess.scores.find((score) => score.column === scoreColumn)?.scale;
  if (scale !== 'csat5' && scale !== 'nps10' && scale !== 'ces7')
    throw new UsageProblem('Please give --scale csat5, nps10 or ces7.');
  const dateColumn = column(values.date, guess.occurredAt);
  if (dateColumn === null) throw new UsageProblem('No column of dates was found; please give --date.');

  const score: ScoreColumn = { column: scoreColumn, scale };
  if (values.recode) {
    score.recode = Object.fromEntries(
      values.recode.split(',').map((pair) => {
        const [from, to] = pair.split('=');
        return [from ?? '', Number(to)];
      }),
    );
  }
  if (values.blank) score.blanks = values.blank.split(',');
  const scales = new Map<string, ImportScale>([
    ...Object.entries(USUAL_QUESTIONS).map(
      ([name, { question }]) => [question, name as ImportScale] as const,
    ),
    ...questions.map(({ question, scale: own }) => [question, own] as const),
  ]);
  const also = values.also.map((pair): ScoreColumn => {
    const [name, question = ''] = pair.split('=');
    const own = scales.get(question);
    if (!own)
      throw new UsageProblem(
        `There is no question "${question}". The questions: ${[...scales.keys()].join(', ')}`,
      );
    const isUsual = USUAL_QUESTIONS[own].question === question;
    return {
      column: column(name, null)!,
      scale: own,
      ...(!isUsual && { question }),
      ...(score.blanks && { blanks: score.blanks }),
    };
  });
  const location = column(values.location, null);
  const dimension = column(dimensionColumn, null);
  const comment = column(values.comment, guess.comment);
  return {
    scores: [score, ...also],
    occurredAt: { column: dateColumn },
    ...(location !== null && { location }),
    ...(dimension !== null && { dimension }),
    ...(comment !== null && { comment }),
  };
}

function reportValues({ report: { values: counts } }: ImportPlan, { name, known }: ChosenDimension): void {
  const told = [...counts].map(([value, count]) => {
    if (value === '') return `none ${count}`;
    return known.has(value.toLowerCase()) ? `${value} ${count}` : `${value} (new) ${count}`;
  });
  console.log(`${name}: ${told.join(', ')}.`);
}

function report({ report: counts }: ImportPlan): void {
  console.log(`Rows: ${counts.read} read, ${counts.accepted} accepted, ${counts.refused} refused.`);
  for (const { line, reason } of counts.refusals) console.log(`  line ${line}: ${reason}`);
  if (counts.refused > counts.refusals.length) {
    console.log(`  … and ${counts.refused - counts.refusals.length} more`);
  }
  for (const [warning, count] of Object.entries(counts.warnings)) console.log(`  ${warning}: ${count} kept`);
}
