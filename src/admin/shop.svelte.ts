import { createContext } from 'svelte';
import type { Failure } from '../backend/failure';
import type {
  Location,
  Organization,
  OwnerCalls,
  ReportTablet,
  StoredSurveyVersion,
} from '../backend/owner-calls';

/** Whether what is on the screen is still what the server has. */
export type Freshness = { status: 'fresh' } | { status: 'stale'; since: number; failure: Failure };

const PULSE_MS = 5_000;

/** One shop, its places and its tablets, kept up to date while somebody looks. */
export class Shop {
  locations = $state.raw<Location[]>([]);
  surveys = $state.raw<StoredSurveyVersion[]>([]);
  tablets = $state.raw<ReportTablet[]>([]);
  /** Records that the server could not take and nobody has settled yet. */
  quarantined = $state(0);
  freshness = $state.raw<Freshness>({ status: 'fresh' });
  /** Grows when something a report shows may have changed: pages read it and ask again. */
  revision = $state(0);
  /** Ticks with the pulse, so that "silent for 2 h" does not stand still. */
  now = $state(Date.now());

  #pulse: string | null = null;
  #heardAt = Date.now();

  constructor(
    readonly calls: OwnerCalls,
    readonly organization: Organization,
  ) {}

  /** Loads what every page needs; null when all is there. */
  async load(): Promise<Failure | null> {
    const org = this.organization.id;
    const [locations, surveys, tablets, quarantine] = await Promise.all([
      this.calls.locations(org),
      this.calls.surveyVersions(org),
      this.calls.reportTablets(org),
      this.calls.reportQuarantine(org, false, 0),
    ]);
    if (!locations.ok) return locations.failure;
    if (!surveys.ok) return surveys.failure;
    if (!tablets.ok) return tablets.failure;
    this.locations = locations.value;
    this.surveys = surveys.value;
    this.tablets = tablets.value;
    if (quarantine.ok) this.quarantined = quarantine.value.open;
    return null;
  }

  /** Asks for the pulse while the page is visible; the returned function stops. */
  watch(): () => void {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let stopped = false;
    const beat = async () => {
      clearTimeout(timer);
      if (document.visibilityState === 'visible') await this.#beat();
      if (!stopped) timer = setTimeout(() => void beat(), PULSE_MS);
    };
    const seen = () => document.visibilityState === 'visible' && void beat();
    document.addEventListener('visibilitychange', seen);
    addEventListener('online', seen);
    void beat();
    return () => {
      stopped = true;
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', seen);
      removeEventListener('online', seen);
    };
  }

  /** After a change made here: tells every page to ask again at once. */
  async refresh(): Promise<void> {
    const failure = await this.load();
    if (failure) this.#lost(failure);
    this.revision += 1;
  }

  async #beat(): Promise<void> {
    const pulse = await this.calls.reportPulse(this.organization.id);
    this.now = Date.now();
    if (!pulse.ok) return this.#lost(pulse.failure);
    this.#heardAt = this.now;
    this.freshness = { status: 'fresh' };
    if (this.#pulse !== null && pulse.value !== this.#pulse) await this.refresh();
    this.#pulse = pulse.value;
  }

  #lost(failure: Failure): void {
    this.freshness = { status: 'stale', since: this.#heardAt, failure };
  }

  locationName(id: string): string {
    return this.locations.find((location) => location.id === id)?.name ?? '';
  }
}

export const [useShop, provideShop] = createContext<Shop>();
