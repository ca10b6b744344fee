import type { DrainingTablet, RecordStore } from '../pages/record-store';

/** default: as the library comes; asked: strict by an option of the library; forced: strict behind its back. */
export type Durability = 'default' | 'asked' | 'forced';

export type OpenStore = (
  name: string,
  tablet: DrainingTablet,
  durability: Durability,
) => Promise<RecordStore>;
