import { draftOf, problemsOf, surveyOf, type SurveyDraft } from '../../domain/survey-draft';
import type { Shop } from '../shop.svelte';

const kept = new WeakMap<Shop, Questions>();

/**
 * The shop's questions as somebody is changing them. They outlive the page, so that what is not saved is still there for who
 * looks something up elsewhere and comes back; whoever closes the window is asked first.
 */
export function questionsOf(shop: Shop): Questions {
  const known = kept.get(shop);
  if (known) return known;
  let made!: Questions;
  // In a root of its own: what is worked out from the draft would end with the page that asked first.
  $effect.root(() => void (made = new Questions(shop)));
  kept.set(shop, made);
  addEventListener('beforeunload', (event) => {
    if (made.isChanged) event.preventDefault();
  });
  return made;
}

class Questions {
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
