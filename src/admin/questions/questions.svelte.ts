import { draftOf, problemsOf, surveyOf, type SurveyDraft } from '../../domain/survey-draft';
import type { Shop } from '../shop.svelte';

/**
 * The shop's questions as somebody is changing them. It outlives the page, so that what is not saved is still there for who
 * looks something up elsewhere and comes back.
 */
export class Questions {
  draft = $state<SurveyDraft>(draftOf([]));
  /** The version that the draft was made from; null before there was one to take. */
  #base = $state.raw<string | null>(null);
  #untouched = $state.raw('');
  readonly isChanged = $derived(JSON.stringify(this.draft) !== this.#untouched);
  readonly problems = $derived(problemsOf(this.draft));

  constructor(private readonly shop: Shop) {
    this.discard();
  }

  /** Takes what somebody else saved, unless there is something here that would be lost. */
  follow(): void {
    if (!this.isChanged && this.shop.surveys[0]?.id !== this.#base) this.discard();
  }

  /** Begins again from the newest version. */
  discard(): void {
    this.draft = draftOf(this.#surveys);
    this.#untouched = JSON.stringify(this.draft);
    this.#base = this.shop.surveys[0]?.id ?? null;
  }

  /** The draft must be without problems. After 'changed_meanwhile' the next try puts it in the place of what came meanwhile. */
  async save() {
    const survey = surveyOf($state.snapshot(this.draft), this.#surveys);
    const result = await this.shop.calls.saveSurvey(this.shop.organization.id, this.#base ?? '', survey);
    if (!result.ok) return result;
    if (result.value.outcome === 'saved' || result.value.outcome === 'changed_meanwhile') {
      await this.shop.refresh();
    }
    if (result.value.outcome === 'saved') this.discard();
    if (result.value.outcome === 'changed_meanwhile') this.#base = this.shop.surveys[0]?.id ?? null;
    return result;
  }

  get #surveys() {
    return this.shop.surveys.map(({ definition }) => definition);
  }
}
