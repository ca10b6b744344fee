import { describe, expect, it } from 'vitest';
import { completenessOf } from '../../../src/admin/scores/completeness';
import { concernsOf } from '../../../src/admin/tablets/concerns';
import { adviceWords, numberWords } from '../../../src/admin/tablets/note-words';
import { silentTablets, type SilentTablet } from '../../../src/admin/tablets/silence';
import { isSuperseded, tabletState } from '../../../src/admin/tablets/tablet-state';
import type { Location } from '../../../src/backend/owner-calls/shop';
import type { ReportTablet } from '../../../src/backend/owner-calls/tablets';
import type { OpeningHours } from '../../../src/domain/opening-hours';

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
    acknowledged: null,
    last_seen_at: ago(1),
    last_received_at: ago(5),
    app_version: '1.0.0',
    health: NOTHING_TOLD,
    ...changes,
  };
}

const seen = (counts: Partial<NonNullable<ReportTablet['acknowledged']>>) => ({
  lost: 0,
  missing: 0,
  clashes: 0,
  at: ago(60),
  by: 'owner@example.com',
  ...counts,
});

describe('what is said of a tablet', () => {
  it.each([
    [{}, 'complete'],
    [{ waiting: 3 }, 'waiting'],
    [{ missing: 1, waiting: 3 }, 'missing'],
    [{ quarantined: 1, missing: 1 }, 'quarantined'],
    [{ lost: 2, missing: 2 }, 'lost'],
    [{ lost: 2 }, 'complete'],
    [{ gone_at: ago(5), missing: 2 }, 'gone'],
    [{ seq_clashes: 1, gone_at: ago(5) }, 'clone-suspected'],
    [{ revoked_at: ago(1), seq_clashes: 1 }, 'revoked'],
    [{ pairing: null, paired_at: null, last_seen_at: null }, 'never-paired'],
    [{ kind: 'import', last_seen_at: null }, 'import'],
  ] as const)('of %j is %s', (changes, kind) => {
    expect(tabletState(tablet(changes), null).kind).toBe(kind);
  });

  it.each([
    [{ missing: 1 }, 'silent'],
    [{ lost: 2, missing: 2 }, 'lost'],
    [{ gone_at: ago(5), missing: 2 }, 'gone'],
    [{ seq_clashes: 1 }, 'clone-suspected'],
  ] as const)('of %j that is silent is %s', (changes, kind) => {
    expect(tabletState(tablet(changes), { kind: 'plain', forMs: 1 }).kind).toBe(kind);
  });

  it.each([
    [{ missing: 2, acknowledged: seen({ missing: 2 }) }, 'acknowledged'],
    [{ missing: 3, acknowledged: seen({ missing: 2 }) }, 'missing'],
    [{ missing: 1, acknowledged: seen({ missing: 2 }) }, 'acknowledged'],
    [{ missing: 2, lost: 2, acknowledged: seen({ missing: 2, lost: 2 }) }, 'acknowledged'],
    [{ missing: 2, lost: 2, acknowledged: seen({ lost: 2 }) }, 'lost'],
    [{ missing: 2, waiting: 1, acknowledged: seen({ missing: 2 }) }, 'waiting'],
    [{ missing: 2, gone_at: ago(5), acknowledged: seen({ missing: 2 }) }, 'acknowledged'],
    [{ missing: 3, gone_at: ago(5), acknowledged: seen({ missing: 2 }) }, 'gone'],
    [{ missing: 0, gone_at: ago(5) }, 'gone'],
    [{ seq_clashes: 2, acknowledged: seen({ clashes: 2 }) }, 'complete'],
    [{ seq_clashes: 3, acknowledged: seen({ clashes: 2 }) }, 'clone-suspected'],
  ] as const)('of %j, when somebody has seen it, is %s', (changes, kind) => {
    expect(tabletState(tablet(changes), null).kind).toBe(kind);
  });
});

