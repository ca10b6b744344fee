import { describe, expect, it } from 'vitest';
import { completenessOf } from '../../../src/admin/scores/completeness';
import { isSuperseded, tabletState } from '../../../src/admin/tablets/tablet-state';
import type { ReportTablet } from '../../../src/backend/owner-calls';

const NOW = Date.UTC(2026, 10, 22, 14, 5);
const ago = (minutes: number) => new Date(NOW - minutes * 60_000).toISOString();

function tablet(changes: Partial<ReportTablet> = {}): ReportTablet {
  return {
    tablet: '00000000-0000-4000-8000-000000000001',
    name: 'Tablet 1',
    kind: 'kiosk',
    location: '00000000-0000-4000-8000-0000000000aa',
    pairing: '00000000-0000-4000-8000-0000000000bb',
    paired_at: ago(1000),
    revoked_at: null,
    made: 10,
    received: 10,
    waiting: 0,
    quarantined: 0,
    missing: 0,
    seq_clashes: 0,
    last_seen_at: ago(1),
    last_received_at: ago(5),
    app_version: '1.0.0',
    ...changes,
  };
}

describe('what is said of a tablet', () => {
  it.each([
    [{}, 'complete'],
    [{ waiting: 3 }, 'waiting'],
    [{ missing: 1, waiting: 3 }, 'missing'],
    [{ quarantined: 1, missing: 1 }, 'quarantined'],
    [{ last_seen_at: ago(120), missing: 1 }, 'silent'],
    [{ seq_clashes: 1, last_seen_at: ago(120) }, 'clone-suspected'],
    [{ revoked_at: ago(1), seq_clashes: 1 }, 'revoked'],
    [{ pairing: null, paired_at: null, last_seen_at: null }, 'never-paired'],
    [{ kind: 'import', last_seen_at: null }, 'import'],
  ] as const)('of %j is %s', (changes, kind) => {
    expect(tabletState(tablet(changes), NOW).kind).toBe(kind);
  });
});

describe('completeness', () => {
  it('reaches to the tablet heard of longest ago', () => {
    const tablets = [tablet(), tablet({ tablet: 'b', last_seen_at: ago(9) })];
    expect(completenessOf(tablets, NOW)).toEqual({ kind: 'complete', until: NOW - 9 * 60_000 });
  });

  it('names the silent and counts what waits', () => {
    const tablets = [
      tablet({ waiting: 4 }),
      tablet({ tablet: 'b', name: 'Tablet 3', last_seen_at: ago(120) }),
    ];
    expect(completenessOf(tablets, NOW)).toEqual({
      kind: 'partial',
      until: NOW - 120 * 60_000,
      silent: [{ name: 'Tablet 3', location: tablet().location, forMs: 120 * 60_000 }],
      tablets: 2,
      waiting: 4,
      missing: 0,
    });
  });

  it('does not wait for revoked tablets, replaced pairings and files', () => {
    const tablets = [
      tablet(),
      tablet({ tablet: 'b', revoked_at: ago(1), last_seen_at: ago(5000) }),
      tablet({ pairing: 'old', paired_at: ago(9000), last_seen_at: ago(9000) }),
      tablet({ tablet: 'c', kind: 'import', last_seen_at: null }),
    ];
    expect(completenessOf(tablets, NOW).kind).toBe('complete');
    expect(completenessOf([], NOW).kind).toBe('no-tablets');
  });
});

describe('an earlier pairing', () => {
  const earlier = tablet({ pairing: 'old', paired_at: ago(9000) });

  it('is put away when all it made has arrived', () => {
    expect(isSuperseded(earlier, [earlier, tablet()])).toBe(true);
    expect(isSuperseded(tablet(), [earlier, tablet()])).toBe(false);
  });

  it('stays in sight while something of it is missing', () => {
    const losing = { ...earlier, missing: 2 };
    expect(isSuperseded(losing, [losing, tablet()])).toBe(false);
  });
});
