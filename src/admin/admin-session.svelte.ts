import { createContext } from 'svelte';
import type { Failure } from '../backend/failure';
import { ownerCalls, type OwnerCalls } from '../backend/owner-calls';
import type { Organization } from '../backend/owner-calls/shop';
import { createOwnerClient, type OwnerClient } from '../backend/owner-client';
import { signedInAs, signOut } from '../backend/owner-session';
import { ownerStore } from '../device/owner-store';
import type { Router } from './router.svelte';
import { Shop } from './shop.svelte';

export type AdminScreen =
  | { screen: 'loading' }
  | { screen: 'failed'; failure: Failure }
  | { screen: 'signed-out' }
  | { screen: 'no-shop'; email: string }
  | { screen: 'shop'; email: string; shop: Shop; organizations: readonly Organization[] };

/**
 *   loading ──► signed-out ──► loading ──► no-shop ──► shop
 *      └──────► failed (retry) ◄──┘
 */
export class AdminSession {
  screen = $state.raw<AdminScreen>({ screen: 'loading' });
  /** The shop looked at last, for those who have several; the newest until one was chosen. */
  #chosen: string | null = null;
  readonly client: OwnerClient;
  readonly calls: OwnerCalls;

  constructor() {
    this.client = createOwnerClient(ownerStore());
    this.calls = ownerCalls(this.client);
  }

  /** Finds out who is here and what they own; also after signing in and after making a shop. */
  async load(organization: string | null = this.#chosen): Promise<void> {
    this.#chosen = organization;
    const email = await signedInAs(this.client);
    if (!email.ok) return this.#failed(email.failure);
    if (email.value === null) {
      this.screen = { screen: 'signed-out' };
      return;
    }
    const organizations = await this.calls.organizations();
    if (!organizations.ok) return this.#failed(organizations.failure);
    const own = organizations.value.find(({ id }) => id === organization) ?? organizations.value.at(-1);
    if (!own) {
      this.screen = { screen: 'no-shop', email: email.value };
      return;
    }
    const shop = new Shop(this.calls, own);
    const failure = await shop.load();
    if (failure) return this.#failed(failure);
    this.screen = { screen: 'shop', email: email.value, shop, organizations: organizations.value };
  }

  async signOut(): Promise<void> {
    await signOut(this.client);
    this.screen = { screen: 'signed-out' };
  }

  #failed(failure: Failure): void {
    // A session the server no longer takes is no session.
    this.screen = failure.code === 'forbidden' ? { screen: 'signed-out' } : { screen: 'failed', failure };
  }
}

export type PairHere = (code: string) => Promise<boolean>;

export type KeepScreenOn = () => () => void;

export type AdminContext = {
  session: AdminSession;
  router: Router;
  /** Pairs this browser as a tablet; missing where it can't be one. */
  pairHere: PairHere | undefined;
  /** Keeps this device's screen from going dark until what it returns is called. */
  keepScreenOn?: KeepScreenOn | undefined;
};

export const [useAdmin, provideAdmin] = createContext<AdminContext>();
