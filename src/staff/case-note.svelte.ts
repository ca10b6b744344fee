import type { Membership } from '../backend/tablet-calls';
import type { Members } from '../device/members';
import { CASE_DUE_HOURS, type Case } from '../domain/case';
import type { Locale } from '../domain/locale';
import type { SaveResult } from '../domain/sync';
import type { Phones } from './check-in.svelte';

export type CaseProblem = 'text' | 'phone' | 'failed';

/** Who is to be called back: nobody, a number, or somebody whom the number turned out to be. */
type Caller =
  | { is: 'nobody' }
  | { is: 'number'; phone: string }
  | { is: 'member'; phone: string; id: string; name: string };

export type CaseNoteParts = {
  phones: Pick<Phones, 'parsePhone'>;
  /** Null while the shop has no programme: then nobody is a member. */
  membership: () => Membership | null;
  members: Pick<Members, 'find'>;
  /** Who is at the tablet, as far as a PIN can tell. */
  staff: () => string | null;
  /** The customer's go at the kiosk that it is about. */
  session: string | null;
  save: (complaint: Case) => Promise<SaveResult>;
  /** Wall-clock ms. */
  now: () => number;
};

/** One complaint while it is being written down. What was typed stays until it is stored. */
export class CaseNote {
  text = $state('');
  phone = $state('');
  firstName = $state('');
  locale = $state<Locale>('en');
  problem = $state.raw<CaseProblem | null>(null);
  isSaving = $state(false);
  /** Wall-clock ms until which it is to be answered; null before it is stored. */
  dueAt = $state<number | null>(null);
  #caller = $state.raw<Caller>({ is: 'nobody' });
  /** The first name of the member whose number was typed. */
  readonly member = $derived(this.#caller.is === 'member' ? this.#caller.name : null);

  constructor(
    private readonly parts: CaseNoteParts,
    locale: Locale,
  ) {
    this.locale = locale;
  }

  /** Finds out whose number was typed; a number that was changed meanwhile is nobody's yet. */
  async lookUp(): Promise<void> {
    const { phones, membership, members } = this.parts;
    const typed = this.phone.trim();
    const programme = membership();
    const phone = phones.parsePhone(typed, programme?.programme.country ?? '');
    this.#caller = phone ? { is: 'number', phone } : { is: 'nobody' };
    this.problem = typed !== '' && !phone ? 'phone' : null;
    if (!phone || !programme) return;
    const found = await members.find(phone, programme);
    const asked = this.#caller;
    if (found.outcome === 'known' && asked.is === 'number' && asked.phone === phone) {
      this.#caller = { is: 'member', phone, id: found.member.id, name: found.member.name };
    }
  }

  /** Keeps the complaint. A lookup is not waited for: the server knows the number as well. */
  async save(): Promise<void> {
    if (this.isSaving) return;
    const text = this.text.trim();
    const typed = this.phone.trim();
    const phone = this.parts.phones.parsePhone(typed, this.parts.membership()?.programme.country ?? '');
    if (text === '' || (typed !== '' && !phone)) {
      this.problem = text === '' ? 'text' : 'phone';
      return;
    }
    const caller = this.#caller;
    const member = caller.is === 'member' && caller.phone === phone ? caller.id : null;
    this.isSaving = true;
    const result = await this.parts.save({
      type: 'case',
      text,
      member,
      phone: member === null ? phone : null,
      firstName: member === null ? this.firstName.trim() || null : null,
      session: this.parts.session,
      locale: this.locale,
      staff: this.parts.staff(),
    });
    this.isSaving = false;
    if (result.outcome === 'failed') {
      this.problem = 'failed';
      return;
    }
    this.text = this.phone = this.firstName = '';
    this.#caller = { is: 'nobody' };
    this.dueAt = this.parts.now() + CASE_DUE_HOURS * 3_600_000;
  }
}
