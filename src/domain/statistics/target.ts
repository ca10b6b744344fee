import type { Estimated } from './estimate';

export type TargetVerdict = 'reached' | 'not-reached' | 'too-early';

/**
 * Whether a figure has reached its target, in the same unit: only when the whole interval has, and missed only when the
 * whole interval lies below. In between, and with too few answers, it is too early to say.
 */
export function targetVerdict(figure: Estimated, target: number): TargetVerdict {
  if (figure.kind === 'too-few') return 'too-early';
  if (figure.low >= target) return 'reached';
  return figure.high < target ? 'not-reached' : 'too-early';
}
