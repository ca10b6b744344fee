import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import * as v from 'valibot';
import { parsePhone } from '../../../src/device/phone';
import { consentSchema, enrolmentSchema, visitSchema } from '../../../src/domain/member';
import type { FileKind } from '../../../src/domain/member-import/fields';
import { guessColumns } from '../../../src/domain/member-import/guess-columns';
import { planFile, type FileOptions, type FilePlan } from '../../../src/domain/member-import/plan-file';
import { balanceRow, memberRecords, visitRecord } from '../../../src/domain/member-import/row-records';
import type { ImportedBalance, ImportedMember, ImportedVisit } from '../../../src/domain/member-import/rows';

function tableOf(text: string) {
  const [header = [], ...rows] = text
    .trim()
    .split('\n')
    .map((line) => line.split(';').map((cell) => cell.trim()));
  return { header, rows };
}

function resultOf(kind: FileKind, text: string, options: Partial<FileOptions> = {}) {
  const table = tableOf(text);
  return planFile(table, {
    kind,
    columns: guessColumns(kind, table.header, table.rows),
    timeZone: 'Europe/Sofia',
    dateOrder: 'auto',
    now: Date.parse('2026-11-01T12:00:00Z'),
    joined: '2026-10-31',
    currency: 'EUR',
    locale: 'bg',
    parsePhone: (typed) => parsePhone(typed, 'BG'),
    ...options,
  });
}

function planOf(...args: Parameters<typeof resultOf>): FilePlan {
  const result = resultOf(...args);
  if (!result.ok) throw new Error(JSON.stringify(result.problem));
  return result.plan;
}

const sha256 = (text: string) => Promise.resolve(createHash('sha256').update(text).digest('hex'));
const context = { salt: 'a'.repeat(64), sha256 };

const MEMBERS = `
customer id; mobile;            first name; e-mail;           dob;    member since; phone consent; newsletter; language
17;          0888 123 456;      Anna;       anna@example.com; 24.12.; 05.03.2024;   yes;           no;         ru
18;          +359 888 123 499;  Boris;      boris(at)home;    31.02.; ;             maybe;         да;         fr
;            0888 123 456;      Anna Maria; ;                 ;       07.03.2024;   ;              ;
20;          12345;             Vera;       ;                 ;       07.03.2024;   ;              ;
21;          ;                  Vera;       ;                 ;       07.03.2024;   ;              ;
22;          0888 123 477;      ;           ;                 ;       07.03.2024;   ;              ;
17;          0888 123 478;      Double;     ;                 ;       07.03.2024;   ;              ;
23;          0888 123 479;      Future;     ;                 ;       07.03.2027;   ;              ;
`;

it('reads members, leaves out what is wrong beside them, and says why a row is refused', () => {
  const { rows, report } = planOf('members', MEMBERS);
  expect(
    rows.map(
      (row) =>
        row.kind === 'member' && [
          row.phone,
          row.firstName,
          row.email,
          row.birthday,
          row.locale,
          row.consents,
        ],
    ),
  ).toEqual([
    [
      '+359888123456',
      'Anna',
      'anna@example.com',
      { month: 12, day: 24 },
      'ru',
      { call: true, messages: false },
    ],
    ['+359888123499', 'Boris', null, null, 'bg', { messages: true }],
    ['+359888123456', 'Anna Maria', null, null, 'bg', {}],
  ]);
  expect(report).toMatchObject({ read: 8, accepted: 3, refused: 5 });
  expect(report.refusals).toEqual([
    { line: 5, reason: 'phone_unreadable' },
    { line: 6, reason: 'phone_missing' },
    { line: 7, reason: 'name_missing' },
    { line: 8, reason: 'reference_repeated' },
    { line: 9, reason: 'date_in_future' },
  ]);
  expect(report.warnings).toEqual({
    email_unreadable: 1,
    birthday_unreadable: 1,
    consent_unreadable: 1,
    locale_unknown: 1,
    joined_missing: 1,
    phone_repeated: 1,
  });
  expect([...report.agreed]).toEqual([
    ['call', 1],
    ['messages', 1],
  ]);
});

it('makes records that the validators take: a yes within the enrolment, a no beside it', async () => {
  const [anna, boris] = planOf('members', MEMBERS).rows as ImportedMember[];
  const records = await memberRecords(anna!, context);
  expect(records.map(({ kind }) => kind)).toEqual(['enrolment', 'consent']);
  const [enrolment, consent] = records.map(({ body }) => JSON.parse(body) as unknown);
  expect(v.parse(enrolmentSchema, enrolment)).toMatchObject({
    consents: [{ purpose: 'call', version: 1, locale: 'ru' }],
  });
  expect(v.parse(consentSchema, consent)).toMatchObject({
    member: records[0]!.id,
    purpose: 'messages',
    granted: false,
  });
  expect(records[0]!.occurredAt).toBe('2024-03-05T10:00:00.000Z');
  expect((await memberRecords(boris!, context))[0]!.occurredAt).toBe('2026-10-31T10:00:00.000Z');
  // Another shop makes other ids: nobody can try references or numbers against them.
  const elsewhere = await memberRecords(anna!, { salt: 'b'.repeat(64), sha256 });
  expect(elsewhere[0]!.id).not.toBe(records[0]!.id);
});

const VISITS = `
invoice; card; phone;        date;             total;     currency
A1;      17;   ;             2024-03-10 10:00; 25.50;
A2;      17;   ;             2024-03-11 10:00; -5.50;     usd
A3;      ;     ;             2024-03-12 10:00; 99.99;
A4;      ;     0888 123 456; 2024-03-13;       ;
A4;      ;     0888 123 456; 2024-03-13;       ;
A5;      17;   ;             2024-03-14 10:00; 1,234;
A6;      17;   ;             yesterday;        1;
A7;      17;   ;             1999-03-14 10:00; 1;
A8;      17;   ;             2024-03-14 10:00; 1;         euro
A9;      ;     123;          2024-03-14 10:00; 1;
`;

