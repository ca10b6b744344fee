import type { Result } from '../../../src/backend/failure';
import type { PairReply, TabletSettings } from '../../../src/backend/tablet-calls';
import { defaultVersion } from '../kiosk/kiosk-fixture';

const id = (number: number) => `018f3c1e-7b2a-7c3d-8e4f-${String(number).padStart(12, '0')}`;

export const settings: TabletSettings = {
  organization: { id: id(1), name: 'Golden Rye Bakery', default_locale: 'en', accent: '#12595f' },
  location: { id: id(2), name: '5 Mill Lane', time_zone: 'Europe/London' },
  tablet: { id: id(3), name: 'Counter' },
  survey: defaultVersion,
  rescue_key: null,
  membership: null,
  pulse_months: null,
};

export const paired: Result<PairReply> = {
  ok: true,
  value: { outcome: 'paired', server_time: '2026-06-17T14:05:00.000Z', settings: { ...settings, staff: [] } },
};

/** A server that is asked to pair and answers when the test says so. */
export class ScriptedPairing {
  codes: string[] = [];
  #answer: (result: Result<PairReply>) => void = () => {};

  pair = (code: string): Promise<Result<PairReply>> => {
    this.codes.push(code);
    return new Promise((resolve) => (this.#answer = resolve));
  };

  answer(result: Result<PairReply>): void {
    this.#answer(result);
  }
}
