import type { Locale } from '../locale';
import type { Random } from './random';

type Texts = readonly [string, ...string[]];

/** Reasons that fit a poor score, as keys of the default survey. */
export type DownReason =
  | 'long_wait'
  | 'unhelpful_staff'
  | 'missing_items'
  | 'high_price'
  | 'poor_quality'
  | 'untidy';

/** 'good' for 4 and 5, 'mixed' for 3, 'bad' for 1 and 2 by the reason chosen. */
type CommentBook = { good: Texts; mixed: Texts; bad: Record<DownReason, Texts> };

export const DEMO_COMMENTS: Record<Locale, CommentBook> = {
  en: {
    good: [
      'The sourdough is worth the walk.',
      'The lady at the counter remembered my name. Made my day.',
      'In and out in three minutes, perfect.',
      'Always fresh, always a smile.',
      'Thank you for carrying my bags to the car!',
      'Best coffee on the street.',
      'Lovely to find the local cheese here.',
      'Very helpful when I couldn’t find the gluten-free shelf.',
      'Clean, quick and friendly. I’ll be back.',
      'Good prices for such fresh vegetables.',
    ],
    mixed: [
      'Nice staff, but the bread was gone by four.',
      'Fine, only the card reader is slow.',
      'Good shop, a bit dear lately.',
      'The fruit is better on weekdays than on Saturday.',
      'Okay. The trolleys need some care.',
      'Please bring the small oat milk back.',
    ],
    bad: {
      long_wait: [
        'One till open and ten people waiting.',
        'Fifteen minutes for a loaf of bread.',
        'Why is the second till closed at lunchtime?',
        'I left my basket and went. The queue did not move.',
      ],
      unhelpful_staff: [
        'Nobody could tell me where anything was.',
        'I was sent away two minutes before closing.',
      ],
      missing_items: ['Third time this week without rye bread.', 'Half the dairy shelf was empty at noon.'],
      high_price: [
        'The price at the till was not the one on the shelf.',
        'Same basket, two pounds more than last month.',
      ],
      poor_quality: [
        'Milk two days past its date. Please check.',
        'The tomatoes were soft, nothing to choose from.',
      ],
      untidy: ['The floor by the fridges was wet and nobody cared.'],
    },
  },
  ru: {
    good: [
      'Спасибо Марине на кассе: всегда с улыбкой!',
      'Хлеб ещё тёплый, очень вкусно.',
      'Быстро, чисто, вежливо.',
      'Помогли выбрать сыр, всё понравилось.',
      'Лучший магазин в нашем районе.',
      'Хожу к вам каждый день, так держать!',
      'Приятно, что появились местные овощи.',
      'Донесли сумки до машины. Спасибо огромное!',
      'Кофе у вас отличный.',
      'Всё свежее, цены нормальные.',
    ],
    mixed: [
      'В целом хорошо, но к вечеру хлеба уже нет.',
      'Персонал приятный, а вот цены подросли.',
      'Терминал долго думает.',
      'Верните, пожалуйста, маленький кефир.',
      'Неплохо, но тележки пора обновить.',
      'По субботам тесновато.',
    ],
    bad: {
      long_wait: [
        'Одна касса на весь магазин, стояли двадцать минут.',
        'Очередь до самых дверей. Откройте вторую кассу!',
        'В обед к вам лучше не заходить: не успеть.',
        'Ушёл без покупок, ждать некогда.',
      ],
      unhelpful_staff: [
        'Продавец разговаривал по телефону и не обратил на меня внимания.',
        'Спросила про сыр, в ответ пожали плечами.',
      ],
      missing_items: ['Третий раз подряд нет ржаного хлеба.', 'В обед молочная полка наполовину пустая.'],
      high_price: [
        'На ценнике одно, на кассе другое.',
        'Та же корзина, а вышло заметно дороже, чем в прошлом месяце.',
      ],
      poor_quality: [
        'Купила творог с истёкшим сроком. Следите, пожалуйста.',
        'Помидоры мягкие, выбрать было не из чего.',
      ],
      untidy: ['Возле холодильников грязно.'],
    },
  },
  bg: {
    good: [
      'Момичето на касата е прекрасно, винаги усмихнато!',
      'Хлябът е още топъл. Чудесно!',
      'Бързо, чисто и любезно.',
      'Помогнаха ми да избера сирене, много съм доволна.',
      'Най-добрият магазин в квартала.',
      'Минавам всеки ден, продължавайте така!',
      'Радвам се, че има зеленчуци от близките села.',
      'Занесоха ми торбите до колата. Благодаря Ви!',
      'Кафето е страхотно.',
      'Всичко е прясно и на добра цена.',
    ],
    mixed: [
      'Хубав магазин, но след четири хляб вече няма.',
      'Персоналът е мил, цените обаче се вдигнаха.',
      'Терминалът за карти е бавен.',
      'Върнете малкото кисело мляко, моля.',
      'Добре е, само количките са стари.',
      'В събота е доста тясно.',
    ],
    bad: {
      long_wait: [
        'Една каса и десет души на опашката.',
        'Чаках петнайсет минути за един хляб.',
        'Защо на обед работи само една каса?',
        'Оставих кошницата и си тръгнах, опашката не мърда.',
        'Пуснете втора каса, моля!',
      ],
      unhelpful_staff: [
        'Никой не ми обърна внимание.',
        'Попитах за сиренето, а отсреща само вдигнаха рамене.',
      ],
      missing_items: ['За трети път няма ръжен хляб.', 'По обед половината млечен рафт беше празен.'],
      high_price: [
        'На етикета една цена, на касата друга.',
        'Същата кошница, а излезе доста по-скъпо от миналия месец.',
      ],
      poor_quality: [
        'Купих мляко с изтекъл срок. Проверявайте, моля.',
        'Доматите бяха меки, нямаше от какво да избера.',
      ],
      untidy: ['До хладилниците беше мръсно.'],
    },
  },
};

/** A comment in character with the score (1–5) and, after a poor one, about the first reason chosen. */
export function demoComment(
  random: Random,
  locale: Locale,
  csat: number,
  choices: readonly string[],
): string {
  const { good, mixed, bad } = DEMO_COMMENTS[locale];
  if (csat >= 4) return random.pick(good);
  const reason = choices.find((choice): choice is DownReason => choice in bad);
  // A 3 is seldom one grievance, except when it was the queue.
  if (reason && (csat <= 2 || reason === 'long_wait')) return random.pick(bad[reason]);
  return random.pick(mixed);
}
