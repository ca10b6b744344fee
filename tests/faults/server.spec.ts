import { pass, type Fault } from '../support/fault-proxy';
import { appliedThenDropped, inOrder, recordsOf, refusal, reset } from './support/network-faults';
import { expectHealed, expectKept } from './support/oracle';
import { sleepOnce } from './support/slow-row';
import { expect, scores, test } from './support/test';

/** What the database kept of this tablet's records beside the answers. */
const QUARANTINE = `
  select q.record_id as id, q.outcome, q.reason, q.record::jsonb ->> 'body' as body from public.quarantine as q
  join public.pairings as p on p.org_id = q.org_id and p.id = q.pairing_id where p.tablet_id = $1`;
type Quarantined = { id: string; outcome: string; reason: string; body: string };

test('a statement that runs out of time in the middle of a batch stores none of it, and all of it later', async ({
  server,
  network,
  device,
  random,
}) => {
  const at = random.integer(2, 50);
  const slow = await sleepOnce(server, device.tablet, at);
  try {
    await device.write(scores(random, 50));
    let isOutOfTime = false;
    const watched: Fault = async ({ forward, answer }) => {
      const reply = await forward();
      isOutOfTime ||= reply.body.includes('statement timeout');
      answer(reply);
    };
    network.decide = () => (isOutOfTime ? reset : watched);
    await expect
      .poll(async () => {
        await device.send({ chance: 0.5 });
        return isOutOfTime;
      })
      .toBe(true);
    expect(await slow.rowsSeen()).toBe(at);
    const { pending } = await expectKept(server, device);
    expect(pending).toHaveLength(50);
    network.decide = () => pass;
    await expectHealed(server, device);
  } finally {
    await slow.remove();
  }
});

test('one poisoned record in fifty is set aside by name, and the other forty-nine are stored', async ({
  server,
  network,
  device,
  random,
}) => {
  const given = scores(random, 50);
  const at = random.integer(0, 49);
  given[at] = 9;
  const ids = await device.write(given);
  await device.send();
  await expectHealed(server, device, [ids[at]!]);
  expect(network.requests).toHaveLength(1);
  const kept = await server.backend.sql.query<Quarantined>(QUARANTINE, [device.tablet]);
  expect(kept).toMatchObject([{ id: ids[at]!, outcome: 'refused', reason: 'off_scale' }]);
});

test('a batch refused for its size is halved until it fits', async ({ server, network, device, random }) => {
  const tooLarge = refusal(413);
  const limit = random.integer(3_000, 10_000);
  const sizes: number[] = [];
  network.decide = ({ body }) => {
    sizes.push(recordsOf(body).length);
    return body.length > limit ? tooLarge : pass;
  };
  await device.write(scores(random, 50));
  await device.send();
  await expectHealed(server, device);
  expect(network.fired(tooLarge)).toBeGreaterThanOrEqual(2);
  expect(sizes.slice(0, 3)).toEqual([50, 25, 12]);
});

test('a record too large by itself is set aside, and holds up nobody behind it', async ({
  server,
  network,
  device,
  random,
}) => {
  const tooLarge = refusal(413);
  network.decide = ({ body }) => (body.length > 4_000 ? tooLarge : pass);
  const before = random.integer(0, 20);
  await device.write(scores(random, before));
  const poison = await device.write(['щ'.repeat(2_000)]);
  await device.write(scores(random, 20 - before));
  await device.send();
  await expectHealed(server, device, poison);
  expect(network.fired(tooLarge)).toBeGreaterThanOrEqual(1);
});

test('a proxy that refuses everything for its size costs no record, and is left alone for a while', async ({
  server,
  network,
  device,
  random,
}) => {
  const tooLarge = refusal(413);
  network.decide = () => tooLarge;
  const ids = await device.write(scores(random, random.integer(2, 30)));
  expect(await device.send({ chance: 0.5 })).toBe('waiting');
  // Halved down to one record, and then asked about none.
  expect(network.fired(tooLarge)).toBe(Math.floor(Math.log2(ids.length)) + 2);
  expect((await expectKept(server, device)).pending.toSorted()).toEqual(ids.toSorted());
  network.decide = () => pass;
  await expectHealed(server, device);
});

test('a record whose id the server has with other content keeps both: one counted, one to look at', async ({
  server,
  network,
  device,
  random,
}) => {
  const ids = await device.write(scores(random, 20).map((score) => Math.min(score, 4)));
  network.decide = inOrder([appliedThenDropped, ...Array<Fault>(1_000).fill(reset)]);
  await device.send({ chance: 0.5 });
  expect(network.fired(appliedThenDropped)).toBe(1);
  const id = ids[random.integer(0, 19)]!;
  await device.page.evaluate(([changed]) => window.draining.rewrite(changed, 5), [id] as const);
  network.decide = () => pass;
  await expectHealed(server, device);
  const kept = await server.backend.sql.query<Quarantined>(QUARANTINE, [device.tablet]);
  expect(kept).toMatchObject([{ id, outcome: 'conflict', reason: 'other_content' }]);
  expect(JSON.parse(kept[0]!.body)).toMatchObject({ score: 5 });
  const [counted] = await server.backend.sql.query<{ score: number }>(
    'select score::int as score from public.answers where id = $1',
    [id],
  );
  expect(counted!.score).toBeLessThan(5);
});

test('a pairing revoked in the middle of a drain pauses it, and a new one brings everything over', async ({
  server,
  network,
  device,
  random,
}) => {
  await device.write(scores(random, 160));
  const revokedFirst: Fault = async (exchange) => {
    await server.backend.sql.query(
      'update public.pairings set revoked_at = now() where tablet_id = $1 and revoked_at is null',
      [device.tablet],
    );
    await pass(exchange);
  };
  network.decide = inOrder([pass, revokedFirst]);
  expect(await device.send()).toBe('paused');
  expect(network.fired(revokedFirst)).toBe(1);
  const { pending } = await expectKept(server, device);
  expect(pending).toHaveLength(110);

  // Customers go on, before and after staff type the new code.
  await device.write(scores(random, random.integer(1, 10)));
  expect((await expectKept(server, device)).quarantined).toEqual([]);
  await device.pairAnew();
  await device.write(scores(random, random.integer(1, 10)));
  await device.send();
  await expectHealed(server, device);
  const [pairings] = await server.backend.sql.query<{ n: number }>(
    'select count(*)::int as n from public.pairings where tablet_id = $1 and received > 0',
    [device.tablet],
  );
  expect(pairings).toEqual({ n: 2 });
});
