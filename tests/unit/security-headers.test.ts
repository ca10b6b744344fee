import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  caddyHeaders,
  headersFile,
  nginxHeaders,
  securityHeaders,
} from '../../supabase/embedded/security-headers';

const policyOf = (backendUrl: string | null) => securityHeaders(backendUrl)['content-security-policy']!;

describe('the security headers', () => {
  it('allow nothing by default, no inline code, no other origin and no frame', () => {
    const policy = policyOf(null);
    expect(policy).toContain("default-src 'none'; script-src 'self'; style-src 'self'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toMatch(/unsafe|https?:|\*/);
  });

  it('let the app talk to its server and to nobody else', () => {
    expect(policyOf('https://shop.supabase.co/')).toContain("connect-src 'self' https://shop.supabase.co; ");
    expect(policyOf('http://10.0.0.2:54321/rest')).toContain("connect-src 'self' http://10.0.0.2:54321; ");
  });

  it('refuse an address of the server that is none', () => {
    expect(() => headersFile('shop.supabase.co')).toThrow('Invalid URL');
  });

  it('promise https only where a host sends them', () => {
    expect(Object.keys(securityHeaders(null))).not.toContain('strict-transport-security');
    expect(headersFile(null)).toContain('strict-transport-security: max-age=');
  });

  it('are in the deployment guide as they are made', () => {
    const guide = readFileSync(new URL('../../docs/deploy.md', import.meta.url), 'utf8');
    expect(guide).toContain(
      nginxHeaders('https://YOUR_PROJECT.supabase.co').replace('your_project', 'YOUR_PROJECT'),
    );
    expect(guide).toContain(
      caddyHeaders('https://YOUR_PROJECT.supabase.co').replace('your_project', 'YOUR_PROJECT'),
    );
  });
});
