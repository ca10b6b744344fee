import { describe, expect, it } from 'vitest';
import { deliverAlerts, isAllowed, PROVIDERS } from '../../../supabase/functions/send-alerts/deliver';
import {
  composeMail,
  type Digest,
  type DigestAlert,
  type MailLocale,
} from '../../../supabase/functions/send-alerts/mail';

const NOW = Date.parse('2026-03-10T12:00Z');
const epoch = (text: string) => Date.parse(text) / 1000;

const about = (alert: Partial<DigestAlert> & Pick<DigestAlert, 'kind'>): DigestAlert => ({
  alert: `${alert.kind}-id`,
  facts: {},
  since: null,
  location: 'Vitosha 12',
  time_zone: 'Europe/Sofia',
  tablet: null,
  question: null,
  ...alert,
});
const ALERTS = [
  about({
    kind: 'low_scores',
    facts: { low: 4, n: 5, minutes: 15, until: epoch('2026-03-10T11:58Z') },
    question: 'How was it?',
  }),
  about({ kind: 'case_due', facts: { due_at: epoch('2026-03-10T15:30Z') }, location: null }),
  about({ kind: 'case_due', facts: { due_at: epoch('2026-03-09T08:00Z') } }),
  about({ kind: 'tablet_silent', tablet: 'Till', since: epoch('2026-03-10T10:05Z') }),
  about({ kind: 'tablet_silent', tablet: 'Counter' }),
  about({
    kind: 'score_left_limits',
    facts: { score: 0.71, lower: 0.774, upper: 0.912, n: 1214 },
    location: null,
  }),
  about({ kind: 'score_left_limits', facts: { score: -12.5, lower: -4, upper: 31, n: 80 } }),
];
const digest = (locale: MailLocale, alerts = ALERTS): Digest => ({
  org: 'org-id',
  shop: 'Golden\r\nRye',
  locale,
  to: ['owner@example.test', 'manager@example.test'],
  alerts,
});
const mail = (locale: MailLocale, alerts?: DigestAlert[]) =>
  composeMail(digest(locale, alerts), 'https://shop.example', NOW);

describe('the mail', () => {
  it('says in one sentence each what happened, with times as the place’s clock shows them', () => {
    expect(mail('en').text).toBe(`• 4 of 5 ratings were low within 15 minutes.
  Vitosha 12, “How was it?”

• A case is to be answered by 17:30.

• A case was to be answered by 9 Mar, 10:00.
  Vitosha 12

• Till has been silent since 12:05.
  Vitosha 12

• Counter has never been heard of.
  Vitosha 12

• A week’s score of 71.0% is outside its usual range, 77.4% to 91.2% (n = 1,214).
  All locations

• A week’s score of −12.5 is outside its usual range, −4.0 to 31.0 (n = 80).
  Vitosha 12

What to do: https://shop.example/admin/alerts

You get this because somebody chose so on the page of alerts. It can be changed there.
`);
  });

  it('speaks Russian and Bulgarian, with their plurals, quotation marks and numbers', () => {
    expect(mail('ru').text).toContain('Till молчит с 12:05');
    expect(mail('ru').text).toContain('«How was it?»');
    expect(mail('ru').text).toMatch(/Оценка за неделю 71,0\s%/);
    expect([1, 3, 5].map((n) => mail('ru', ALERTS.slice(0, n)).subject)).toEqual([
      'Golden Rye: 1 оповещение',
      'Golden Rye: 3 оповещения',
      'Golden Rye: 5 оповещений',
    ]);
    expect(mail('bg').text).toContain('„How was it?“');
    expect(mail('bg', ALERTS.slice(0, 1)).subject).toBe('Golden Rye: нов сигнал');
  });

  it('keeps a line break in a name out of the subject', () => {
    expect(mail('en').subject).toBe('Golden Rye: 7 alerts');
  });
});

/** A provider that takes what `takes` says, and a database that hands out one shop's alerts. */
function world(takes: (to: string) => boolean | 'unreachable') {
  const sent: { url: string; headers: Record<string, string>; body: Record<string, unknown> }[] = [];
  const calls: [string, Record<string, unknown>][] = [];
  const delivery = {
    call: (name: string, args: Record<string, unknown>) => {
      calls.push([name, args]);
      return Promise.resolve(
        name === 'alerts_to_mail' ? [digest('en', ALERTS.slice(0, 2))] : { outcome: 'saved' },
      );
    },
    fetch: ((url: string, init: RequestInit) => {
      const body = JSON.parse(init.body as string) as { to: string[] };
      const taken = takes(body.to[0]!);
      if (taken === 'unreachable') return Promise.reject(new TypeError('no route'));
      if (taken) sent.push({ url, headers: init.headers as Record<string, string>, body });
      return Promise.resolve(new Response('{}', { status: taken ? 200 : 500 }));
    }) as typeof fetch,
    provider: PROVIDERS['resend']!,
    apiKey: 'key',
    from: 'alerts@shop.example',
    compose: (told: Digest) => composeMail(told, 'https://shop.example', NOW),
  };
  return { sent, calls, delivery };
}

describe('its delivery', () => {
  it('sends each recipient a message of their own and says that it was sent', async () => {
    const { sent, calls, delivery } = world(() => true);
    expect(await deliverAlerts(delivery)).toEqual({ sent: 2, failed: 0 });
    expect(sent.map(({ body }) => body['to'])).toEqual([['owner@example.test'], ['manager@example.test']]);
    expect(sent[0]!.headers).toMatchObject({ authorization: 'Bearer key' });
    expect(calls).toEqual([
      ['alerts_to_mail', {}],
      ['alerts_mailed', { org: 'org-id', alerts: ['low_scores-id', 'case_due-id'] }],
    ]);
  });

  it.each([false, 'unreachable'] as const)(
    'keeps what a provider did not take for the next time (%s)',
    async (taken) => {
      const { calls, delivery } = world((to) => (to === 'manager@example.test' ? taken : true));
      expect(await deliverAlerts(delivery)).toEqual({ sent: 1, failed: 1 });
      expect(calls.map(([name]) => name)).toEqual(['alerts_to_mail']);
    },
  );

  it('names the same message alike and another one differently', async () => {
    const { sent, delivery } = world(() => true);
    await deliverAlerts(delivery);
    await deliverAlerts(delivery);
    const keys = sent.map(({ headers }) => headers['idempotency-key']);
    expect(new Set(keys).size).toBe(2);
    expect(keys[0]).toBe(keys[2]);
  });

  it.each([
    [
      'brevo',
      {
        sender: { email: 'f' },
        to: [{ email: 't' }],
        subject: 's',
        textContent: 'x',
        headers: { idempotencyKey: 'k' },
      },
    ],
    ['postmark', { From: 'f', To: 't', Subject: 's', TextBody: 'x' }],
  ])('speaks to %s as it wants to be spoken to', (name, body) => {
    const { init } = PROVIDERS[name]!({ from: 'f', to: 't', subject: 's', text: 'x' }, 'k', 'key');
    expect(JSON.parse(init.body as string)).toEqual(body);
  });

  it('lets nobody in without the secret, and nobody at all where there is none', async () => {
    expect(await isAllowed('Bearer right', 'right')).toBe(true);
    expect(await isAllowed('Bearer wrong', 'right')).toBe(false);
    expect(await isAllowed(null, 'right')).toBe(false);
    expect(await isAllowed('Bearer ', '')).toBe(false);
  });
});