describe('which tablets are silent', () => {
  // NOW is a Sunday, 16:05 in Sofia.
  const place = (opening_hours: OpeningHours | null): Location => ({
    id: tablet().location,
    name: 'Lenina 5',
    time_zone: 'Europe/Sofia',
    region: null,
    opening_hours,
  });
  const silences = (tablets: ReportTablet[], hours: OpeningHours | null = null, now = NOW) =>
    silentTablets(tablets, [place(hours)], now).map(({ silence }) => silence);
  const SUNDAYS: OpeningHours = { 7: [['09:00', '15:00']] };

  it('are those not heard of for over a quarter of an hour', () => {
    expect(silences([tablet({ last_seen_at: ago(15) })])).toEqual([]);
    expect(silences([tablet({ last_seen_at: ago(16) })])).toEqual([{ kind: 'plain', forMs: 16 * 60_000 }]);
    expect(silences([tablet({ last_seen_at: null })])).toEqual([{ kind: 'never' }]);
  });

  it('counts only time the location is open, where that is known', () => {
    // Closed at 15:00, 65 minutes ago.
    expect(silences([tablet({ last_seen_at: ago(80) })], SUNDAYS)).toEqual([]);
    expect(silences([tablet({ last_seen_at: ago(81) })], SUNDAYS)).toEqual([
      { kind: 'open', forMs: 16 * 60_000 },
    ]);
    expect(silences([tablet({ last_seen_at: null })], SUNDAYS)).toEqual([{ kind: 'never' }]);
    expect(silences([tablet({ last_seen_at: ago(9000) })], {})).toEqual([]);
  });

  it('does not begin at closing time or in the night, but the next time the shop has been open long enough', () => {
    const off = [tablet({ last_seen_at: ago(66) })];
    const hours: OpeningHours = { ...SUNDAYS, 1: [['09:00', '18:00']] };
    const morning = Date.UTC(2026, 10, 23, 7, 0);
    expect(silences(off, hours, morning)).toEqual([]);
    expect(silences(off, hours, morning + 14 * 60_000)).toEqual([]);
    expect(silences(off, hours, morning + 15 * 60_000)).toEqual([{ kind: 'open', forMs: 16 * 60_000 }]);
  });

  it('tells a silence of more than a week in plain time', () => {
    const days = 10;
    expect(silences([tablet({ last_seen_at: ago(days * 1440) })], SUNDAYS)).toEqual([
      { kind: 'plain', forMs: days * 86_400_000 },
    ]);
  });

  it('are none of which nothing is expected: revoked, replaced, never paired, files, a demo’s', () => {
    const quiet = { last_seen_at: ago(500) };
    expect(silences([tablet({ ...quiet, revoked_at: ago(1) })])).toEqual([]);
    expect(
      silences([tablet({ ...quiet, pairing: 'old', paired_at: ago(9000), gone_at: ago(9) }), tablet()]),
    ).toEqual([]);
    expect(
      silences([tablet({ ...quiet, pairing: 'old', paired_at: ago(9000) }), tablet({ revoked_at: ago(1) })]),
    ).toEqual([]);
    expect(silences([tablet({ pairing: null, paired_at: null, last_seen_at: null })])).toEqual([]);
    expect(silences([tablet({ ...quiet, kind: 'import' })])).toEqual([]);
    expect(silences([tablet({ ...quiet, app_version: 'demo' })])).toEqual([]);
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
    expect(kinds({ app_version: null, lost: 2, acknowledged: seen({ lost: 2 }) })).toEqual([]);
    expect(kinds({ app_version: null, lost: 3, acknowledged: seen({ lost: 2 }) })).toEqual(['forgot']);
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
    expect(completenessOf([cleared, tablet()], [])).toMatchObject({
      kind: 'partial',
      missing: 2,
      hasNewLosses: true,
    });
  });

  it('misses what somebody has seen as well, though it is no news', () => {
    const known = tablet({ missing: 2, acknowledged: seen({ missing: 2 }) });
    expect(completenessOf([known], [])).toMatchObject({ missing: 2, hasNewLosses: false });
  });

  it('reaches to the tablet heard of longest ago', () => {
    const tablets = [tablet(), tablet({ tablet: 'b', last_seen_at: ago(9) })];
    expect(completenessOf(tablets, [])).toEqual({ kind: 'complete', until: NOW - 9 * 60_000 });
  });

  it('names the silent and counts what waits', () => {
    const tablets = [
      tablet({ waiting: 4 }),
      tablet({ tablet: 'b', name: 'Tablet 3', last_seen_at: ago(120) }),
    ];
    const silent: SilentTablet = { tablet: tablets[1]!, silence: { kind: 'plain', forMs: 120 * 60_000 } };
    const elsewhere: SilentTablet = { tablet: tablet({ tablet: 'c' }), silence: { kind: 'never' } };
    expect(completenessOf(tablets, [silent, elsewhere])).toEqual({
      kind: 'partial',
      until: NOW - 120 * 60_000,
      silent: [silent],
      waiting: 4,
      missing: 0,
      hasNewLosses: false,
    });
  });

  it('does not wait for revoked tablets, replaced pairings and files', () => {
    const tablets = [
      tablet(),
      tablet({ tablet: 'b', revoked_at: ago(1), last_seen_at: ago(5000) }),
      tablet({ pairing: 'old', paired_at: ago(9000), last_seen_at: ago(9000) }),
      tablet({ tablet: 'c', kind: 'import', last_seen_at: null }),
    ];
    expect(completenessOf(tablets, []).kind).toBe('complete');
    expect(completenessOf([], []).kind).toBe('no-tablets');
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
    const known = { ...losing, acknowledged: seen({ missing: 2 }) };
    expect(isSuperseded(known, [known, tablet()])).toBe(true);
  });
});
