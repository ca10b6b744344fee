import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { defaultSurvey } from '../../../src/domain/default-survey';
import { FACTORS } from '../../../src/domain/factor';
import { askableSurveySchema, surveySchema, type Survey } from '../../../src/domain/survey';
import { draftOf, problemsOf, surveyOf, type ChoiceDraft } from '../../../src/domain/survey-draft';

const words = (text: string) => ({ en: text, ru: text, bg: text });
const reason = (text: string, key: string | null = null): ChoiceDraft => ({
  key,
  text: words(text),
  fits: 'both',
  factor: null,
});

describe('a survey being written', () => {
  it('that is not touched is the survey it was made from', () => {
    expect(surveyOf(draftOf([defaultSurvey]), [defaultSurvey])).toEqual(defaultSurvey);
    expect(problemsOf(draftOf([defaultSurvey]))).toBeNull();
  });

  it('with everything on asks all there is, and may be saved', () => {
    const draft = draftOf([defaultSurvey]);
    for (const factor of FACTORS) draft.factors[factor].isOn = true;
    draft.ces.isOn = true;
    const survey = surveyOf(draft, [defaultSurvey]);
    expect(v.parse(surveySchema, survey)).toEqual(survey);
    expect(survey.questions.map(({ type }) => type)).toEqual([
      ...['csat', 'reasons'],
      ...FACTORS.map(() => 'csat'),
      ...['nps', 'ces', 'expectation', 'comment'],
    ]);
    expect(draftOf([survey])).toEqual(draft);
    expect(problemsOf(draft)).toBeNull();
  });

  it('takes up again what was switched off, by the name it had and in the words it had', () => {
    const nps = { type: 'nps' as const, key: 'friends', text: words('Would you?') };
    const earlier: Survey = { questions: [defaultSurvey.questions[0]!, nps] };
    const draft = draftOf([{ questions: [defaultSurvey.questions[0]!] }, earlier]);
    expect(draft.nps).toEqual({ key: 'friends', isOn: false, text: words('Would you?') });
    draft.nps.isOn = true;
    expect(surveyOf(draft, []).questions).toEqual(earlier.questions);
  });

  it('names a new reason by its words, and never like one that was offered before', () => {
    const draft = draftOf([defaultSurvey]);
    draft.reasons.choices = [
      reason('Quick!'),
      reason('Warm bread'),
      reason('Топъл хляб'),
      reason('Топъл хляб'),
    ];
    const reasons = surveyOf(draft, [defaultSurvey]).questions[1]!;
    expect('choices' in reasons && reasons.choices.map(({ key }) => key)).toEqual([
      'quick_2',
      'warm_bread',
      'reason',
      'reason_2',
    ]);
  });

  it.each([
    ['a language that is missing', { en: 'Fast', ru: ' ', bg: 'Бързо' }, { ru: 'missing' }],
    ['too many words', words('ы'.repeat(41)), { en: 'too_long', ru: 'too_long', bg: 'too_long' }],
    ['as many as fit, however they are encoded', words('🙂'.repeat(40)), {}],
  ])('is held up by a reason with %s', (_, text, problems) => {
    const draft = draftOf([defaultSurvey]);
    draft.reasons.choices = [{ ...reason('a'), text }];
    expect(problemsOf(draft)?.choices ?? [{}]).toEqual([problems]);
  });

  it('is held up by half a question only while that is asked', () => {
    const draft = draftOf([defaultSurvey]);
    draft.ces.text.bg = '';
    expect(problemsOf(draft)).toBeNull();
    draft.ces.isOn = true;
    expect(problemsOf(draft)?.questions['effort']).toEqual({ bg: 'missing' });
  });

  it('offers one reason at least and twelve at most', () => {
    const draft = draftOf([defaultSurvey]);
    draft.reasons.choices = [];
    expect(problemsOf(draft)?.reasons).toBe('none');
    draft.reasons.choices = Array.from({ length: 13 }, (_, index) => reason(`r${index}`));
    expect(problemsOf(draft)?.reasons).toBe('too_many');
    draft.reasons.isOn = false;
    expect(problemsOf(draft)).toBeNull();
  });
});

describe('a survey of a newer app', () => {
  const [visit, , recommend] = defaultSurvey.questions;
  const unknown = { type: 'smell', key: 'smell', text: words('How did it smell?') };

  it('is asked without what this one can not ask', () => {
    const survey = { questions: [visit, unknown, { ...visit, key: 'x', factor: 'weather' }, recommend] };
    expect(v.parse(askableSurveySchema, survey)).toEqual({ questions: [visit, recommend] });
  });

  it('is none without its first question', () => {
    expect(v.is(askableSurveySchema, { questions: [unknown, visit] })).toBe(false);
    expect(v.is(askableSurveySchema, { questions: [] })).toBe(false);
  });
});
