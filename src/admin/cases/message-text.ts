import type { Locale } from '../../domain/locale';
import {
  admin_case_message_hello,
  admin_case_message_hello_nobody,
  admin_case_message_subject,
  admin_case_text_rerate,
  admin_case_text_resolved,
  admin_case_text_sorry,
} from '../../i18n/paraglide/messages';

/** What a message to a customer is for. */
export type MessageReason = 'sorry' | 'resolved' | 'rerate';

const BODIES = {
  sorry: admin_case_text_sorry,
  resolved: admin_case_text_resolved,
  rerate: admin_case_text_rerate,
} satisfies Record<MessageReason, typeof admin_case_text_sorry>;

/** Words to begin with, in the customer's language whatever the owner's; name is null where nobody knows it. */
export function messageText(
  reason: MessageReason,
  locale: Locale,
  shop: string,
  name: string | null,
): string {
  const hello =
    name === null
      ? admin_case_message_hello_nobody({}, { locale })
      : admin_case_message_hello({ name }, { locale });
  return `${hello} ${BODIES[reason]({ shop }, { locale })}`;
}

export const messageSubject = (locale: Locale, shop: string): string =>
  admin_case_message_subject({ shop }, { locale });

/** What there is to write next, as the case stands. */
export function usualReason({
  state,
  rerating,
}: {
  state: 'open' | 'contacted' | 'resolved';
  rerating: number | null;
}): MessageReason {
  if (state !== 'resolved') return 'sorry';
  return rerating === null ? 'rerate' : 'resolved';
}
