import 'fake-indexeddb/auto';
import { createHash, randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { RewardPictureReply } from '../../../src/backend/counter-calls';
import type { Result } from '../../../src/backend/failure';
import { RewardPictures } from '../../../src/device/reward-pictures';

const credentials = { pairing: randomUUID(), secret: 'ab'.repeat(32) };
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const coffee = 'data:image/webp;base64,Y29mZmVl';
const cake = 'data:image/webp;base64,Y2FrZQ==';

function pictures(answer: (hash: string) => Result<RewardPictureReply> = told) {
  const asked: string[] = [];
  const kept = new RewardPictures(`test-${randomUUID()}`, (_, hash) => {
    asked.push(hash);
    return Promise.resolve(answer(hash));
  });
  return { asked, kept };
}
const told = (hash: string): Result<RewardPictureReply> => {
  const picture = [coffee, cake].find((each) => sha256(each) === hash);
  return { ok: true, value: picture ? { outcome: 'ok', picture } : { outcome: 'unknown' } };
};
const rewards = (...hashes: (string | null)[]) => hashes.map((picture) => ({ picture }));

describe('pictures of rewards', () => {
  it('are fetched once each, and are there without the network', async () => {
    const { asked, kept } = pictures();
    await kept.keep(credentials, rewards(sha256(coffee), null, sha256(cake), sha256(coffee)));
    await kept.keep(credentials, rewards(sha256(coffee), sha256(cake)));
    expect(asked).toEqual([sha256(coffee), sha256(cake)]);
    expect(await kept.all()).toEqual(
      new Map([
        [sha256(coffee), coffee],
        [sha256(cake), cake],
      ]),
    );
  });

  it('are forgotten with what is offered no more', async () => {
    const { kept } = pictures();
    await kept.keep(credentials, rewards(sha256(coffee)));
    await kept.keep(credentials, rewards(sha256(cake)));
    expect([...(await kept.all()).keys()]).toEqual([sha256(cake)]);
  });

  it('are asked for again when the server was not there', async () => {
    let isThere = false;
    const { asked, kept } = pictures((hash) =>
      isThere ? told(hash) : { ok: false, failure: { code: 'unreachable' } },
    );
    await kept.keep(credentials, rewards(sha256(coffee), sha256(cake)));
    expect(asked).toEqual([sha256(coffee)]);
    isThere = true;
    await kept.keep(credentials, rewards(sha256(coffee), sha256(cake)));
    expect((await kept.all()).size).toBe(2);
  });

  it('are not taken for another', async () => {
    const { kept } = pictures(() => ({ ok: true, value: { outcome: 'ok', picture: cake } }));
    await kept.keep(credentials, rewards(sha256(coffee)));
    expect((await kept.all()).size).toBe(0);
  });
});
