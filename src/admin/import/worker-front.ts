/** A worker's front: one request at a time, answered in order. A reply of kind 'crashed' is a bug over there. */
export class WorkerFront<Request, Reply extends { kind: string }> {
  readonly #worker: Worker;
  #last: Promise<unknown> = Promise.resolve();

  constructor(worker: Worker) {
    this.#worker = worker;
  }

  ask(request: Request): Promise<Reply> {
    const reply = this.#last.then(() => this.#ask(request));
    this.#last = reply.catch(() => {});
    return reply;
  }

  close(): void {
    this.#worker.terminate();
  }

  #ask(request: Request): Promise<Reply> {
    return new Promise((resolve, reject) => {
      this.#worker.onmessage = ({ data }: MessageEvent<Reply>) => {
        if ('message' in data && data.kind === 'crashed') reject(new Error(String(data.message)));
        else resolve(data);
      };
      this.#worker.onerror = (event) => reject(new Error(event.message));
      this.#worker.postMessage(request);
    });
  }
}