it('reads visits of members by number or reference, of nobody, and refunds', async () => {
  const { rows, report } = planOf('visits', VISITS);
  expect(report).toMatchObject({ read: 10, accepted: 4, refused: 6, ofNobody: 1, refunds: 1 });
  expect(report.refusals.map(({ line, reason }) => `${line} ${reason}`)).toEqual([
    '6 receipt_repeated',
    '7 amount_unreadable',
    '8 date_unreadable',
    '9 date_too_early',
    '10 currency_unknown',
    '11 phone_unreadable',
  ]);
  expect([...report.sales]).toEqual([
    ['EUR', 12_549],
    ['USD', -550],
  ]);
  const visits = await Promise.all((rows as ImportedVisit[]).map((row) => visitRecord(row, context)));
  const bodies = visits.map(({ body }) => v.parse(visitSchema, JSON.parse(body)));
  const [anna] = planOf('members', MEMBERS).rows as ImportedMember[];
  const enrolment = (await memberRecords(anna!, context))[0]!.id;
  expect(bodies.map(({ member, phone, sale }) => [member, phone, sale?.amount])).toEqual([
    [enrolment, null, 2550],
    [enrolment, null, -550],
    [null, null, 9999],
    [null, '+359888123456', undefined],
  ]);
});

it('tells identical rows without a receipt apart, and finds the same ids a second time', async () => {
  const file = `phone;date;amount\n0888 123 456;2024-03-10 10:00;5\n0888 123 456;2024-03-10 10:00;5\n`;
  const idsOf = async (text: string) =>
    Promise.all(
      (planOf('visits', text).rows as ImportedVisit[]).map(
        async (row) => (await visitRecord(row, context)).id,
      ),
    );
  const ids = await idsOf(file);
  expect(new Set(ids).size).toBe(2);
  expect(await idsOf(file)).toEqual(ids);
});

it('reads one balance a member, known again by the member alone', async () => {
  const { rows, report } = planOf(
    'balances',
    `mobile;balance;id\n0888 123 456;120;\n+359888123456;7;\n;5;17\n;;18\n;x;19\n;0;20\n;1000001;21\n;3;\n`,
  );
  expect(report.refusals.map(({ line, reason }) => `${line} ${reason}`)).toEqual([
    '3 member_repeated',
    '5 points_missing',
    '6 points_unreadable',
    '7 points_zero',
    '8 points_too_many',
    '9 member_missing',
  ]);
  expect(report.points).toBe(125);
  const [anna] = rows as ImportedBalance[];
  const changed = { ...anna!, points: 121 };
  expect((await balanceRow(changed, context)).id).toBe((await balanceRow(anna!, context)).id);
});

it('asks for the columns without which nothing can be read, and for the order of dates', () => {
  expect(resultOf('members', 'a;b\n1;2')).toEqual({
    ok: false,
    problem: { code: 'column_missing', fields: ['phone'] },
  });
  expect(resultOf('visits', 'date;total\n2024-01-01;2')).toEqual({
    ok: false,
    problem: { code: 'column_missing', fields: ['phone', 'reference'] },
  });
  const slashed = 'phone;date\n0888 123 456;03/04/2024';
  expect(resultOf('visits', slashed)).toEqual({ ok: false, problem: { code: 'date_order_ambiguous' } });
  const dotted = planOf('visits', 'phone;date\n0888 123 456;03.04.2024').rows[0] as ImportedVisit;
  expect(new Date(dotted.at).toISOString()).toBe('2024-04-03T09:00:00.000Z');
  expect(resultOf('visits', slashed, { timeZone: 'Mars/Olympus' })).toEqual({
    ok: false,
    problem: { code: 'time_zone_unknown' },
  });
});

it('guesses columns in three languages by their words and what they hold', () => {
  const guess = (kind: FileKind, text: string) => {
    const { header, rows } = tableOf(text);
    const columns = guessColumns(kind, header, rows);
    return Object.fromEntries(Object.entries(columns).map(([field, column]) => [field, header[column]]));
  };
  expect(
    guess(
      'members',
      'Номер карты;Имя;Фамилия;Телефон;Дата рождения;Дата регистрации;Почта;Рассылка\n1;Анна;Иванова;+7 912 345 67 89;1 мая;2024-05-06;a@example.com;нет',
    ),
  ).toEqual({
    reference: 'Номер карты',
    firstName: 'Имя',
    phone: 'Телефон',
    birthday: 'Дата рождения',
    joined: 'Дата регистрации',
    email: 'Почта',
    messages: 'Рассылка',
  });
  expect(
    guess('members', 'Име;GSM;Рожден ден;Регистриран на;Език\nАнна;0888123456;24.12.;2024-05-06;bg'),
  ).toEqual({
    firstName: 'Име',
    phone: 'GSM',
    birthday: 'Рожден ден',
    joined: 'Регистриран на',
    locale: 'Език',
  });
  expect(
    guess(
      'visits',
      'InvoiceNo;CustomerID;InvoiceDate;Country;lines;amount;is_credit\n536365;17850;2010-12-01 08:26:00;United Kingdom;7;139.12;0',
    ),
  ).toEqual({
    receipt: 'InvoiceNo',
    reference: 'CustomerID',
    at: 'InvoiceDate',
    amount: 'amount',
  });
  expect(guess('balances', 'Телефон;Бонусни точки\n0888123456;12')).toEqual({
    phone: 'Телефон',
    points: 'Бонусни точки',
  });
});
