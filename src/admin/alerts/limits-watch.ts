import type { AlertOf } from '../../backend/owner-calls/alerts';
import { changesOf } from '../improvements/improvement-list.svelte';
import { controlDates } from '../scores/control-weeks';
import { measuresOf, type Measure } from '../scores/measure';
import { latestDate } from '../scores/period';
import type { Shop } from '../shop.svelte';
import { isOutside, scoreLimits } from './score-limits';

/** Weeks end once a week; what arrives late is restated this much later. */
const EVERY_MS = 6 * 3_600_000;
/** After the page has shown what it was opened for. */
const FIRST_MS = 5_000;
/** Two years of counts each: a larger chain is looked at as a whole, and place by place on the page of scores. */
const PLACES = 12;

/**
 * Tells the server of every figure whose latest whole week lies outside its control limits, and how those stand now that it
 * was told of before. Statistics are reckoned here and nowhere else, so it is the page that tells; that is what opens an
 * alert, sends mail and closes it again. Analysts may not, and so nothing is asked for them twice.
 */
export async function tellScoreLimits(shop: Shop): Promise<void> {
  const { calls, organization, locations } = shop;
  const measures = measuresOf(shop.surveys.map(({ definition }) => definition));
  const zones = locations.map(({ time_zone }) => time_zone);
  const known = shop.alerts.open.filter(
    (alert): alert is AlertOf<'score_left_limits'> => alert.kind === 'score_left_limits',
  );
  const improvements = await calls.improvements(organization.id);
  if (!improvements.ok) return;
  // A shop with one place is that place, changes and all, and is told of once.
  const places = locations.length > 1 && locations.length <= PLACES ? locations.map(({ id }) => id) : [];
  for (const location of [null, ...places]) {
    const zone = locations.find(({ id }) => id === location)?.time_zone;
    const dates = controlDates(latestDate(zone ? [zone] : zones, shop.now));
    const answers = await calls.reportAnswers(organization.id, { ...dates, location, tablet: null });
    if (!answers.ok) return;
    const here = location ? [location] : locations.map(({ id }) => id);
    const changesOfMeasure = (measure: Measure) =>
      changesOf(improvements.value, measure.question, here)
        .filter(({ isWhole }) => isWhole)
        .map(({ improvement }) => improvement.happened_on);
    for (const standing of scoreLimits(answers.value, measures, changesOfMeasure, dates)) {
      const limits = { ...standing, location };
      const wasTold = known.some(
        ({ subject }) => subject.question === limits.question && subject.location === location,
      );
      if (!isOutside(limits) && !wasTold) continue;
      const told = await calls.noteScoreLimits(organization.id, limits);
      if (!told.ok || told.value.outcome === 'forbidden' || told.value.outcome === 'throttled') return;
    }
  }
}

/** Looks soon and then some times a day, as long as the pages are open; the returned function stops. */
export function watchScoreLimits(shop: Shop): () => void {
  let timer: ReturnType<typeof setTimeout>;
  let isStopped = false;
  const look = async () => {
    await tellScoreLimits(shop);
    if (!isStopped) timer = setTimeout(() => void look(), EVERY_MS);
  };
  timer = setTimeout(() => void look(), FIRST_MS);
  return () => {
    isStopped = true;
    clearTimeout(timer);
  };
}
