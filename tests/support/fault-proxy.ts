import {
  Agent,
  createServer,
  request as send,
  type IncomingMessage,
  type OutgoingHttpHeaders,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';
import type { Random } from '../../src/domain/demo/random';

const INGEST = '/rest/v1/rpc/ingest';

export type Reply = { status: number; headers: OutgoingHttpHeaders; body: Buffer };

/** One request to ingest that has arrived whole, in the hands of whoever decides what becomes of it. */
export type Exchange = {
  body: Buffer;
  /** Hands the request, or another body in its place, to the server and resolves with all of its answer. */
  forward: (body?: Buffer) => Promise<Reply>;
  answer: (reply: Reply) => void;
  /** Promises the whole body, sends half of it and hangs up. */
  answerHalf: (reply: Reply) => void;
  /** Resets the browser's connection. */
  reset: () => void;
};

/** What becomes of a request. */
export type Fault = (exchange: Exchange) => void | Promise<void>;

export type FaultProxy = {
  port: number;
  /** Decides the fate of each request to ingest, called as it arrives. All other requests pass. */
  decide: (exchange: Exchange) => Fault;
  /** How often a fault was carried out to its end. */
  fired: (fault: Fault) => number;
  /** Every request to ingest, in order: its size, and ms on a monotonic clock from when to when it was under way. */
  readonly requests: readonly { bytes: number; from: number; to: number | null }[];
  /** Resets every open connection and refuses new ones until `restore`; returns how many there were. */
  cut: () => Promise<number>;
  restore: () => Promise<void>;
  /** Whole again, with nothing decided, fired or seen. */
  heal: () => Promise<void>;
  close: () => Promise<void>;
};

export const pass: Fault = async ({ forward, answer }) => answer(await forward());

/**
 * A wire between browser and server that does to a request what real networks do, on real TCP connections: a browser
 * told to fail a request never lets the server have it, and so cannot make the worst case, applied and then dropped.
 */
export async function startFaultProxy(targetPort: number): Promise<FaultProxy> {
  const agent = new Agent({ keepAlive: true });
  const open = new Set<Socket>();
  let requests: { bytes: number; from: number; to: number | null }[] = [];
  const counts = new Map<Fault, number>();

  const server = createServer((incoming, response) => {
    // A browser that has gone away needs no answer.
    relay(incoming, response).catch(() => incoming.socket.destroy());
  });
  server.on('connection', (socket) => {
    open.add(socket);
    socket.on('close', () => open.delete(socket));
  });

  async function relay(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await buffer(incoming);
    const forward = (handed: Buffer = body) => ask(incoming, handed, { agent, port: targetPort });
    const answer = ({ status, headers, body }: Reply) => void response.writeHead(status, headers).end(body);
    if (incoming.url !== INGEST) return answer(await forward());

    const entry = { bytes: body.length, from: performance.now(), to: null as number | null };
    requests.push(entry);
    response.on('close', () => (entry.to = performance.now()));
    const { socket } = incoming;
    const exchange: Exchange = {
      body,
      forward,
      answer,
      answerHalf: ({ status, headers, body }) => {
        response.writeHead(status, { ...headers, 'content-length': body.length });
        response.write(body.subarray(0, body.length / 2), () => socket.destroySoon());
      },
      reset: () => void socket.resetAndDestroy(),
    };
    const fault = proxy.decide(exchange);
    await fault(exchange);
    counts.set(fault, (counts.get(fault) ?? 0) + 1);
  }

  const listen = (port: number) =>
    new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, '127.0.0.1', () => {
        server.off('error', reject);
        resolve();
      });
    });
  await listen(0);
  const { port } = server.address() as AddressInfo;

  const proxy: FaultProxy = {
    port,
    decide: () => pass,
    fired: (fault) => counts.get(fault) ?? 0,
    get requests() {
      return requests;
    },
    cut: async () => {
      if (!server.listening) return 0;
      const refusing = new Promise<void>((resolve) => server.close(() => resolve()));
      const cut = open.size;
      for (const socket of open) socket.resetAndDestroy();
      await refusing;
      return cut;
    },
    restore: async () => {
      if (!server.listening) await listen(port);
    },
    heal: async () => {
      await proxy.restore();
      proxy.decide = () => pass;
      requests = [];
      counts.clear();
    },
    close: async () => {
      await proxy.cut();
      agent.destroy();
    },
  };
  return proxy;
}

/** Headers that belong to one connection, and the length, which Node counts anew. */
const HOP_BY_HOP = ['connection', 'keep-alive', 'transfer-encoding', 'content-length'];

function ask(
  { method, url, headers }: IncomingMessage,
  body: Buffer,
  { agent, port }: { agent: Agent; port: number },
): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const outgoing = send(
      {
        host: '127.0.0.1',
        port,
        agent,
        method,
        path: url,
        headers: { ...headers, 'content-length': body.length },
      },
      (reply) => {
        const kept = Object.entries(reply.headers).filter(([name]) => !HOP_BY_HOP.includes(name));
        buffer(reply).then(
          (body) => resolve({ status: reply.statusCode!, headers: Object.fromEntries(kept), body }),
          reject,
        );
      },
    );
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

/** How often a network went, and how many connections were reset by that. */
export type Flaps = { cuts: number; resets: number };

/** A network that comes and goes, each for 50 to 500 ms by seed, until `isEnough` says so; then it stays. */
export async function flap(
  proxy: FaultProxy,
  random: Random,
  isEnough: (flaps: Flaps) => boolean,
): Promise<Flaps> {
  const flaps = { cuts: 0, resets: 0 };
  while (!isEnough(flaps)) {
    await delay(random.integer(50, 500));
    flaps.resets += await proxy.cut();
    flaps.cuts += 1;
    await delay(random.integer(50, 500));
    await proxy.restore();
  }
  return flaps;
}
