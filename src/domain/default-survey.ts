import type { Survey } from './survey';

/** What a new shop starts with. The owner's later versions are stored beside it, never over it. */
export const defaultSurvey: Survey = {
  questions: [
    {
      type: 'csat',
      key: 'satisfaction',
      text: {
        en: 'How was your visit today?',
        ru: 'Как прошёл ваш визит?',
        bg: 'Как мина посещението Ви днес?',
      },
    },
    {
      type: 'reasons',
      key: 'reasons',
      text: {
        en: 'What made the difference?',
        ru: 'Что повлияло на оценку?',
        bg: 'Кое повлия на оценката?',
      },
      choices: [
        {
          key: 'friendly_staff',
          fits: 'up',
          factor: 'staff',
          text: { en: 'Friendly staff', ru: 'Приветливый персонал', bg: 'Любезен персонал' },
        },
        {
          key: 'quick',
          fits: 'up',
          factor: 'speed',
          text: { en: 'Quick service', ru: 'Быстрое обслуживание', bg: 'Бързо обслужване' },
        },
        {
          key: 'good_choice',
          fits: 'up',
          factor: 'range',
          text: { en: 'Good choice', ru: 'Хороший выбор', bg: 'Богат избор' },
        },
        {
          key: 'fair_price',
          fits: 'up',
          factor: 'price',
          text: { en: 'Fair prices', ru: 'Справедливые цены', bg: 'Добри цени' },
        },
        {
          key: 'pleasant_place',
          fits: 'up',
          factor: 'service',
          text: { en: 'Pleasant place', ru: 'Приятная обстановка', bg: 'Приятна обстановка' },
        },
        {
          key: 'long_wait',
          fits: 'down',
          factor: 'speed',
          text: { en: 'Long wait', ru: 'Долгое ожидание', bg: 'Дълго чакане' },
        },
        {
          key: 'unhelpful_staff',
          fits: 'down',
          factor: 'staff',
          text: { en: 'Unhelpful staff', ru: 'Невнимательный персонал', bg: 'Невнимателен персонал' },
        },
        {
          key: 'missing_items',
          fits: 'down',
          factor: 'range',
          text: { en: 'Items missing', ru: 'Не было нужного товара', bg: 'Липсваща стока' },
        },
        {
          key: 'high_price',
          fits: 'down',
          factor: 'price',
          text: { en: 'High prices', ru: 'Высокие цены', bg: 'Високи цени' },
        },
        {
          key: 'poor_quality',
          fits: 'down',
          factor: 'product',
          text: { en: 'Poor quality', ru: 'Низкое качество', bg: 'Лошо качество' },
        },
        {
          key: 'untidy',
          fits: 'down',
          factor: 'service',
          text: { en: 'Untidy place', ru: 'Неопрятно', bg: 'Неподредено място' },
        },
      ],
    },
    {
      type: 'nps',
      key: 'recommend',
      text: {
        en: 'How likely are you to recommend us to a friend?',
        ru: 'Насколько вероятно, что вы порекомендуете нас друзьям?',
        bg: 'Колко вероятно е да ни препоръчате на приятел?',
      },
    },
    {
      type: 'expectation',
      key: 'expectation',
      text: {
        en: 'Was it as you expected?',
        ru: 'Насколько мы оправдали ожидания?',
        bg: 'Отговори ли на очакванията Ви?',
      },
    },
    {
      type: 'comment',
      key: 'comment',
      text: {
        en: 'Anything you would like to tell us?',
        ru: 'Что ещё вы хотели бы нам сказать?',
        bg: 'Искате ли да ни кажете още нещо?',
      },
    },
  ],
};
