import type { Result } from '../../backend/failure';
import type { Alert, AlertOf } from '../../backend/owner-calls/alerts';
import {
  admin_alert_age,
  admin_alert_bad_note,
  admin_alert_case_due,
  admin_alert_case_late,
  admin_alert_case_left,
  admin_case_overdue,
  admin_alert_closed_by,
  admin_alert_closed_itself,
  admin_alert_everywhere,
  admin_alert_gone,
  admin_alert_limits,
  admin_alert_limits_at,
  admin_alert_low,
  admin_alert_low_at,
  admin_alert_question,
  admin_alert_silent,
  admin_alert_silent_always,
  admin_alert_unknown,
  admin_advice_silent,
  admin_outcome_forbidden,
} from '../../i18n/paraglide/messages';
import { getLocale } from '../../i18n/locale.svelte';
import { failureWords } from '../failure-words';
import { countWords, durationWords, momentWords, pointWords, shareWords, shortDayWords } from '../format';
import { measuresOf } from '../scores/measure';
import type { Shop } from '../shop.svelte';

/** One sentence: what has happened. */
export function alertWords(alert: Alert, shop: Shop): string {
  switch (alert.kind) {
    case 'low_scores': {
      const { low, n, minutes } = alert.facts;
      return admin_alert_low({
        count: n,
        low: countWords(low),
        n: countWords(n),
        time: durationWords(minutes * 60_000),
      });
    }
    case 'case_due': {
      const due = alert.facts.due_at * 1000;
      const time = momentWords(due, shop.now);
      return due < shop.now ? admin_alert_case_late({ time }) : admin_alert_case_due({ time });
    }
    case 'tablet_silent': {
      const name = tabletName(shop, alert.subject.tablet);
      const { since } = alert.subject;
      return since === null
        ? admin_alert_silent_always({ name })
        : admin_alert_silent({ name, time: momentWords(since * 1000, shop.now) });
    }
    case 'score_left_limits': {
      const figure = figureWords(shop, alert);
      const { score, lower, upper } = alert.facts;
      return admin_alert_limits({
        score: figure(score),
        lower: figure(lower),
        upper: figure(upper),
        week: shortDayWords(alert.subject.week),
      });
    }
  }
}

/** Where, and what else helps to understand it. */
export function alertDetails(alert: Alert, shop: Shop): string[] {
  switch (alert.kind) {
    case 'low_scores': {
      const place = placeName(shop, alert.subject.location);
      const time = momentWords(alert.facts.until * 1000, shop.now);
      return [admin_alert_low_at({ place, time }), ...questionWords(shop, alert.subject.question)];
    }
    case 'case_due': {
      const leftMs = alert.facts.due_at * 1000 - shop.now;
      const duration = durationWords(Math.abs(leftMs));
      // How it stands with a case that was answered since is the case's to tell.
      if (alert.closed_at !== null) return [];
      return [leftMs < 0 ? admin_case_overdue({ duration }) : admin_alert_case_left({ duration })];
    }
    case 'tablet_silent':
      return [placeOfTablet(shop, alert.subject.tablet), admin_advice_silent()].filter(
        (words) => words !== '',
      );
    case 'score_left_limits': {
      const { location, question } = alert.subject;
      const place = location === null ? admin_alert_everywhere() : placeName(shop, location);
      return [
        ...questionWords(shop, question),
        admin_alert_limits_at({ place, n: countWords(alert.facts.n) }),
      ];
    }
  }
}

/** How long it has lasted, or when and by whom it ended. */
export function ageWords({ opened_at, closed_at, closed_by }: Alert, now: number): string {
  const opened = Date.parse(opened_at);
  if (closed_at === null) return admin_alert_age({ duration: durationWords(now - opened) });
  const closed = Date.parse(closed_at);
  const words = { time: momentWords(closed, now), duration: durationWords(closed - opened) };
  return closed_by === null
    ? admin_alert_closed_itself(words)
    : admin_alert_closed_by({ ...words, email: closed_by });
}

/** Why it was not done; null when it was. */
export function alertRefusalWords(
  result: Result<{ outcome: 'saved' | 'closed' | 'bad_note' | 'unknown_alert' | 'forbidden' }>,
): string | null {
  if (!result.ok) return failureWords(result.failure);
  switch (result.value.outcome) {
    case 'saved':
    case 'closed':
      return null;
    case 'bad_note':
      return admin_alert_bad_note();
    case 'unknown_alert':
      return admin_alert_unknown();
    case 'forbidden':
      return admin_outcome_forbidden();
  }
}

const placeName = (shop: Shop, location: string) => shop.locationName(location) || admin_alert_gone();

const tabletOf = (shop: Shop, id: string) => shop.tablets.find(({ tablet }) => tablet === id);
const tabletName = (shop: Shop, id: string) => tabletOf(shop, id)?.name ?? admin_alert_gone();
function placeOfTablet(shop: Shop, id: string): string {
  const tablet = tabletOf(shop, id);
  return tablet ? shop.locationName(tablet.location) : '';
}

/** The question as customers read it, where a survey still knows it. */
function questionWords(shop: Shop, key: string): string[] {
  const question = measureOf(shop, key)?.text[getLocale()];
  return question ? [admin_alert_question({ question })] : [];
}

const measureOf = (shop: Shop, key: string) =>
  measuresOf(shop.surveys.map(({ definition }) => definition)).find(({ question }) => question === key);

/** NPS counts in points, everything else in shares. */
const figureWords = (shop: Shop, { subject }: AlertOf<'score_left_limits'>) =>
  measureOf(shop, subject.question)?.type === 'nps'
    ? (points: number) => pointWords(points, 1)
    : (share: number) => shareWords(share, 1);
