import type { ConsentPurpose } from '../domain/member';
import {
  membership_consent_call,
  membership_consent_call_text,
  membership_consent_messages,
  membership_consent_messages_text,
  membership_consent_programme,
  membership_consent_programme_text,
  membership_consent_publish,
  membership_consent_publish_text,
} from '../i18n/paraglide/messages';

/**
 * What people agree to, word for word, under the sentence that says how to take it back (membership_consents_about).
 * Whoever changes what any of it means, in any language, raises CONSENT_VERSION: what was agreed to before was
 * something else.
 */
export const CONSENT_WORDS: Record<ConsentPurpose, { title: () => string; text: () => string }> = {
  programme: { title: membership_consent_programme, text: membership_consent_programme_text },
  messages: { title: membership_consent_messages, text: membership_consent_messages_text },
  call: { title: membership_consent_call, text: membership_consent_call_text },
  publish: { title: membership_consent_publish, text: membership_consent_publish_text },
};
