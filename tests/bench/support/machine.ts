import { execFileSync } from 'node:child_process';
import { cpus, loadavg, totalmem } from 'node:os';
import { ensureChromium } from '../../support/chromium';

/** What the figures depend on, as lines of text. */
export function machineFacts(): string {
  const [cpu] = cpus();
  const chromium = execFileSync(ensureChromium(), ['--version'], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  return [
    `date      ${new Date().toISOString()}`,
    `machine   ${cpus().length} × ${cpu?.model.trim() || 'unnamed processor'}, ${Math.round(totalmem() / 2 ** 30)} GiB, load ${loadavg()[0]?.toFixed(1)}`,
    `system    ${process.platform} ${process.arch}, Node ${process.versions.node}`,
    `browser   ${chromium.trim()}`,
  ].join('\n');
}
