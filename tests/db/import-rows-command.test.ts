import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getRequestListener } from '@hono/node-server';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { EmbeddedBackend } from '../../supabase/embedded/backend';
import { createShop, type TestShop } from '../e2e/support/shop';
import { openMemoryBackend } from '../support/memory-backend';
import { PROGRAMME } from '../support/members';
import { runImportCommand } from '../support/run-import';

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

async function importFile(what: string, text: string, ...options: string[]) {
  const file = join(folder, `${what}.csv`);
  await writeFile(file, text);
  return runImportCommand(url, shop, what, file, ...options);
}

const MEMBERS = `Клиент №,Телефон,Име,Имейл,Рожден ден,Дата на регистрация,Съгласие за съобщения,Магазин
17,0888 123 456,Анна,anna@example.com,24.12.,05.03.2024,да,Lenina 5
18,+359 888 123 499,Борис,no address,31.02.,06.03.2024,не,Harbour 3
19,12,Вера,,,07.03.2024,,Lenina 5
`;
const VISITS = `InvoiceNo,CustomerID,InvoiceDate,Total
A1,17,2024-03-10 10:00:00,25.50
A2,17,2024-03-11 10:00:00,-5.50
A3,,2024-03-12 10:00:00,99.99
A4,18,2024-03-12 11:00:00,1.005
`;
const BALANCES = `phone,points
0888123456,120
0888000000,7
`;

it('asks for a programme first', async () => {
  const { output, exitCode } = await importFile('members', MEMBERS);
  expect(exitCode).toBe(1);
  expect(output).toContain('Please set up the programme first.');
  await shop.calls.setProgramme(shop.organization, PROGRAMME);
});

it('imports visits, members and balances in any order, and adds nothing the second time', async () => {
  const tried = await importFile('visits', VISITS, '--dry-run');
  expect(tried.output).toContain('reference: CustomerID');
  expect(tried.output).toContain('Rows: 4 read, 3 accepted, 1 refused.');
  expect(tried.output).toContain('line 5: amount_unreadable');
  expect(tried.output).toContain('Sales: 11999 minor units of EUR');
  expect(tried.output).toContain('Of nobody: 1');
  expect(await backend.sql.query('select 1 from public.visits')).toEqual([]);

  expect((await importFile('visits', VISITS)).output).toContain('Records: 3 new, 0 already there');
  const members = await importFile('members', MEMBERS);
  expect(members.output).toContain('line 4: phone_unreadable');
  expect(members.output).toContain('email_unreadable: 1 kept');
  expect(members.output).toContain('birthday_unreadable: 1 kept');
  expect(members.output).toContain('Records: 3 new, 0 already there, 0 in conflict, 0 refused.');
  expect(members.output).toContain('Directory keys: 2 made.');
  const balances = await importFile('balances', BALANCES);
  expect(balances.output).toContain('Records: 1 new, 0 already there, 0 in conflict, 1 refused.');
  expect(balances.output).toContain('unknown_member: 1');

  const state = () =>
    backend.sql.query(
      `select m.first_name as name, m.email, m.birthday_day::int as day, l.name as place, m.enrolled_at::text as joined,
         (select string_agg(purpose || ' ' || granted, ', ') from public.consents as c where c.member_id = m.id) as consents,
         (select count(*)::int from public.visits as v where v.member_id = m.id and refused is null) as visits,
         (select sum(points)::int from public.point_entries as p where p.member_id = m.id) as points
       from public.members as m join public.enrolments as e on e.member_id = m.id
       join public.locations as l on l.id = e.location_id order by m.first_name`,
    );
  const expected = [
    // 50 for joining, 10 for the visit, 25 of its sale less 5 that went back, and 120 brought along.
    {
      name: 'Анна',
      email: 'anna@example.com',
      day: 24,
      place: 'Lenina 5',
      joined: '2024-03-05 10:00:00+00',
      consents: 'messages true',
      visits: 1,
      points: 200,
    },
    {
      name: 'Борис',
      email: null,
      day: null,
      place: 'Harbour 3',
      joined: '2024-03-06 10:00:00+00',
      consents: 'messages false',
      visits: 0,
      points: 50,
    },
  ];
  expect(await state()).toEqual(expected);
  expect(
    await backend.sql.query('select count(*)::int as n from public.visits where member_id is null'),
  ).toEqual([{ n: 1 }]);

  expect((await importFile('members', MEMBERS)).output).toContain('Records: 0 new, 3 already there');
  expect((await importFile('visits', VISITS)).output).toContain('Records: 0 new, 3 already there');
  expect((await importFile('balances', BALANCES)).output).toContain('Records: 0 new, 1 already there');
  expect(await state()).toEqual(expected);
}, 120_000);

it('takes columns as they are named to it, and says which there are', async () => {
  const unknown = await importFile('balances', BALANCES, '--column', 'points=Bonus');
  expect(unknown.output).toContain('There is no column "Bonus". The columns: phone, points');
  const missing = await importFile('balances', BALANCES, '--column', 'points=');
  expect(missing.output).toContain('Please settle this first: {"code":"column_missing","fields":["points"]}');
}, 120_000);
