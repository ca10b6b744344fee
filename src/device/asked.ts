import { pulseRound } from '../domain/pulse-round';
import { sha256 } from './secrets';

/*
 * Whom this tablet has asked how it is to work here, so that nobody is asked twice in one round. It stays on the tablet,
 * says nobody's name, and cannot tell who answered from who did not want to.
 */
const KEY = 'verna.asked';

type Asked = { round: string; people: string[] };

/** Whether this person is still to be asked in the round that `now` lies in. */
export async function isToBeAsked(staff: string, months: number, now: Date): Promise<boolean> {
  return !askedIn(pulseRound(now, months)).includes(await nameless(staff));
}

/** They were asked: they have answered, or did not want to. */
export async function noteAsked(staff: string, months: number, now: Date): Promise<void> {
  const round = pulseRound(now, months);
  const person = await nameless(staff);
  const people = [...new Set([...askedIn(round), person])].sort();
  try {
    localStorage.setItem(KEY, JSON.stringify({ round, people } satisfies Asked));
  } catch {
    // Full or forbidden: then they are asked again.
  }
}

function askedIn(round: string): string[] {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY) ?? 'null') as Asked | null;
    return kept?.round === round ? kept.people : [];
  } catch {
    return [];
  }
}

/** Who has the staff's ids can still find out who was asked; nobody can read it. */
const nameless = async (staff: string): Promise<string> =>
  (await sha256(`verna.asked/${staff}`)).slice(0, 16);
