import type { CallContext } from '../../backend/call-function';
import type { Failure } from '../../backend/failure';
import type { OwnerCalls } from '../../backend/owner-calls';
import { ingest, pair, type Credentials } from '../../backend/tablet-calls';
import { defaultSurvey } from '../../domain/default-survey';
import { demoSurvey } from '../../domain/demo/factors';
import { DEMO_APP_VERSION } from '../../domain/demo/app-version';
import { generateDemo, type DemoSession } from '../../domain/demo/generate-demo';
import type { VernaRecord } from '../../domain/record';
import type { Locale } from '../../domain/locale';
import { again } from '../again';
import { randomSecret } from '../../device/secrets';
import { demoRecords } from './demo-records';

export type DemoWords = { shop: string; tablet: string; counter: string; locale: Locale };

export type DemoProgress = {
  step: 'shop' | 'tablets' | 'answers' | 'counter';
  stored: number;
  total: number;
};

export type DemoResult =
  | { ok: true; organization: string; code: string }
  | { ok: false; failure: Failure | null };

export type DemoOptions = {
  calls: OwnerCalls;
  words: DemoWords;
  /** Ms since 1970 UTC: the present. */
  endsAt: number;
  onProgress: (progress: DemoProgress) => void;
  days?: number;
  /** Where the tablets send to; the page's own server when not said. */
  tabletContext?: CallContext;
  /** How to wait between tries, in ms. */
  wait?: (ms: number) => Promise<void>;
};

type Tablet = { credentials: Credentials; survey: string; sent: number; records: VernaRecord[] | null };

const BATCH = 400;
const SEED = 20_26;
/** In points; the story's change is larger. */
const HOPED_CHANGE = 5;

/**
 * Makes a demo shop by the same doors a real one uses: every place has a tablet that pairs with a code and sends its
 * history through `ingest`. After a failure `run` goes on where it stopped; a batch sent twice is stored once.
 */
export class DemoBuilder {
  readonly #calls: OwnerCalls;
  readonly #words: DemoWords;
  readonly #report: (progress: DemoProgress) => void;
  readonly #tabletContext: CallContext;
  readonly #wait: ((ms: number) => Promise<void>) | undefined;
  readonly #sessions: DemoSession[][];
  readonly #total: number;
  readonly #demo: ReturnType<typeof generateDemo>;
  #organization: string | null = null;
  #locations: string[] = [];
  #tablets: Tablet[] = [];
  #counter: string | null = null;
  #noted = 0;

