/**
 * One e-mail for a shop's new alerts, in the shop's language. It names the shop's own places, tablets and questions, and no
 * customer. Nothing here is Deno's, so that the tests run it in Node; and nothing is imported, because the two disagree on how
 * a neighbouring file is named.
 */

export type MailLocale = 'en' | 'ru' | 'bg';

/** As public.alerts_to_mail tells it; instants inside facts are seconds since 1970 UTC. */
export type DigestAlert = {
  alert: string;
  kind: 'low_scores' | 'case_due' | 'tablet_silent' | 'score_left_limits';
  facts: Record<string, number>;
  /** Since when a tablet is silent; null for one never heard of. */
  since: number | null;
  /** Null for all places together, and for a case that came by no tablet. */
  location: string | null;
  time_zone: string;
  tablet: string | null;
  question: string | null;
};

export type Digest = {
  org: string;
  shop: string;
  locale: MailLocale;
  to: string[];
  alerts: DigestAlert[];
};

export type Mail = { subject: string; text: string };

type Words = {
  subject: (shop: string, count: number) => string;
  low: (low: string, n: string, minutes: string) => string;
  due: (time: string) => string;
  overdue: (time: string) => string;
  silent: (tablet: string, time: string) => string;
  neverHeard: (tablet: string) => string;
  limits: (score: string, lower: string, upper: string, n: string) => string;
  everywhere: string;
  quote: (question: string) => string;
  open: string;
  why: string;
};

const WORDS: Record<MailLocale, Words> = {
  en: {
    subject: (shop, count) => `${shop}: ${count === 1 ? 'an alert' : `${count} alerts`}`,
    low: (low, n, minutes) => `${low} of ${n} ratings were low within ${minutes} minutes`,
    due: (time) => `A case is to be answered by ${time}`,
    overdue: (time) => `A case was to be answered by ${time}`,
    silent: (tablet, time) => `${tablet} has been silent since ${time}`,
    neverHeard: (tablet) => `${tablet} has never been heard of`,
    limits: (score, lower, upper, n) =>
      `A week’s score of ${score} is outside its usual range, ${lower} to ${upper} (n = ${n})`,
    everywhere: 'All locations',
    quote: (question) => `“${question}”`,
    open: 'What to do:',
    why: 'You get this because somebody chose so on the page of alerts. It can be changed there.',
  },
  ru: {
    subject: (shop, count) =>
      `${shop}: ${chosen('ru', count, { one: 'оповещение', few: 'оповещения', many: 'оповещений' })}`,
    low: (low, n, minutes) => `Низких оценок: ${low} из ${n}, минут: ${minutes}`,
    due: (time) => `На обращение нужно ответить до ${time}`,
    overdue: (time) => `На обращение нужно было ответить до ${time}`,
    silent: (tablet, time) => `${tablet} молчит с ${time}`,
    neverHeard: (tablet) => `${tablet} ещё ни разу не выходил на связь`,
    limits: (score, lower, upper, n) =>
      `Оценка за неделю ${score} — вне обычных границ, от ${lower} до ${upper} (n = ${n})`,
    everywhere: 'Все точки',
    quote: (question) => `«${question}»`,
    open: 'Что делать:',
    why: 'Вы получаете это письмо, потому что так выбрано на странице оповещений. Там это можно изменить.',
  },
  bg: {
    subject: (shop, count) => `${shop}: ${count === 1 ? 'нов сигнал' : `${count} нови сигнала`}`,
    low: (low, n, minutes) => `${low} от ${n} оценки са ниски за ${minutes} минути`,
    due: (time) => `На един случай трябва да се отговори до ${time}`,
    overdue: (time) => `На един случай трябваше да се отговори до ${time}`,
    silent: (tablet, time) => `${tablet} мълчи от ${time}`,
    neverHeard: (tablet) => `${tablet} още не се е обаждал`,
    limits: (score, lower, upper, n) =>
      `Оценката за седмицата ${score} е извън обичайните граници, от ${lower} до ${upper} (n = ${n})`,
    everywhere: 'Всички обекти',
    quote: (question) => `„${question}“`,
    open: 'Какво да направите:',
    why: 'Получавате този имейл, защото така е избрано на страницата със сигналите. Там може да се промени.',
  },
};

/**
 * @param siteUrl where the owner's page is, without a slash at the end
 * @param now ms since 1970 UTC
 */
export function composeMail({ shop, locale, alerts }: Digest, siteUrl: string, now: number): Mail {
  const words = WORDS[locale];
  const told = alerts.map((alert) => {
    const where = [
      alert.location ?? (alert.kind === 'score_left_limits' ? words.everywhere : null),
      alert.question && words.quote(alert.question),
    ];
    const details = where.filter(Boolean).join(', ');
    return `• ${sentence(alert, locale, now)}.${details ? `\n  ${details}` : ''}`;
  });
  return {
    // A name with a line break would begin another header.
    subject: words.subject(shop, alerts.length).replace(/\s+/g, ' '),
    text: `${told.join('\n\n')}\n\n${words.open} ${siteUrl}/admin/alerts\n\n${words.why}\n`,
  };
}

function sentence(alert: DigestAlert, locale: MailLocale, now: number): string {
  const words = WORDS[locale];
  const { facts } = alert;
  const fact = (name: string) => facts[name] ?? 0;
  const moment = (seconds: number) => momentWords(seconds * 1000, locale, alert.time_zone, now);
  const count = (name: string) => fact(name).toLocaleString(locale);
  switch (alert.kind) {
    case 'low_scores':
      return words.low(count('low'), count('n'), count('minutes'));
    case 'case_due': {
      const due = fact('due_at');
      return due * 1000 < now ? words.overdue(moment(due)) : words.due(moment(due));
    }
    case 'tablet_silent': {
      const tablet = alert.tablet ?? '';
      return alert.since === null ? words.neverHeard(tablet) : words.silent(tablet, moment(alert.since));
    }
    case 'score_left_limits': {
      // Shares have both limits within 0 … 1; points hardly ever do.
      const isShare = fact('lower') >= 0 && fact('upper') <= 1;
      const options: Intl.NumberFormatOptions = isShare
        ? { style: 'percent', minimumFractionDigits: 1, maximumFractionDigits: 1 }
        : { minimumFractionDigits: 1, maximumFractionDigits: 1 };
      const figure = (name: string) => fact(name).toLocaleString(locale, options).replace('-', '−');
      return words.limits(figure('score'), figure('lower'), figure('upper'), count('n'));
    }
  }
}

/** In the place's own time: the time alone on its today, the date with it otherwise. */
function momentWords(at: number, locale: MailLocale, timeZone: string, now: number): string {
  // en alone would mean American dates.
  const language = locale === 'en' ? 'en-GB' : locale;
  const day = (instant: number) => new Intl.DateTimeFormat('en-CA', { timeZone }).format(instant);
  return new Intl.DateTimeFormat(language, {
    timeZone,
    hour: '2-digit',
    minute: '2-digit',
    ...(day(at) === day(now) ? {} : { day: 'numeric', month: 'short' }),
  }).format(at);
}

/** "3 оповещения". */
function chosen(locale: MailLocale, count: number, forms: Record<'one' | 'few' | 'many', string>): string {
  const form = new Intl.PluralRules(locale).select(count);
  return `${count} ${form === 'one' || form === 'few' ? forms[form] : forms.many}`;
}
