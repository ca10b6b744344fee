import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getRequestListener } from '@hono/node-server';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { EmbeddedBackend } from '../../supabase/embedded/backend';
import { openMemoryBackend } from '../support/memory-backend';
import { runImportCommand } from '../support/run-import';
import { createShop, type TestShop } from '../e2e/support/shop';

let backend: EmbeddedBackend;
let server: Server;
let shop: TestShop;
let folder: string;
let url: string;

beforeAll(async () => {
  backend = await openMemoryBackend();
  server = createServer(getRequestListener((request) => backend.fetch(request)));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  shop = await createShop(url);
  folder = await mkdtemp(join(tmpdir(), 'verna-import-'));
});

afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await backend.close();
  await rm(folder, { recursive: true, force: true });
});

const importRatings = (file: string, ...options: string[]) =>
  runImportCommand(url, shop, 'ratings', file, ...options);

it('imports what can be read, names what cannot, and adds nothing the second time', async () => {
  const file = join(folder, 'ratings.csv');
  await writeFile(
    file,
    'responded_at,score_0_10,store,comment,faces\n2026-01-05T10:00,10,Lenina 5,Great,5\n2026-01-05T11:00,11,Lenina 5,,5\n' +
      '2026-01-06T11:00,0,Harbour 3,Слишком долго,\n2026-01-06T12:00,,Lenina 5,no score,\n',
  );
  const options = [
    '--score',
    'score_0_10',
    '--scale',
    'nps10',
    '--location',
    'store',
    '--also',
    'faces=satisfaction',
  ];

  const tried = await importRatings(file, ...options, '--dry-run');
  expect(tried.output).toContain('Rows: 4 read, 2 accepted, 2 refused.');
  expect(tried.output).toContain('line 3: score_off_scale');
  expect(tried.output).toContain('line 5: score_missing');
  expect(await backend.sql.query('select 1 from public.answers')).toEqual([]);

  const first = await importRatings(file, ...options);
  expect(first).toMatchObject({ exitCode: 0 });
  expect(first.output).toContain('Answers: 5 new, 0 already there, 0 in conflict, 0 refused.');
  const second = await importRatings(file, ...options);
  expect(second.output).toContain('Answers: 0 new, 5 already there, 0 in conflict, 0 refused.');
  expect(
    await backend.sql.query(
      `select locations.name, answers.score::int as score from public.answers
       join public.locations on locations.id = answers.location_id where type = 'nps' order by score`,
    ),
  ).toEqual([
    { name: 'Harbour 3', score: 0 },
    { name: 'Lenina 5', score: 10 },
  ]);
}, 120_000);

it('brings rows in by what the shop tells its tablets apart by', async () => {
  await backend.sql.query(
    `insert into public.dimensions (org_id, name, created_by) select id, 'Till', 'somebody' from public.organizations`,
  );
  const file = join(folder, 'tills.csv');
  await writeFile(
    file,
    'date,faces,counter\n2026-02-05,5,One\n2026-02-05,5,Two\n2026-02-06,2,one\n2026-02-06,2,\n',
  );
  const options = ['--score', 'faces', '--scale', 'csat5', '--dimension', 'till=counter'];

  const tried = await importRatings(file, ...options, '--dry-run');
  expect(tried.output).toContain('Till: One (new) 2, Two (new) 1, none 1.');
  expect(await backend.sql.query('select 1 from public.dimension_values')).toEqual([]);
  const first = await importRatings(file, ...options);
  expect(first.output).toContain('Answers: 4 new, 0 already there, 0 in conflict, 0 refused.');
  expect(
    await backend.sql.query(
      `select v.name, count(*)::int as n from public.answers as a
       left join public.tablet_values as t on t.tablet_id = a.tablet_id
       left join public.dimension_values as v on v.id = t.value_id
       where a.occurred_at >= '2026-02-01' group by v.name order by v.name`,
    ),
  ).toEqual([
    { name: 'One', n: 2 },
    { name: 'Two', n: 1 },
    { name: null, n: 1 },
  ]);
  const second = await importRatings(file, ...options);
  expect(second.output).toContain('Till: One 2, Two 1, none 1.');
  expect(second.output).toContain('Answers: 0 new, 4 already there, 0 in conflict, 0 refused.');
  const unknown = await importRatings(file, ...options.slice(0, 4), '--dimension', 'Floor=counter');
  expect(unknown.output).toContain('There is no dimension "Floor". The shop\'s own: Till');
}, 120_000);

it('says in words what is wrong with a file, a column or a password', async () => {
  const missing = await importRatings(join(folder, 'nowhere.csv'));
  expect(missing).toMatchObject({ exitCode: 1 });
  expect(missing.output).toContain('The file cannot be read');
  const file = join(folder, 'columns.csv');
  await writeFile(file, 'a,b\n1,2\n');
  const columns = await importRatings(file, '--score', 'c');
  expect(columns.output).toContain('There is no column "c". The columns: a, b');
  const password = await importRatings(file, '--password', 'something else');
  expect(password.output).toContain('Signing in failed: wrong_credentials');
  for (const { output } of [missing, columns, password]) expect(output).not.toContain('    at ');
}, 120_000);
