/**
 * Takes from the database what nobody has been told of, sends one mail to each who wants it, and tells the database. What was
 * not sent is handed out again ten minutes later, so a mail may come twice when a provider fails half-way, and never not at all.
 */

export type Message = { from: string; to: string; subject: string; text: string };

type Digest = { org: string; to: string[]; alerts: { alert: string }[] };

export type Provider = (message: Message, key: string, apiKey: string) => { url: string; init: RequestInit };

const post = (url: string, headers: Record<string, string>, body: unknown) => ({
  url,
  init: {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  },
});

/** By name, as the secret MAIL_PROVIDER has it. The key makes a repeated message one, where the provider knows how. */
export const PROVIDERS: Record<string, Provider> = {
  resend: ({ from, to, subject, text }, key, apiKey) =>
    post(
      'https://api.resend.com/emails',
      { authorization: `Bearer ${apiKey}`, 'idempotency-key': key },
      { from, to: [to], subject, text },
    ),
  brevo: ({ from, to, subject, text }, key, apiKey) =>
    post(
      'https://api.brevo.com/v3/smtp/email',
      { 'api-key': apiKey },
      {
        sender: { email: from },
        to: [{ email: to }],
        subject,
        textContent: text,
        headers: { idempotencyKey: key },
      },
    ),
  postmark: ({ from, to, subject, text }, _key, apiKey) =>
    post(
      'https://api.postmarkapp.com/email',
      { 'x-postmark-server-token': apiKey },
      { From: from, To: to, Subject: subject, TextBody: text },
    ),
};

export type Delivery<Told extends Digest> = {
  /** Calls a database function as the service role and returns its reply; rejects when there is none. */
  call: (name: string, args: Record<string, unknown>) => Promise<unknown>;
  fetch: typeof globalThis.fetch;
  provider: Provider;
  apiKey: string;
  from: string;
  compose: (digest: Told) => { subject: string; text: string };
};

/** How many messages went out, and for how many shops one did not. */
export type Outcome = { sent: number; failed: number };

export async function deliverAlerts<Told extends Digest>({
  call,
  fetch,
  provider,
  apiKey,
  from,
  compose,
}: Delivery<Told>): Promise<Outcome> {
  const digests = (await call('alerts_to_mail', {})) as Told[];
  const outcome = { sent: 0, failed: 0 };
  for (const digest of digests) {
    const mail = compose(digest);
    const results = [];
    // One message each: nobody learns who else is told. In turn, so that a slow provider is not flooded.
    for (const to of digest.to) {
      const message = { from, to, ...mail };
      const { url, init } = provider(message, await keyOf(message), apiKey);
      results.push(await isTaken(fetch, url, init));
    }
    outcome.sent += results.filter(Boolean).length;
    if (results.every(Boolean)) {
      await call('alerts_mailed', { org: digest.org, alerts: digest.alerts.map(({ alert }) => alert) });
    } else outcome.failed += 1;
  }
  return outcome;
}

async function isTaken(fetch: typeof globalThis.fetch, url: string, init: RequestInit): Promise<boolean> {
  try {
    const response = await fetch(url, { ...init, signal: AbortSignal.timeout(10_000) });
    // Read to its end, or the connection stays taken.
    await response.text();
    return response.ok;
  } catch {
    return false;
  }
}

/** The same for the same message, and telling nothing of it. */
async function keyOf(message: Message): Promise<string> {
  const bytes = new TextEncoder().encode(JSON.stringify(message));
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return [...digest].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Whether a request bears the secret; takes as long for a wrong one as for the right one. */
export async function isAllowed(authorization: string | null, secret: string): Promise<boolean> {
  if (secret === '') return false;
  const hash = async (text: string) =>
    new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)));
  const [told, right] = await Promise.all([hash(authorization ?? ''), hash(`Bearer ${secret}`)]);
  return told.reduce((difference, byte, at) => difference | (byte ^ right[at]!), 0) === 0;
}
