// The Edge Function: docs/deploy.md says how it is set up. All that it does is in mail.ts and deliver.ts.
import { deliverAlerts, isAllowed, PROVIDERS } from './deliver.ts';
import { composeMail, type Digest } from './mail.ts';

const secret = (name: string): string => Deno.env.get(name) ?? '';

/** Supabase gives its functions the address and a key that row level security does not hold. */
async function call(name: string, args: Record<string, unknown>): Promise<unknown> {
  const key = secret('SUPABASE_SERVICE_ROLE_KEY');
  const response = await fetch(`${secret('SUPABASE_URL')}/rest/v1/rpc/${name}`, {
    method: 'POST',
    headers: { apikey: key, authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify(args),
    signal: AbortSignal.timeout(20_000),
  });
  const body: unknown = await response.json();
  if (!response.ok) throw new Error(`${name} answered ${response.status}`);
  return body;
}

Deno.serve(async (request) => {
  if (!(await isAllowed(request.headers.get('authorization'), secret('SEND_ALERTS_SECRET')))) {
    return Response.json({ outcome: 'forbidden' }, { status: 401 });
  }
  const provider = PROVIDERS[secret('MAIL_PROVIDER')];
  const siteUrl = secret('SITE_URL').replace(/\/+$/, '');
  if (!provider || !secret('MAIL_API_KEY') || !secret('MAIL_FROM') || !siteUrl) {
    return Response.json({ outcome: 'not_set_up' }, { status: 503 });
  }
  const outcome = await deliverAlerts<Digest>({
    call,
    fetch,
    provider,
    apiKey: secret('MAIL_API_KEY'),
    from: secret('MAIL_FROM'),
    compose: (digest) => composeMail(digest, siteUrl, Date.now()),
  });
  return Response.json(outcome, { status: outcome.failed > 0 ? 502 : 200 });
});
