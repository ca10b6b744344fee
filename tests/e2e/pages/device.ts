import { DrainLock, type HoldOutcome } from '../../../src/device/drain-lock';
import { openStore, STORE_CONTRACT } from '../../unit/device/store-contract';

/** Runs every case of the store's contract on this browser's IndexedDB; returns what each had to complain of. */
export async function checkStore(): Promise<Record<string, string>> {
  const complaints: Record<string, string> = {};
  for (const { name, run } of STORE_CONTRACT) {
    complaints[name] = await openStore()
      .then(run)
      .then(() => 'none', String);
  }
  return complaints;
}

const lock = new DrainLock(navigator.locks);
let end = (): void => {};
let holding: Promise<HoldOutcome> | undefined;
let isOver = (): boolean => false;

/** Takes the lock for work that lasts until endWork; resolves once the work has begun. */
export async function beginWork(): Promise<void> {
  await new Promise<void>((begun) => {
    holding = lock.hold((tenure) => {
      isOver = tenure.isOver;
      begun();
      return new Promise((resolve) => (end = resolve));
    });
  });
}

export const isTenureOver = (): boolean => isOver();

export async function endWork(): Promise<HoldOutcome | undefined> {
  end();
  return holding;
}

/** One try to work that is over at once. */
export const tryWork = (): Promise<HoldOutcome> => lock.hold(() => Promise.resolve());
