/**
 * The headers that the built app is served with. `npm start` sends them, the build writes them for hosts that read
 * `_headers`, and docs/deploy.md carries them for nginx and Caddy: all from here (tests/unit/security-headers.test.ts).
 */

/** Headers of every answer, for an app that talks to the server at `backendUrl`, or to its own origin when null. */
export function securityHeaders(backendUrl: string | null): Record<string, string> {
  const backend = backendUrl === null ? [] : [new URL(backendUrl).origin];
  const policy: Record<string, string[]> = {
    'default-src': ["'none'"],
    'script-src': ["'self'"],
    'style-src': ["'self'"],
    // The arrow of a select is a data: image in the styles.
    'img-src': ["'self'", 'data:'],
    'font-src': ["'self'"],
    'connect-src': ["'self'", ...backend],
    'manifest-src': ["'self'"],
    'worker-src': ["'self'"],
    // Forms are read by scripts and sent nowhere.
    'form-action': ["'none'"],
    'base-uri': ["'none'"],
    'frame-ancestors': ["'none'"],
  };
  return {
    'content-security-policy': Object.entries(policy)
      .map(([directive, sources]) => [directive, ...sources].join(' '))
      .join('; '),
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'permissions-policy': Object.entries({
      'screen-wake-lock': '(self)',
      // Reads the codes that members show; no picture leaves the tablet.
      camera: '(self)',
      ...Object.fromEntries(
        ['display-capture', 'geolocation', 'microphone', 'payment', 'usb'].map((name) => [name, '()']),
      ),
    })
      .map(([feature, allowed]) => `${feature}=${allowed}`)
      .join(', '),
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    // For browsers that do not know frame-ancestors.
    'x-frame-options': 'DENY',
  };
}

/** Headers for a host on the internet: those above, and https from now on. Not for `npm start`, which speaks http. */
function hostedHeaders(backendUrl: string | null): [name: string, value: string][] {
  return Object.entries({
    ...securityHeaders(backendUrl),
    'strict-transport-security': 'max-age=31536000',
  });
}

/** The file `_headers` as Netlify and Cloudflare Pages read it. */
export function headersFile(backendUrl: string | null): string {
  const lines = hostedHeaders(backendUrl).map(([name, value]) => `  ${name}: ${value}`);
  return [
    '/*',
    ...lines,
    // Named by their content; everything else is asked for anew, which is these hosts' own default.
    ...['/assets/*', '/owner/*'].flatMap((path) => [
      path,
      '  cache-control: public, max-age=31536000, immutable',
    ]),
    '',
  ].join('\n');
}

/** For nginx, inside `server { … }`. A location with an add_header of its own inherits none of these. */
export function nginxHeaders(backendUrl: string | null): string {
  return hostedHeaders(backendUrl)
    .map(([name, value]) => `add_header ${name} "${value}" always;`)
    .join('\n');
}

/** For Caddy, inside the site's block. */
export function caddyHeaders(backendUrl: string | null): string {
  const lines = hostedHeaders(backendUrl).map(([name, value]) => `\t${name} "${value}"`);
  return ['header {', ...lines, '}'].join('\n');
}
