import {
  membership_birthday_bad,
  membership_consents_about,
  membership_consents_title,
  membership_email_bad,
  membership_failed_full,
  membership_failed_unavailable,
  membership_first_name_needed,
  membership_person_about,
  membership_person_title,
  membership_phone_about,
  membership_phone_bad,
  membership_phone_title,
  membership_programme_needed,
  membership_referral_bad,
} from '../i18n/paraglide/messages';
import type { EnrolmentProblem, EnrolmentStep } from './enrolment.svelte';

type Words = () => string;

export const STEP_WORDS: Record<EnrolmentStep, { title: Words; about: Words }> = {
  phone: { title: membership_phone_title, about: membership_phone_about },
  person: { title: membership_person_title, about: membership_person_about },
  consents: { title: membership_consents_title, about: membership_consents_about },
};

export const PROBLEM_WORDS: Record<EnrolmentProblem, Words> = {
  phone: membership_phone_bad,
  first_name: membership_first_name_needed,
  email: membership_email_bad,
  birthday: membership_birthday_bad,
  referral: membership_referral_bad,
  programme: membership_programme_needed,
  full: membership_failed_full,
  unavailable: membership_failed_unavailable,
};

/** Said under the field itself; the rest is said above the buttons. */
export function isSaidAtField(problem: EnrolmentProblem): boolean {
  return problem === 'first_name' || problem === 'email' || problem === 'referral';
}
