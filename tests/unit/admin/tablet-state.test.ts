import { describe, expect, it } from 'vitest';
import { completenessOf } from '../../../src/admin/scores/completeness';
import { concernsOf } from '../../../src/admin/tablets/concerns';
import { adviceWords, numberWords } from '../../../src/admin/tablets/note-words';
import { isSuperseded, tabletState } from '../../../src/admin/tablets/tablet-state';
import type { ReportTablet } from '../../../src/backend/owner-calls';

const NOW = Date.UTC(2026, 10, 22, 14, 5);
const ago = (minutes: number) => new Date(NOW - minutes * 60_000).toISOString();

const NOTHING_TOLD: ReportTablet['health'] = {
  oldest_waiting_at: null,
  persisted: null,
  quota_bytes: null,
  usage_bytes: null,
  server_offset_ms: null,
  battery_percent: null,
  battery_charging: null,
  durability: null,
};

function tablet(changes: Partial<ReportTablet> = {}): ReportTablet {
  return {
    tablet: '00000000-0000-4000-8000-000000000001',
    name: 'Tablet 1',
    kind: 'kiosk',
    location: '00000000-0000-4000-8000-0000000000aa',
    pairing: '00000000-0000-4000-8000-0000000000bb',
    paired_at: ago(1000),
    revoked_at: null,
    gone_at: null,
    made: 10,
    received: 10,
    waiting: 0,
    quarantined: 0,
    missing: 0,
    lost: 0,
    seq_clashes: 0,
    last_seen_at: ago(1),
    last_received_at: ago(5),
    app_version: '1.0.0',
    health: NOTHING_TOLD,
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
    [{ lost: 2, missing: 2, last_seen_at: ago(120) }, 'lost'],
    [{ lost: 2 }, 'complete'],
    [{ gone_at: ago(5), missing: 2, last_seen_at: ago(120) }, 'gone'],
    [{ seq_clashes: 1, gone_at: ago(5), last_seen_at: ago(120) }, 'clone-suspected'],
    [{ revoked_at: ago(1), seq_clashes: 1 }, 'revoked'],
    [{ pairing: null, paired_at: null, last_seen_at: null }, 'never-paired'],
    [{ kind: 'import', last_seen_at: null }, 'import'],
  ] as const)('of %j is %s', (changes, kind) => {
    expect(tabletState(tablet(changes), NOW).kind).toBe(kind);
  });
});

describe('what a tablet should be looked after for', () => {
  const kinds = (changes: Partial<ReportTablet>, health: Partial<ReportTablet['health']> = {}) =>
    concernsOf(tablet({ health: { ...NOTHING_TOLD, ...health }, ...changes }), NOW, '1.2.10').map(
      ({ kind }) => kind,
    );

  it.each([
    [{ durability: 'failed' }, ['durability']],
    [{ durability: 'strict' }, []],
    [{ persisted: false }, ['evictable']],
    [{ persisted: true }, []],
    [{ quota_bytes: 100, usage_bytes: 91 }, ['storage-full']],
    [{ quota_bytes: 100, usage_bytes: 90 }, []],
    [{ server_offset_ms: -120_001 }, ['clock']],
    [{ server_offset_ms: 120_000 }, []],
    [{ battery_percent: 20, battery_charging: false }, ['battery']],
    [{ battery_percent: 20, battery_charging: true }, []],
    [{ battery_percent: 21, battery_charging: false }, []],
  ] as const)('of %j is %j', (health, expected) => {
    expect(kinds({ app_version: '1.2.10' }, health)).toEqual(expected);
  });

  it('is an old queue while it waits, not when it was sent', () => {
    const health = { oldest_waiting_at: ago(61) };
    expect(kinds({ app_version: null, waiting: 1 }, health)).toEqual(['queue-age']);
    expect(kinds({ app_version: null, waiting: 0 }, health)).toEqual([]);
    expect(kinds({ app_version: null, waiting: 1 }, { oldest_waiting_at: ago(59) })).toEqual([]);
  });

  it('is an older version, by its numbers', () => {
    expect(kinds({ app_version: '1.2.9' })).toEqual(['old-version']);
    expect(kinds({ app_version: '1.3.0' })).toEqual([]);
    expect(kinds({ app_version: 'demo' })).toEqual([]);
  });

  it('is what its storage forgot, when all of that had arrived before', () => {
    expect(kinds({ app_version: null, lost: 2 })).toEqual(['forgot']);
    expect(kinds({ app_version: null, lost: 2, missing: 2 })).toEqual([]);
  });

  it('is nothing once nothing more will come of the pairing', () => {
    const health = { persisted: false };
    expect(kinds({ revoked_at: ago(1) }, health)).toEqual([]);
    expect(kinds({ gone_at: ago(1) }, health)).toEqual([]);
    expect(kinds({ kind: 'import' }, health)).toEqual([]);
  });
});

describe('what to do about a tablet', () => {
  it('names the numbers that never arrived', () => {
    const missing = [
      { first: 17, last: 19 },
      { first: 23, last: 23 },
    ];
    expect(adviceWords({ kind: 'missing', count: 4 }, missing)).toMatch(
      /^Numbers that never arrived: 17–19, 23\. Open Verna/,
    );
    expect(adviceWords({ kind: 'missing', count: 4 }, [])).toMatch(/^Open Verna/);
    expect(adviceWords({ kind: 'complete' }, [])).toBeNull();
  });

  it('does not list more ranges than anybody reads', () => {
    const many = Array.from({ length: 7 }, (_, index) => ({ first: 2 * index + 1, last: 2 * index + 1 }));
    expect(numberWords(many)).toBe('1, 3, 5, 7, 9, 11 and more');
  });
});

describe('completeness', () => {
  it('misses what was lost with a cleared browser, whoever has taken its place', () => {
    const cleared = tablet({ pairing: 'old', paired_at: ago(9000), gone_at: ago(9), missing: 2 });
    expect(completenessOf([cleared, tablet()], NOW)).toMatchObject({ kind: 'partial', missing: 2 });
  });

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
