/**
 * The rows of one screen, each a question of its own. A tap is saved at once; the same row tapped again is saved again, and
 * the last counts. Taps are saved one after another, so that the last said is the last stored.
 */
export class FactorRatings {
  /** What is on the disk, by the question's key. */
  saved = $state.raw<Readonly<Record<string, number>>>({});
  #saving: Promise<unknown> = Promise.resolve();

  /** save resolves false when the answer could not be stored. */
  constructor(private readonly save: (question: string, score: number) => Promise<boolean>) {}

  rate(question: string, score: number): Promise<void> {
    const rated = this.#saving.then(async () => {
      if (this.saved[question] === score) return;
      if (await this.save(question, score)) this.saved = { ...this.saved, [question]: score };
    });
    // One that was lost must not hold up the others; whoever tapped is told.
    this.#saving = rated.catch(() => {});
    return rated;
  }
}
