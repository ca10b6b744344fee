import { createContext } from 'svelte';
import type { Failure } from '../backend/failure';
import type { OwnerCalls } from '../backend/owner-calls';
import type { Location, Organization, StoredSurveyVersion } from '../backend/owner-calls/shop';
import type { ReportTablet } from '../backend/owner-calls/tablets';
import { AlertWatch } from './alerts/alert-watch.svelte';
import { silentTablets } from './tablets/silence';

/** Whether what is on the screen is still what the server has. */
export type Freshness = { status: 'fresh' } | { status: 'stale'; since: number; failure: Failure };

const PULSE_MS = 5_000;
/** How often a page in the background asks, if it does; browsers let a hidden page's timers run no oftener. */
const LISTEN_MS = 60_000;

/** One shop, its places and its tablets, kept up to date while somebody looks. */
export class Shop {
  locations = $state.raw<Location[]>([]);
  surveys = $state.raw<StoredSurveyVersion[]>([]);
  tablets = $state.raw<ReportTablet[]>([]);
  /** Records that the server could not take and nobody has settled yet. */
  quarantined = $state(0);
  /** Complaints that are not resolved. */
  casesWaiting = $state(0);
  freshness = $state.raw<Freshness>({ status: 'fresh' });
  /** Grows when something a report shows may have changed: pages read it and ask again. */
  revision = $state(0);
  /** Ticks with the pulse, so that "silent for 2 h" does not stand still. */
  now = $state(Date.now());
  #pulse: string | null = null;
  /** When the tablets were last known to be as the server has them. */
  #heardAt = $state(Date.now());
  /** Tablets that should be heard and are not. A server that cannot be asked says nothing about them. */
  readonly silent = $derived(silentTablets(this.tablets, this.locations, this.#heardAt));
  readonly alerts: AlertWatch;

  constructor(
    readonly calls: OwnerCalls,
    readonly organization: Organization,
  ) {
    this.alerts = new AlertWatch(calls, organization.id);
  }

  /** Loads what every page needs; null when all is there. */
  async load(): Promise<Failure | null> {
    const org = this.organization.id;
    // Asked before the rest: what changes while that is on its way is then seen to have changed.
    if (this.#pulse === null) {
      const pulse = await this.calls.reportPulse(org);
      if (!pulse.ok) return pulse.failure;
      this.#pulse = pulse.value;
    }
    const [locations, surveys, tablets] = await Promise.all([
      this.calls.locations(org),
      this.calls.surveyVersions(org),
      this.calls.reportTablets(org),
    ]);
    if (!locations.ok) return locations.failure;
    if (!surveys.ok) return surveys.failure;
    if (!tablets.ok) return tablets.failure;
    this.locations = locations.value;
    this.surveys = surveys.value;
    this.#hear(tablets.value);
    return null;
  }

  /**
   * Keeps what load() found up to date: asks for the pulse while the page is visible, and in the background if so told. The
   * returned function stops.
   */
  watch(inBackground: () => boolean): () => void {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let stopped = false;
    const beat = async () => {
      clearTimeout(timer);
      const isVisible = document.visibilityState === 'visible';
      if (isVisible) await this.#beat();
      else if (inBackground()) await this.#listen();
      if (!stopped) timer = setTimeout(() => void beat(), isVisible ? PULSE_MS : LISTEN_MS);
    };
    const seen = () => document.visibilityState === 'visible' && void beat();
    document.addEventListener('visibilitychange', seen);
    addEventListener('online', seen);
    // What load() found is new, and the page that is about to be shown has questions of its own.
    void this.#count();
    timer = setTimeout(() => void beat(), PULSE_MS);
    return () => {
      stopped = true;
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', seen);
      removeEventListener('online', seen);
    };
  }

  /** After a change made here: tells every page to ask again at once. */
  async refresh(): Promise<void> {
    const [failure] = await Promise.all([this.load(), this.#count()]);
    if (failure) this.#lost(failure);
    this.revision += 1;
  }

  /** What the menu counts: no page waits for it. */
  async #count(): Promise<void> {
    const org = this.organization.id;
    const [quarantine, cases] = await Promise.all([
      this.calls.reportQuarantine(org, false, 0),
      this.calls.reportCases(org, 'waiting', 1),
    ]);
    if (quarantine.ok) this.quarantined = quarantine.value.open;
    if (cases.ok) this.casesWaiting = cases.value.waiting;
  }

  async #beat(): Promise<void> {
    const pulse = await this.calls.reportPulse(this.organization.id);
    this.now = Date.now();
    if (!pulse.ok) return this.#lost(pulse.failure);
    this.freshness = { status: 'fresh' };
    if (pulse.value !== this.#pulse) {
      await this.refresh();
      // refresh() has found the server gone: the next beat tries again.
      if (this.freshness.status !== 'fresh') return;
    } else this.#heardAt = this.now;
    this.#pulse = pulse.value;
  }

  /** Nobody looks, so only what a silence is told from. */
  async #listen(): Promise<void> {
    const tablets = await this.calls.reportTablets(this.organization.id);
    this.now = Date.now();
    if (tablets.ok) this.#hear(tablets.value);
  }

  #hear(tablets: ReportTablet[]): void {
    this.tablets = tablets;
    this.#heardAt = Date.now();
  }

  #lost(failure: Failure): void {
    this.freshness = { status: 'stale', since: this.#heardAt, failure };
  }

  locationName(id: string): string {
    return this.locations.find((location) => location.id === id)?.name ?? '';
  }
}

export const [useShop, provideShop] = createContext<Shop>();
