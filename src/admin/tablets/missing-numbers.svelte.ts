import type { OwnerCalls } from '../../backend/owner-calls';
import type { ReportTablet, SeqRange } from '../../backend/owner-calls/tablets';

/** Which numbers of each pairing never arrived; asked only where some are missing. */
export class MissingNumbers {
  #ranges = $state.raw<ReadonlyMap<string, readonly SeqRange[]>>(new Map());

  constructor(
    private readonly calls: OwnerCalls,
    private readonly organization: string,
  ) {}

  of(pairing: string | null): readonly SeqRange[] {
    return (pairing !== null && this.#ranges.get(pairing)) || [];
  }

  /** Asks anew. Where the server does not answer, what it said last stays. */
  async refresh(tablets: readonly ReportTablet[]): Promise<void> {
    const pairings = tablets.flatMap(({ missing, pairing }) => (missing > 0 && pairing ? [pairing] : []));
    const ranges = await Promise.all(
      pairings.map(async (pairing) => {
        const reply = await this.calls.missingSeqs(this.organization, pairing);
        // Read only now: an effect that asks must not depend on what it is told.
        return [pairing, reply.ok ? reply.value : this.of(pairing)] as const;
      }),
    );
    this.#ranges = new Map(ranges);
  }
}
