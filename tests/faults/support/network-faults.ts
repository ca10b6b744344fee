import { pass, type Fault } from '../../support/fault-proxy';

const JSON_TYPE = { 'content-type': 'application/json' };

/** The connection breaks before the server hears of it. */
export const reset: Fault = (exchange) => exchange.reset();

/** The server does all that it was asked for, and the connection breaks before it can say so. */
export const appliedThenDropped: Fault = async ({ forward, reset }) => {
  await forward();
  reset();
};

export const replyCutShort: Fault = async ({ forward, answerHalf }) => answerHalf(await forward());

/** The request is taken and nothing ever comes back. */
export const noReply: Fault = () => {};

/** A hotel's or a mall's network answers in the server's place, and says that all is well. */
export const captivePortal: Fault = ({ answer }) =>
  answer({
    status: 200,
    headers: { 'content-type': 'text/html' },
    body: Buffer.from('<!doctype html><title>Free Wi-Fi</title><h1>Welcome! Please sign in.</h1>'),
  });

/** Somebody else's answer, which names these very records; the server never hears of them. */
export const otherNonce: Fault = ({ body, answer }) => {
  const records = recordsOf(body).map(({ id }) => ({ id, outcome: 'stored' }));
  const reply = { outcome: 'accepted', nonce: crypto.randomUUID(), server_time: new Date(), records };
  answer({ status: 200, headers: JSON_TYPE, body: Buffer.from(JSON.stringify(reply)) });
};

/** Only every other record reaches the server and is spoken of, and so is a stranger's. */
export const missingIds: Fault = async ({ body, forward, answer }) => {
  const records = recordsOf(body).filter((_, index) => index % 2 === 0);
  const request = { ...(JSON.parse(body.toString()) as object), records: JSON.stringify(records) };
  const reply = await forward(Buffer.from(JSON.stringify(request)));
  const accepted = JSON.parse(reply.body.toString()) as { records: object[] };
  accepted.records.push({ id: crypto.randomUUID(), outcome: 'stored' });
  answer({ ...reply, body: Buffer.from(JSON.stringify(accepted)) });
};

/** A gateway refuses; the server never hears of it. */
export function refusal(status: number, headers: Record<string, string> = {}): Fault {
  return ({ answer }) => answer({ status, headers, body: Buffer.alloc(0) });
}

/** Carries out the faults in this order, one a request; what comes after them passes. */
export function inOrder(faults: readonly Fault[]): () => Fault {
  const left = [...faults];
  return () => left.shift() ?? pass;
}

/** The records in the body of a request to ingest. */
export function recordsOf(body: Buffer): { id: string }[] {
  const { records } = JSON.parse(body.toString()) as { records: string };
  return JSON.parse(records) as { id: string }[];
}
