import type { ControlChart, ControlPoint, Signal } from '../../domain/statistics/control-chart';
import { latestSignal } from '../../domain/statistics/control-chart';
import {
  admin_control_alike,
  admin_control_beyond_above,
  admin_control_beyond_below,
  admin_control_point,
  admin_control_point_few,
  admin_control_point_none,
  admin_control_point_plain,
  admin_control_quiet,
  admin_control_run_above,
  admin_control_run_below,
  admin_control_signal_beyond_above,
  admin_control_signal_beyond_below,
  admin_control_signal_run_above,
  admin_control_signal_run_below,
  admin_control_too_early,
  admin_control_unjudged,
} from '../../i18n/paraglide/messages';
import { countWords, dayWords } from '../format';
import { valueWords } from './figure-words';
import type { MeasureType } from './measure';

const SIGNALS = {
  beyond: { above: admin_control_signal_beyond_above, below: admin_control_signal_beyond_below },
  run: { above: admin_control_signal_run_above, below: admin_control_signal_run_below },
};

export const signalWords = ({ kind, side }: Signal): string => SIGNALS[kind][side]();

/** What the last finished week says, as one sentence. */
export function controlWords(type: MeasureType, chart: ControlChart): string {
  if (chart.kind === 'alike') return admin_control_alike();
  if (chart.kind === 'too-early') {
    return admin_control_too_early({ count: chart.weeksMore, n: countWords(chart.weeksMore) });
  }
  const centre = valueWords(type, chart.baseline.centre, 1);
  const last = chart.points.findLast(({ isFinished }) => isFinished);
  if (!last || last.limits === null || last.value === null) {
    const n = last?.tally.n ?? 0;
    return admin_control_unjudged({ count: n, n: countWords(n), centre });
  }
  const signal = latestSignal(chart);
  if (!signal) return admin_control_quiet({ centre });
  if (signal.kind === 'run') {
    const day = dayWords(signal.since);
    return (signal.side === 'above' ? admin_control_run_above : admin_control_run_below)({ day, centre });
  }
  const value = valueWords(type, last.value, 1);
  return (signal.side === 'above' ? admin_control_beyond_above : admin_control_beyond_below)({
    value,
    centre,
  });
}

/** One week in words: its figure, its limits, its n, and the signal if it is one. */
export function pointWords(type: MeasureType, point: ControlPoint, hasLimits: boolean): string {
  if (point.value === null) return admin_control_point_none();
  const value = valueWords(type, point.value, 1);
  const n = countWords(point.tally.n);
  if (point.limits === null) {
    return hasLimits ? admin_control_point_few({ value, n }) : admin_control_point_plain({ value, n });
  }
  const words = admin_control_point({
    value,
    n,
    low: valueWords(type, point.limits.low, 1),
    high: valueWords(type, point.limits.high, 1),
  });
  return point.signal ? `${words} · ${signalWords(point.signal)}` : words;
}
