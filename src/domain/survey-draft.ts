import { defaultSurvey } from './default-survey';
import { FACTORS, type Factor } from './factor';
import { LOCALES, type Locale } from './locale';
import { factorQuestion, standardQuestion } from './standard-questions';
import type { LocalizedText, Question, Survey } from './survey';

/** Characters that a kiosk shows in a line or two; private.is_survey holds the same. */
export const MAX_QUESTION_LENGTH = 80;
export const MAX_CHOICE_LENGTH = 40;
/** As many as a customer reads. */
export const MAX_CHOICES = 12;

type Choice = Extract<Question, { type: 'reasons' }>['choices'][number];
/** A reason being written: one that is new gets its key from its words, once they are settled. */
export type ChoiceDraft = {
  key: string | null;
  text: LocalizedText;
  fits: Choice['fits'];
  factor: Factor | null;
};
/** A question that the kiosk may ask, and whether it does. */
export type QuestionDraft = { key: string; isOn: boolean; text: LocalizedText };

/** What the kiosk asks on one screen at a time, after the reasons and the factors, in this order. */
export const SINGLE_TYPES = ['nps', 'ces', 'expectation', 'comment'] as const;
export type SingleType = (typeof SINGLE_TYPES)[number];

/** A survey being written: all that a shop may ask, in the order in which the kiosk does. */
export type SurveyDraft = {
  visit: QuestionDraft;
  reasons: QuestionDraft & { choices: ChoiceDraft[] };
  factors: Record<Factor, QuestionDraft>;
} & Record<SingleType, QuestionDraft>;

/**
 * The newest of these surveys as a draft. What it does not ask is worded as the newest that did, so that a question switched
 * off and on again is the same, and counts on.
 */
export function draftOf(surveys: readonly Survey[]): SurveyDraft {
  const newest = surveys[0]?.questions ?? [];
  const known = surveys.flatMap(({ questions }) => questions);
  const draft = (is: (question: Question) => boolean, standard: Question): QuestionDraft => {
    const current = newest.find(is);
    const { key, text } = current ?? known.find(is) ?? standard;
    return { key, isOn: current !== undefined, text: { ...text } };
  };
  const ofType = (type: Exclude<Question['type'], 'csat'>) =>
    draft((question) => question.type === type, standardQuestion(type));
  const ofFactor = (factor: Factor) =>
    draft((question) => question.type === 'csat' && question.factor === factor, factorQuestion(factor));
  const reasons = [...known, standardQuestion('reasons')].find((question) => question.type === 'reasons')!;
  return {
    visit: draft((question) => question === newest[0], defaultSurvey.questions[0]!),
    reasons: {
      ...ofType('reasons'),
      choices: reasons.choices.map(({ key, text, fits, factor }) => ({
        key,
        text: { ...text },
        fits,
        factor: factor ?? null,
      })),
    },
    factors: Object.fromEntries(
      FACTORS.map((factor) => [factor, ofFactor(factor)]),
    ) as SurveyDraft['factors'],
    nps: ofType('nps'),
    ces: ofType('ces'),
    expectation: ofType('expectation'),
    comment: ofType('comment'),
  };
}

/** The survey that a draft means. earlier: surveys whose reasons a new one must not be taken for. */
export function surveyOf(draft: SurveyDraft, earlier: readonly Survey[]): Survey {
  const asked = ({ key, text }: QuestionDraft) => ({ key, text: trimmed(text) });
  const questions: Question[] = [{ type: 'csat', ...asked(draft.visit) }];
  if (draft.reasons.isOn) {
    const choices = choicesOf(draft.reasons.choices, earlier);
    questions.push({ type: 'reasons', ...asked(draft.reasons), choices });
  }
  for (const factor of FACTORS) {
    const question = draft.factors[factor];
    if (question.isOn) questions.push({ type: 'csat', ...asked(question), factor });
  }
  for (const type of SINGLE_TYPES) if (draft[type].isOn) questions.push({ type, ...asked(draft[type]) });
  return { questions };
}

function choicesOf(drafts: readonly ChoiceDraft[], earlier: readonly Survey[]): Choice[] {
  const taken = new Set(drafts.map(({ key }) => key));
  for (const { questions } of earlier) {
    for (const question of questions) {
      if (question.type === 'reasons') for (const { key } of question.choices) taken.add(key);
    }
  }
  return drafts.map(({ key, text, fits, factor }) => {
    const own = key ?? freeKey(text.en, taken);
    taken.add(own);
    return { key: own, text: trimmed(text), fits, ...(factor && { factor }) };
  });
}

/** "Warm bread!" as warm_bread; a number behind it where that is taken. */
function freeKey(words: string, taken: ReadonlySet<string | null>): string {
  const bare = words
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^[_0-9]+|_+$/g, '');
  const stem = bare.slice(0, 30) || 'reason';
  let key = stem;
  for (let number = 2; taken.has(key); number++) key = `${stem}_${number}`;
  return key;
}

const trimmed = ({ en, ru, bg }: LocalizedText): LocalizedText => ({
  en: en.trim(),
  ru: ru.trim(),
  bg: bg.trim(),
});

export type TextProblem = 'missing' | 'too_long';
/** What is wrong with a text, by language. */
export type TextProblems = Partial<Record<Locale, TextProblem>>;
export type DraftProblems = {
  /** Of questions that are asked, by key. */
  questions: Record<string, TextProblems>;
  /** Of reasons, in their order. */
  choices: TextProblems[];
  /** Of the reasons as a list. */
  reasons: 'none' | 'too_many' | null;
};

/** Why a draft can't be saved; null when it can. What is switched off may be half written. */
export function problemsOf(draft: SurveyDraft): DraftProblems | null {
  const asked = [
    draft.visit,
    ...[draft.reasons, ...Object.values(draft.factors), ...SINGLE_TYPES.map((type) => draft[type])].filter(
      ({ isOn }) => isOn,
    ),
  ];
  const questions: DraftProblems['questions'] = {};
  for (const { key, text } of asked) questions[key] = textProblems(text, MAX_QUESTION_LENGTH);
  const choices = draft.reasons.isOn
    ? draft.reasons.choices.map(({ text }) => textProblems(text, MAX_CHOICE_LENGTH))
    : [];
  const count = draft.reasons.choices.length;
  const reasons = !draft.reasons.isOn ? null : count === 0 ? 'none' : count > MAX_CHOICES ? 'too_many' : null;
  const isFine =
    reasons === null &&
    [...Object.values(questions), ...choices].every((found) => Object.keys(found).length === 0);
  return isFine ? null : { questions, choices, reasons };
}

function textProblems(text: LocalizedText, longest: number): TextProblems {
  const problems: TextProblems = {};
  for (const locale of LOCALES) {
    // Counted as the database counts, by characters and not by halves of them.
    const { length } = [...text[locale].trim()];
    if (length === 0) problems[locale] = 'missing';
    else if (length > longest) problems[locale] = 'too_long';
  }
  return problems;
}
