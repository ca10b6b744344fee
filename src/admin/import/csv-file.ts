import type { CsvReply, CsvRequest } from './csv-messages';

/** The worker's front: one request at a time, answered in order. */
export class CsvFile {
  readonly #worker = new Worker(new URL('./csv-worker.ts', import.meta.url), { type: 'module' });
  #last: Promise<unknown> = Promise.resolve();

  ask(request: CsvRequest): Promise<CsvReply> {
    const reply = this.#last.then(() => this.#ask(request));
    this.#last = reply.catch(() => {});
    return reply;
  }

  close(): void {
    this.#worker.terminate();
  }

  #ask(request: CsvRequest): Promise<CsvReply> {
    return new Promise((resolve, reject) => {
      this.#worker.onmessage = ({ data }: MessageEvent<CsvReply>) => {
        if (data.kind === 'crashed') reject(new Error(data.message));
        else resolve(data);
      };
      this.#worker.onerror = (event) => reject(new Error(event.message));
      this.#worker.postMessage(request);
    });
  }
}
