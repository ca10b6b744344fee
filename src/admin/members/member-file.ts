import type { ReportMember } from '../../backend/owner-calls/members';
import { referralCode } from '../../domain/referral-code';
import { TIMELINE_LIMIT } from './timeline';

type Context = {
  organization: string;
  /** The name of a tablet, a location or a person at the counter, by its id. */
  nameOf: (id: string) => string | undefined;
  /** What their tier is called; null below the first. */
  tier: string | null;
  now: Date;
};

/**
 * All that is kept about one member, as the file they may ask for: one JSON object that a person can read and another
 * program can take (GDPR, articles 15 and 20). Ids get the name beside them.
 */
export function memberFile(report: ReportMember, { organization, nameOf, tier, now }: Context): string {
  const file = {
    organization,
    exported_at: now.toISOString(),
    timeline_is_complete: report.timeline.length < TIMELINE_LIMIT,
    tier,
    // What they may tell a friend: one for each of their enrolments.
    referral_codes: report.aliases.map(referralCode),
    ...report,
    consents: report.consents.map((consent) => ({ ...consent, ...namesIn(consent, nameOf) })),
    timeline: report.timeline.map((entry) => ({ ...entry, ...namesIn(entry, nameOf) })),
  };
  return `${JSON.stringify(file, null, 2)}\n`;
}

function namesIn(entry: object, nameOf: Context['nameOf']): Record<string, string> {
  const named = Object.entries(entry).flatMap(([key, value]) => {
    const name = IDS.has(key) && typeof value === 'string' ? nameOf(value) : undefined;
    return name === undefined ? [] : [[`${key}_name`, name] as const];
  });
  return Object.fromEntries(named);
}
const IDS = new Set(['tablet', 'location', 'staff']);
