import { flap, pass, type Fault } from '../support/fault-proxy';
import {
  appliedThenDropped,
  captivePortal,
  inOrder,
  missingIds,
  noReply,
  otherNonce,
  refusal,
  replyCutShort,
  reset,
} from './support/network-faults';
import { expectHealed, expectKept } from './support/oracle';
import { slowDown, timesOfSending } from './support/slow-network';
import { expect, scores, test } from './support/test';

/** So many records take at least three requests. */
const THREE_REQUESTS = 160;

for (const [name, fault] of [
  ['a connection reset before the request arrived', reset],
  ['a batch that was applied and then dropped', appliedThenDropped],
  ['a reply cut short', replyCutShort],
  ["a captive portal's page with status 200", captivePortal],
  ["another request's reply", otherNonce],
  ['a reply that leaves out half of the records', missingIds],
  ['a 503', refusal(503)],
  ['a 504', refusal(504)],
] satisfies [string, Fault][]) {
  test(`${name} costs no record and doubles none`, async ({ server, network, device, random }) => {
    await device.write(scores(random, THREE_REQUESTS));
    const script = Array.from({ length: 3 }, () => (random.chance(0.6) ? fault : pass));
    script[random.integer(0, 2)] = fault;
    network.decide = inOrder(script);
    await device.send();
    await expectHealed(server, device);
    expect(network.fired(fault)).toBe(script.filter((each) => each === fault).length);
  });
}

test('what was applied and then dropped stays on the tablet until the server names it', async ({
  server,
  network,
  device,
  random,
}) => {
  const ids = await device.write(scores(random, random.integer(20, 50)));
  network.decide = inOrder([appliedThenDropped, ...Array<Fault>(1_000).fill(reset)]);
  expect(await device.send({ chance: 0.5 })).toBe('waiting');
  expect(network.fired(appliedThenDropped)).toBe(1);
  const { pending } = await expectKept(server, device);
  expect(pending.toSorted()).toEqual(ids.toSorted());
  network.decide = () => pass;
  await expectHealed(server, device);
});

test('a server that never answers is given up in time, and another tab may send', async ({
  server,
  network,
  device,
  random,
}) => {
  await device.write(scores(random, random.integer(20, 100)));
  network.decide = () => noReply;
  const options = { timeoutMs: 500, chance: 0.5 };
  expect(await device.page.evaluate((given) => window.draining.sendAndLookAtLock(given), options)).toEqual(
    [],
  );
  expect(network.fired(noReply)).toBe(1);
  await expectKept(server, device);
  network.decide = () => pass;
  await expectHealed(server, device);
});

test('a 429 is obeyed: the server is left alone for as long as it asks', async ({
  server,
  network,
  device,
  random,
}) => {
  await device.write(scores(random, random.integer(20, 50)));
  const tooMany = refusal(429, { 'retry-after': '2' });
  network.decide = inOrder([tooMany]);
  expect(await device.send()).toBe('waiting');
  // A tap in between is no reason to ask again.
  await device.write(scores(random, 3));
  await expectKept(server, device);
  await expectHealed(server, device);
  expect(network.fired(tooMany)).toBe(1);
  const [refused, next] = network.requests;
  // A floor, and no measure of speed: a timer may end a millisecond early, and never does by more.
  expect(next!.from - refused!.to!).toBeGreaterThan(1_990);
});

test('a network that comes and goes every moment lets everything through in the end', async ({
  server,
  network,
  device,
  random,
}) => {
  let isFlapping = true;
  const flapping = flap(network, random, ({ cuts, resets }) => cuts >= 10 && resets >= 3).finally(
    () => (isFlapping = false),
  );
  while (isFlapping) {
    await device.write(scores(random, random.integer(1, 20)));
    await device.send({ chance: 0.05 });
  }
  const { cuts, resets } = await flapping;
  expect(cuts).toBeGreaterThanOrEqual(10);
  expect(resets).toBeGreaterThanOrEqual(3);
  await expectHealed(server, device);
});

test('on a slow line no two sends overlap, however often two tabs are woken', async ({
  server,
  device,
  random,
}) => {
  const other = await device.openTab();
  await device.write(scores(random, 10));
  for (const page of [device.page, other]) await slowDown(page);
  const sending = device.send();
  const sendingToo = other.evaluate(() => window.draining.send());
  for (let tap = 0; tap < 10; tap += 1) await device.write(scores(random, random.integer(1, 3)));
  await Promise.all([sending, sendingToo]);
  await expectHealed(server, device);

  const sent = [...(await timesOfSending(device.page)), ...(await timesOfSending(other))].sort(
    (one, next) => one.from - next.from,
  );
  expect(sent.length).toBeGreaterThanOrEqual(2);
  for (const { from, to } of sent) expect(to - from, 'the line was slow').toBeGreaterThan(1_900);
  for (const [index, { from }] of sent.entries()) {
    if (index > 0) expect(from).toBeGreaterThanOrEqual(sent[index - 1]!.to);
  }
});
