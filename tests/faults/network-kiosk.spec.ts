import { face } from '../e2e/support/kiosk';
import { goOnline } from '../e2e/support/test';
import { pass, type Fault } from '../support/fault-proxy';
import { nextCustomer, tap } from './support-browser/test';
import { appliedThenDropped, inOrder } from './support/network-faults';
import { expectHealed } from './support/oracle';
import { expect, scores, test } from './support/test';

test('a tablet that starts with no network thanks every customer, and their taps arrive later', async ({
  server,
  network,
  counter,
  kiosk,
  random,
}) => {
  const { seen, tablet } = counter;
  await kiosk.close();
  await network.cut();
  await expect(fetch(server.url), 'nobody is there').rejects.toThrow();

  const { context, page } = await counter.launch();
  await context.setOffline(true);
  await page.goto(server.url);
  const taps = scores(random, random.integer(2, 5));
  for (const score of taps) {
    await expect(face(page, score)).toBeVisible();
    await tap(page, seen, score);
    await nextCustomer(page);
  }
  await expect(page.getByText(`Offline · ${taps.length} waiting`)).toBeVisible();
  expect(network.requests).toEqual([]);
  await goOnline(context, server);
  await expectHealed(server, { tablet, seen, page });
});

test('a tap that the server took and could not answer for is thanked once and counted once', async ({
  server,
  network,
  counter,
  kiosk,
  random,
}) => {
  const { seen, tablet } = counter;
  const { page } = kiosk;
  const script: Fault[] = [appliedThenDropped, random.chance(0.5) ? appliedThenDropped : pass];
  network.decide = inOrder(script);
  for (const score of scores(random, 3)) {
    await tap(page, seen, score);
    await nextCustomer(page);
  }
  await expectHealed(server, { tablet, seen, page });
  expect(network.fired(appliedThenDropped)).toBe(script.filter((each) => each !== pass).length);
});
