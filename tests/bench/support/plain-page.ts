import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { WebSocket } from 'ws';
import { CHROMIUM_ARGS, ensureChromium } from '../../support/chromium';
import { killTreesNaming } from '../../support/process-tree';

/**
 * A page in a browser that nobody watches. Playwright copies every request and its body to Node, which at 10,000
 * records costs several times what is to be measured; here only the calls themselves go over the wire.
 */
export type PlainPage = {
  /** Evaluates JavaScript in the page, waits for its promise, and returns its JSON value. Throws what it throws. */
  evaluate: <Value>(expression: string) => Promise<Value>;
  close: () => Promise<void>;
};

type Reply = {
  id: number;
  result?: {
    result?: { value?: unknown };
    exceptionDetails?: { text: string; exception?: { description?: string } };
  };
  error?: { message: string };
};

const START_MS = 20_000;

/** Opens `url` in a browser of its own on the profile folder, which must be empty. */
export async function openPlainPage(url: string, profileDir: string): Promise<PlainPage> {
  const profileArgument = `--user-data-dir=${profileDir}`;
  const browser = spawn(
    ensureChromium(),
    [...CHROMIUM_ARGS, '--headless', '--remote-debugging-port=0', profileArgument, url],
    { stdio: 'ignore' },
  );
  const gone = new Promise<void>((resolve) => browser.once('exit', () => resolve()));
  const close = async () => {
    killTreesNaming(profileArgument);
    await gone;
  };
  try {
    const socket = await connect(await debuggerOf(url, profileDir));
    const evaluate = evaluator(socket);
    await untilLoaded(evaluate, url);
    return { evaluate, close: () => (socket.close(), close()) };
  } catch (error) {
    await close();
    throw error;
  }
}

/** The address of the page's debugger, once the browser has written down its port and opened the page. */
async function debuggerOf(url: string, profileDir: string): Promise<string> {
  const deadline = performance.now() + START_MS;
  while (performance.now() < deadline) {
    const file = await readFile(join(profileDir, 'DevToolsActivePort'), 'utf8').catch(() => '');
    const [port] = file.split('\n');
    if (port) {
      const targets = (await (await fetch(`http://127.0.0.1:${port}/json/list`)).json()) as {
        url: string;
        webSocketDebuggerUrl: string;
      }[];
      const page = targets.find((target) => target.url === url);
      if (page) return page.webSocketDebuggerUrl;
    }
    await pause(50);
  }
  throw new Error(`No browser opened ${url}`);
}

/** The first document is a blank one and takes its evaluations with it. */
async function untilLoaded(evaluate: PlainPage['evaluate'], url: string): Promise<void> {
  const isLoaded = `location.href === ${JSON.stringify(url)} && document.readyState === 'complete'`;
  const deadline = performance.now() + START_MS;
  while (!(await evaluate<boolean>(isLoaded).catch(() => false))) {
    if (performance.now() > deadline) throw new Error(`${url} did not load`);
    await pause(50);
  }
}

function connect(address: string): Promise<WebSocket> {
  const socket = new WebSocket(address, { maxPayload: 2 ** 28 });
  return new Promise((resolve, reject) => {
    socket.once('open', () => resolve(socket));
    socket.once('error', reject);
  });
}

type Waiting = { resolve: (value: unknown) => void; reject: (error: Error) => void };

function evaluator(socket: WebSocket): PlainPage['evaluate'] {
  const waiting = new Map<number, Waiting>();
  let lastId = 0;
  socket.on('message', (data: Buffer) => {
    const { id, result, error } = JSON.parse(data.toString()) as Reply;
    const thrown = result?.exceptionDetails;
    const problem = error?.message ?? thrown?.exception?.description ?? thrown?.text;
    if (problem) waiting.get(id)?.reject(new Error(problem));
    else waiting.get(id)?.resolve(result?.result?.value);
    waiting.delete(id);
  });
  socket.once('close', () => {
    for (const { reject } of waiting.values()) reject(new Error('The browser went away'));
  });
  return <Value>(expression: string) =>
    new Promise<Value>((resolve, reject) => {
      const id = ++lastId;
      waiting.set(id, { resolve: resolve as Waiting['resolve'], reject });
      const params = { expression, awaitPromise: true, returnByValue: true };
      socket.send(JSON.stringify({ id, method: 'Runtime.evaluate', params }));
    });
}
