import { defaultSurvey } from './default-survey';
import type { Factor } from './factor';
import type { LocalizedText, Question } from './survey';

/** Short, because five faces stand beside them. */
const FACTOR_TEXTS: Record<Factor, LocalizedText> = {
  product: { en: 'Quality of the goods', ru: 'Качество товаров', bg: 'Качество на стоките' },
  service: { en: 'Service', ru: 'Обслуживание', bg: 'Обслужване' },
  price: { en: 'Value for money', ru: 'Цена и качество', bg: 'Цена и качество' },
  speed: { en: 'Speed', ru: 'Скорость', bg: 'Бързина' },
  range: { en: 'Choice of goods', ru: 'Выбор товаров', bg: 'Избор на стоки' },
  staff: { en: 'Staff', ru: 'Персонал', bg: 'Персонал' },
  promises: { en: 'Keeping our word', ru: 'Держим слово', bg: 'Държим на думата си' },
};

export const factorQuestion = (factor: Factor): Question => ({
  type: 'csat',
  key: `about_${factor}`,
  text: FACTOR_TEXTS[factor],
  factor,
});

/** In the words of CES 2.0, "… made it easy for me to …", for a shop. */
const effortQuestion: Question = {
  type: 'ces',
  key: 'effort',
  text: {
    en: 'It was easy to get what I came for.',
    ru: 'Получить то, что нужно, было легко.',
    bg: 'Беше лесно да получа каквото ми трябва.',
  },
};

/** What a shop may ask after the visit as a whole, as it is worded until the owner words it otherwise. */
export const standardQuestion = (type: Exclude<Question['type'], 'csat'>): Question =>
  type === 'ces' ? effortQuestion : defaultSurvey.questions.find((question) => question.type === type)!;