  constructor({ calls, words, endsAt, onProgress, days = 90, tabletContext = {}, wait }: DemoOptions) {
    this.#calls = calls;
    this.#words = words;
    this.#report = onProgress;
    this.#tabletContext = tabletContext;
    this.#wait = wait;
    this.#demo = generateDemo({ seed: SEED, endsAt, days });
    this.#sessions = this.#demo.locations.map(() => []);
    for (const session of this.#demo.sessions) this.#sessions[session.location]!.push(session);
    this.#total = this.#sessions.flat().reduce((sum, { answers }) => sum + answers.length, 0);
  }

  async run(): Promise<DemoResult> {
    try {
      this.#tell('shop');
      const organization = await this.#makeShop();
      this.#tell('tablets');
      for (const index of this.#sessions.keys()) await this.#makeTablet(organization, index);
      for (const [index, tablet] of this.#tablets.entries())
        await this.#sendHistory(tablet, this.#sessions[index]!);
      await this.#noteImprovements(organization);
      this.#tell('counter');
      return { ok: true, organization, code: await this.#counterCode(organization) };
    } catch (error) {
      if (error instanceof DemoStopped) return { ok: false, failure: error.failure };
      throw error;
    }
  }

  #tell(step: DemoProgress['step']): void {
    const stored = this.#tablets.reduce((sum, { sent }) => sum + sent, 0);
    this.#report({ step, stored, total: this.#total });
  }

  async #makeShop(): Promise<string> {
    const { locations } = this.#demo;
    if (this.#organization === null) {
      const made = done(
        await this.#calls.createOrganization({
          name: this.#words.shop,
          defaultLocale: this.#words.locale,
          locationName: locations[0]!.name,
          timeZone: locations[0]!.timeZone,
          survey: demoSurvey(),
          demo: true,
        }),
        'created',
      );
      this.#organization = made.organization;
      this.#locations = [made.location];
    }
    for (const { name, timeZone } of locations.slice(this.#locations.length)) {
      const made = done(await this.#calls.addLocation(this.#organization, name, timeZone), 'created');
      this.#locations.push(made.location);
    }
    return this.#organization;
  }

  async #makeTablet(organization: string, index: number): Promise<void> {
    if (this.#tablets[index]) return;
    const { tablet } = done(
      await this.#calls.addTablet(organization, this.#locations[index]!, this.#words.tablet),
      'created',
    );
    const { code } = done(await this.#calls.createPairingCode(organization, tablet), 'created');
    const credentials = { pairing: crypto.randomUUID(), secret: randomSecret() };
    const paired = done(
      await again(() => pair(code, credentials, DEMO_APP_VERSION, this.#tabletContext), this.#wait),
      'paired',
    );
    this.#tablets[index] = { credentials, survey: paired.settings.survey.id, sent: 0, records: null };
  }

  async #sendHistory(tablet: Tablet, sessions: readonly DemoSession[]): Promise<void> {
    // Kept, so that a second try sends the very same records.
    tablet.records ??= await collect(demoRecords(sessions, tablet.credentials.pairing, tablet.survey));
    while (tablet.sent < tablet.records.length) {
      const batch = tablet.records.slice(tablet.sent, tablet.sent + BATCH);
      const context = { timeoutMs: 60_000, ...this.#tabletContext };
      const send = () => ingest(tablet.credentials, crypto.randomUUID(), batch, context);
      done(await again(send, this.#wait), 'accepted');
      tablet.sent += batch.length;
      this.#tell('answers');
    }
  }

  /** What the history tells of as changed, so that the page of improvements has something to say. */
  async #noteImprovements(organization: string): Promise<void> {
    for (const { location, day, text } of this.#demo.improvements.slice(this.#noted)) {
      const noted = await this.#calls.saveImprovement(organization, null, {
        name: text[this.#words.locale],
        happened_on: day,
        ended_on: null,
        question: defaultSurvey.questions[0]!.key,
        location_id: this.#locations[location]!,
        hoped_change: HOPED_CHANGE,
        note: null,
      });
      done(noted, 'saved');
      this.#noted += 1;
    }
  }

  /** A code for one more tablet, on which the visitor tries the kiosk. */
  async #counterCode(organization: string): Promise<string> {
    if (this.#counter === null) {
      const made = await this.#calls.addTablet(organization, this.#locations[0]!, this.#words.counter);
      this.#counter = done(made, 'created').tablet;
    }
    return done(await this.#calls.createPairingCode(organization, this.#counter), 'created').code;
  }
}

/** Ends the run; caught once, in `run`. */
class DemoStopped extends Error {
  constructor(readonly failure: Failure | null) {
    super('the demo stopped');
  }
}

async function collect<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const collected: Item[] = [];
  for await (const item of items) collected.push(item);
  return collected;
}

type Outcome = { outcome: string };

function done<Reply extends Outcome, Wanted extends Reply['outcome']>(
  result: { ok: true; value: Reply } | { ok: false; failure: Failure },
  wanted: Wanted,
): Extract<Reply, { outcome: Wanted }> {
  if (!result.ok) throw new DemoStopped(result.failure);
  if (result.value.outcome !== wanted) throw new DemoStopped(null);
  return result.value as Extract<Reply, { outcome: Wanted }>;
}
