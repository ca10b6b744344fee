import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/**
 * A wire between browser and server that can be cut. Unlike a browser's offline mode it also cuts service workers,
 * other browsers and requests on their way; the address stays the same, so a profile keeps its origin.
 */
export type TcpProxy = {
  port: number;
  /** Resets every open connection and refuses new ones until `restore`. Cutting twice is cutting once. */
  cut(): Promise<void>;
  /** Listens on the same port again. Rejects when another process has taken the port meanwhile. */
  restore(): Promise<void>;
  close(): Promise<void>;
};

/** Listens on a free port of 127.0.0.1 and forwards every connection to `targetPort` there. */
export async function startTcpProxy(targetPort: number): Promise<TcpProxy> {
  const open = new Set<Socket>();
  const server = createServer((inbound) => {
    const outbound = connect(targetPort, '127.0.0.1');
    for (const [socket, other] of [
      [inbound, outbound],
      [outbound, inbound],
    ] as const) {
      open.add(socket);
      // 'close' follows every 'error'; without a listener the error of a cut connection would end the process.
      socket.on('error', () => {});
      socket.on('close', () => {
        open.delete(socket);
        other.destroy();
      });
      socket.pipe(other);
    }
  });
  await listen(server, 0);
  const { port } = server.address() as AddressInfo;

  async function cut(): Promise<void> {
    if (!server.listening) return;
    const refusing = new Promise<void>((resolve) => server.close(() => resolve()));
    for (const socket of open) socket.resetAndDestroy();
    await refusing;
  }

  return {
    port,
    cut,
    restore: async () => {
      if (!server.listening) await listen(server, port);
    },
    close: cut,
  };
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject);
      resolve();
    });
  });
}
