/** A way to write to somebody that the owner's own device opens. */
export type MessageLink = {
  channel: 'call' | 'sms' | 'email' | 'whatsapp' | 'telegram' | 'viber';
  href: string;
};

type Addressee = { phone: string | null; email: string | null };
type Message = { subject: string; text: string };

/** Those that take no text: it has to be pasted there. */
export const takesNoText = (channel: MessageLink['channel']): boolean =>
  channel === 'telegram' || channel === 'viber';

/**
 * Links that open a telephone, a mail or a messenger with the message in it, none of them an address of ours. phone is in
 * E.164. Sources: RFC 3966 (tel), RFC 5724 (sms), RFC 6068 (mailto), faq.whatsapp.com/5913398998672934,
 * core.telegram.org/api/links#phone-number-links, developers.viber.com/docs/tools/deep-links.
 */
export function messageLinks({ phone, email }: Addressee, { subject, text }: Message): MessageLink[] {
  const body = encodeURIComponent(text);
  const links: MessageLink[] = [];
  if (phone !== null) {
    const digits = phone.slice(1);
    links.push(
      { channel: 'call', href: `tel:${phone}` },
      { channel: 'sms', href: `sms:${phone}?body=${body}` },
    );
    if (email !== null) links.push(mail(email, subject, body));
    links.push(
      { channel: 'whatsapp', href: `https://wa.me/${digits}?text=${body}` },
      { channel: 'telegram', href: `https://t.me/${phone}` },
      { channel: 'viber', href: `viber://chat?number=${encodeURIComponent(phone)}` },
    );
  } else if (email !== null) links.push(mail(email, subject, body));
  return links;
}

const mail = (email: string, subject: string, body: string): MessageLink => ({
  channel: 'email',
  href: `mailto:${encodeURIComponent(email).replace('%40', '@')}?subject=${encodeURIComponent(subject)}&body=${body}`,
});
