import { pbkdf2Sync } from 'node:crypto';
import { pair, type Membership } from '../../src/backend/tablet-calls';
import { DIRECTORY_ROUNDS } from '../../src/domain/directory';
import { openPostgresBackend, type EmbeddedBackend } from '../../supabase/embedded/backend';
import { PROGRAMME } from '../e2e/support/members';
import { filesIn, holding } from '../e2e/support/profile';
import { createShop } from '../e2e/support/shop';
import { startPostgres } from '../support/databases';
import type { Bench } from './support/bench';
import type { Figure } from './support/figure';
import { withResources } from './support/resources';
import { openSite } from './support/site';
import { median, p95 } from './support/statistics';
import { slowDown, TABLET_SLOWDOWN } from './support/throttle';

const MEMBERS = 50_000;
const MOST_BYTES = 15_000_000;
const MOST_LOOKUP_MS = 150;
/** Of each member the name holds this, so that the profile can be searched for it. */
const NAME = 'Benchmarkova';

const phoneOf = (member: number) => `+35988${String(member).padStart(7, '0')}`;

export const directory: Bench = {
  name: 'directory',
  method:
    `${MEMBERS.toLocaleString('en')} members of one shop on Postgres, pulled to a tablet in pages; then numbers looked up with ` +
    `${TABLET_SLOWDOWN} × CPU throttle; floors: the same pages read and not kept, and the slow hash alone`,
  run: ({ devicePages: pages, quick }) =>
    withResources(async (resources) => {
      const count = quick ? MEMBERS / 10 : MEMBERS;
      const server = await resources.keep(startPostgres(), ({ stop }) => stop());
      const url = await server.createDatabase('bench');
      const backend = await resources.keep(openPostgresBackend(url), ({ close }) => close());
      const site = await resources.keep(openSite(backend, pages), ({ close }) => close());
      const shop = await createShop(site.url);
      await shop.calls.setProgramme(shop.organization, PROGRAMME);
      const { code } = await shop.newTablet('Lenina 5', 'Counter');
      const credentials = { pairing: crypto.randomUUID(), secret: 'a'.repeat(64) };
      const paired = await pair(code, credentials, 'bench', { url: site.url });
      if (!paired.ok || paired.value.outcome !== 'paired' || !paired.value.settings.membership)
        throw new Error('The tablet was not paired');
      const { membership } = paired.value.settings;
      const phones = await fill(backend, shop.organization, membership, count, quick ? 20 : 100);

      const { page, profileDir } = await resources.openTablet();
      await page.goto(`${site.url}/directory.html`);
      await page.waitForFunction(() => 'directories' in window);
      const read = await page.evaluate((told) => window.directories.readPages(told), credentials);
      const pulled = await page.evaluate((told) => window.directories.pull(...told), [
        credentials,
        membership,
      ] as const);
      await slowDown(page);
      const times = await page.evaluate((told) => window.directories.lookups(...told), [
        phones,
        membership.directory_salt,
      ] as const);
      const floor = await page.evaluate((told) => window.directories.hashes(...told), [
        phones,
        membership.directory_salt,
      ] as const);
      const bytes = await storedBytes(profileDir, phones[0]!);
      return figuresOf({ count, read, pulled, times, floor, bytes });
    }),
};

type Measured = {
  count: number;
  read: number;
  pulled: number;
  times: number[];
  floor: number[];
  bytes: number;
};

function figuresOf({ count, read, pulled, times, floor, bytes }: Measured): Figure[] {
  const hash = 'the slow hash alone';
  return [
    {
      what: `directory of ${count.toLocaleString('en')} pulled`,
      ms: pulled,
      floor: { what: 'the same pages read and not kept', ms: read },
      note: `${(bytes / 1e6).toFixed(1)} MB on the disk`,
    },
    {
      what: 'member found by number, median',
      ms: median(times),
      floor: { what: hash, ms: median(floor) },
      budget: { ms: MOST_LOOKUP_MS },
    },
    {
      what: 'member found by number, p95',
      ms: p95(times),
      floor: { what: hash, ms: p95(floor) },
      note: `n = ${times.length}`,
    },
  ];
}

/** Makes the members; returns the numbers of those whose entries open with the real key, spread among the others. */
async function fill(
  { sql }: EmbeddedBackend,
  organization: string,
  { directory_salt: salt }: Membership,
  count: number,
  known: number,
): Promise<string[]> {
  await sql.query(
    `insert into public.members (org_id, id, phone, first_name, locale, enrolled_at)
     select $1, gen_random_uuid(), '+35988' || lpad(n::text, 7, '0'), $3 || n, 'bg', now() from generate_series(1, $2::int) as n`,
    [organization, count, NAME],
  );
  const phones = Array.from({ length: known }, (_, index) =>
    phoneOf(1 + Math.floor((index * count) / known)),
  );
  const keys = phones.map((phone) => ({
    phone,
    key: pbkdf2Sync(phone, Buffer.from(salt, 'hex'), DIRECTORY_ROUNDS, 32, 'sha256').toString('hex'),
  }));
  // Of the others nobody asks for the number: a quick hash makes entries as large as a slow one does.
  await sql.query(
    `insert into private.directory_entries (org_id, lookup, seq, member_id, directory_key, sealed)
     select $1, private.directory_lookup(key), row_number() over (order by phone), id, key,
       private.seal_entry(key, private.known_member($1, id)::text)
     from (
       select m.id, m.phone, coalesce(real.key, encode(sha256(convert_to(m.phone, 'UTF8')), 'hex')) as key
       from public.members as m
       left join jsonb_to_recordset($2::text::jsonb) as real (phone text, key text) on real.phone = m.phone
       where m.org_id = $1
     ) as keyed`,
    [organization, JSON.stringify(keys)],
  );
  return phones;
}

/** What the browser's databases take; throws when that is too much, or when a name or a number can be read in the profile. */
async function storedBytes(profileDir: string, phone: string): Promise<number> {
  const files = await filesIn(profileDir);
  for (const secret of [NAME, phone.slice(1)]) {
    const readable = holding(files, secret);
    if (readable.length > 0) throw new Error(`"${secret}" can be read in ${readable.join(', ')}`);
  }
  const bytes = files
    .filter(({ path }) => path.includes('IndexedDB'))
    .reduce((sum, file) => sum + file.bytes.length, 0);
  if (bytes > MOST_BYTES) throw new Error(`The directory takes ${bytes} bytes, more than ${MOST_BYTES}`);
  return bytes;
}
