import { defaultSurvey } from '../../../src/domain/default-survey';
import type { Answer } from '../../../src/domain/answer';
import type { Locale } from '../../../src/domain/locale';
import type { SurveyVersion } from '../../../src/domain/survey';
import type { SaveResult } from '../../../src/domain/sync';
import { KioskSession } from '../../../src/kiosk/session.svelte';
import type { Invitation } from '../../../src/membership/invitation';
import { FakeClock } from './fake-clock';

export const defaultVersion: SurveyVersion = {
  id: '018f3c1e-7b2a-7c3d-8e4f-0123456789ab',
  survey: defaultSurvey,
};

/** A tablet's store whose next results and delays the test decides. */
export class ScriptedStore {
  given: Answer[] = [];
  saved: Answer[] = [];
  next: SaveResult | Promise<SaveResult> | null = null;

  save = async (answer: Answer): Promise<SaveResult> => {
    this.given.push(answer);
    const result = await (this.next ?? { outcome: 'saved' as const, id: sessionId(1) });
    if (result.outcome === 'saved') this.saved.push(answer);
    return result;
  };
}

export function sessionId(number: number): string {
  return `018f3c1e-7b2a-7c3d-8e4f-${String(number).padStart(12, '0')}`;
}

/** A session on the default survey with everything it depends on, and time enough passed to take the first tap. */
export function makeSession(version: SurveyVersion = defaultVersion) {
  const clock = new FakeClock();
  const store = new ScriptedStore();
  const world = { version, locale: 'en' as Locale, customers: 0, invitation: null as Invitation | null };
  const session = new KioskSession({
    surveyVersion: () => world.version,
    locale: () => world.locale,
    save: store.save,
    invitation: () => world.invitation,
    newSessionId: () => sessionId(++world.customers),
    clock,
  });
  /** Past the moment in which a second tap is taken for an impatient thumb. */
  const settle = () => clock.advance(400);
  return { session, clock, store, world, settle };
}
