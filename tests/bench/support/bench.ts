import type { Figure } from './figure';

export type BenchOptions = {
  /** The folder with the built app. */
  dist: string;
  /** The folder with the built bare Svelte page. */
  bareDist: string;
  /** The folder with the built pages that run src/device without a screen. */
  devicePages: string;
  /** Fewer repetitions: enough to see that it works, not to judge by. */
  quick: boolean;
};

export type Bench = {
  name: string;
  /** What is measured and how, for the reader of the output. */
  method: string;
  run: (options: BenchOptions) => Promise<Figure[]>;
};
