import { reasonsFitting } from '../domain/reasons';
import type { Question, Survey } from '../domain/survey';
import type { Invitation } from '../membership/invitation';

type Asked<Type extends Question['type']> = Extract<Question, { type: Type }>;

/** What the customer sees. Each question of the survey is one step, but for factors; the last two are not in the survey. */
export type Step =
  | { name: 'rate'; question: Asked<'csat'> }
  /** Factors of the visit, all on one screen; `question` is the first of them. */
  | { name: 'factors'; question: Asked<'csat'>; questions: Asked<'csat'>[] }
  | { name: 'reasons'; question: Asked<'reasons'>; choices: Asked<'reasons'>['choices'] }
  | { name: 'recommend'; question: Asked<'nps'> }
  | { name: 'effort'; question: Asked<'ces'> }
  | { name: 'expectation'; question: Asked<'expectation'> }
  | { name: 'comment'; question: Asked<'comment'> }
  | { name: 'thanks' }
  | { name: 'join'; invitation: Invitation };

export type StepOf<Name extends Step['name']> = Extract<Step, { name: Name }>;

/** The step at this place in the survey: thanks beyond its end, null where there is nothing worth asking. */
function stepAt(survey: Survey, index: number, csat: number | null): Step | null {
  const question = survey.questions[index];
  switch (question?.type) {
    case undefined:
      return { name: 'thanks' };
    case 'csat': {
      if (!question.factor) return { name: 'rate', question };
      const questions = survey.questions.filter(
        (other) => other.type === 'csat' && other.factor,
      ) as Asked<'csat'>[];
      return questions[0] === question ? { name: 'factors', question, questions } : null;
    }
    case 'nps':
      return { name: 'recommend', question };
    case 'ces':
      return { name: 'effort', question };
    case 'expectation':
      return { name: 'expectation', question };
    case 'comment':
      return { name: 'comment', question };
    case 'reasons': {
      const choices = csat === null ? [] : reasonsFitting(question, csat);
      return choices.length > 0 ? { name: 'reasons', question, choices } : null;
    }
  }
}

/** The first step at or after `index`, given the latest CSAT score (1–5, or null before there is one). */
export function stepFrom(survey: Survey, index: number, csat: number | null): { index: number; step: Step } {
  for (let at = index; ; at++) {
    const step = stepAt(survey, at, csat);
    if (step) return { index: at, step };
  }
}
