import type { VernaRecord } from '../../../src/domain/record';

export type DrainingTablet = { pairing: string; secret: string; survey: string };

/** Somewhere that records wait until they are sent, as the benches drive it. */
export type RecordStore = {
  /** Resolves once the record is said to be stored. */
  append: (record: VernaRecord) => Promise<void>;
  /** Stores many at once, which nothing is measured of. */
  fill: (records: VernaRecord[]) => Promise<void>;
  /** Sends all that waits, `batch` records at once unless the store chooses that itself. */
  drain: (tablet: DrainingTablet, batch: number) => Promise<void>;
};
