import type { Improvement } from '../../backend/owner-calls/improvements';
import type { ReportAnswers } from '../../backend/owner-calls/scores';
import { datesNeeded } from './effects';
import type { Dates } from '../scores/period';
import type { Shop } from '../shop.svelte';

/** Counts that changes of one question at one place are judged by, and the days they cover. */
type History = { dates: Dates; answers: ReportAnswers };

const keyOf = ({ question, location_id }: Improvement) => `${question} ${location_id ?? ''}`;

/** The answers around the shop's changes; those of one question and place are asked for together. */
export class EffectData {
  #histories = $state.raw<ReadonlyMap<string, History>>(new Map());
  readonly #shop: Shop;
  #request = 0;

  constructor(shop: Shop) {
    this.#shop = shop;
  }

  /** Undefined until its answers are here. */
  historyOf(improvement: Improvement): History | undefined {
    return this.#histories.get(keyOf(improvement));
  }

  /** todayOf: the local date of a place, or the latest of all places. What does not arrive keeps what was there. */
  async load(
    improvements: readonly Improvement[],
    todayOf: (location: string | null) => string,
  ): Promise<void> {
    const request = ++this.#request;
    const groups = new Map<string, Improvement[]>();
    for (const improvement of improvements) {
      groups.set(keyOf(improvement), [...(groups.get(keyOf(improvement)) ?? []), improvement]);
    }
    const loaded = await Promise.all(
      [...groups].map(async ([key, group]) => [key, await this.#ask(group, todayOf)] as const),
    );
    // The list has changed meanwhile.
    if (request !== this.#request) return;
    this.#histories = new Map(
      loaded.flatMap(([key, history]) => {
        const known = history ?? this.#histories.get(key);
        return known ? [[key, known]] : [];
      }),
    );
  }

  async #ask(
    group: readonly Improvement[],
    todayOf: (location: string | null) => string,
  ): Promise<History | null> {
    const { question, location_id: location } = group[0]!;
    const dates = datesNeeded(group, todayOf(location));
    const { calls, organization } = this.#shop;
    const filter = { ...dates, location, tablet: null, question };
    const answers = await calls.reportAnswers(organization.id, filter, true);
    return answers.ok ? { dates, answers: answers.value } : null;
  }
}
