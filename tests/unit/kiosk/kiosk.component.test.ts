import { render, screen, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { tick } from 'svelte';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { MAX_TEXT_LENGTH } from '../../../src/domain/text-limit';
import type { Locale } from '../../../src/domain/locale';
import Kiosk from '../../../src/kiosk/Kiosk.svelte';
import { FakeClock } from './fake-clock';
import { defaultVersion, ScriptedStore, sessionId } from './kiosk-fixture';

// Compiled once beforehand, so that no test waits for it.
beforeAll(() => import('../../../src/kiosk/after-first-paint'));

async function openKiosk(defaultLocale: Locale = 'en') {
  const clock = new FakeClock();
  const store = new ScriptedStore();
  const onidle = vi.fn();
  const user = userEvent.setup();
  let customers = 0;
  render(Kiosk, {
    surveyVersion: defaultVersion,
    defaultLocale,
    shopName: 'Bakery',
    save: store.save,
    newSessionId: () => sessionId(++customers),
    status: { connection: 'offline', waiting: 12, quarantined: 0, lastSentAt: null },
    onidle,
    clock,
  });
  // The footer is among what is loaded after the first paint.
  await screen.findByText(/12/);
  const tap = async (name: string | RegExp) => {
    clock.advance(400);
    await user.click(screen.getByRole('button', { name }));
  };
  return { clock, store, onidle, user, tap };
}

describe.each([
  {
    locale: 'en' as const,
    question: 'How was your visit today?',
    best: 'Very good, 5 of 5',
    saved: 'Saved. Thank you!',
    follow: 'What made the difference?',
    skip: 'Skip',
    offline: 'Offline · 12 waiting',
  },
  {
    locale: 'ru' as const,
    question: 'Как прошёл ваш визит?',
    best: 'Отлично, 5 из 5',
    saved: 'Сохранено. Спасибо!',
    follow: 'Что повлияло на оценку?',
    skip: 'Пропустить',
    offline: 'Нет сети · 12 записей ждут отправки',
  },
  {
    locale: 'bg' as const,
    question: 'Как мина посещението Ви днес?',
    best: 'Отлично, 5 от 5',
    saved: 'Запазено. Благодарим Ви!',
    follow: 'Кое повлия на оценката?',
    skip: 'Пропускане',
    offline: 'Офлайн · 12 записа чакат',
  },
])('the kiosk in $locale', ({ locale, question, best, saved, follow, skip, offline }) => {
  it('asks, saves, says so, and moves focus to the next question', async () => {
    const { store, tap } = await openKiosk(locale);
    expect(screen.getByRole('heading', { level: 1, name: question })).toBeTruthy();
    expect(document.documentElement.lang).toBe(locale);
    expect(screen.getByText(offline)).toBeTruthy();
    await tap(best);
    expect(await within(screen.getByRole('status')).findByText(saved)).toBeTruthy();
    expect(document.activeElement).toBe(screen.getByRole('heading', { level: 1, name: follow }));
    expect(screen.getByRole('button', { name: skip })).toBeTruthy();
    expect(store.saved).toMatchObject([{ score: 5, locale }]);
  });
});

describe('the kiosk', () => {
  it('offers five faces whose names say the words and the score', async () => {
    await openKiosk();
    const names = screen.getAllByRole('button', { name: /of 5$/ }).map((button) => button.ariaLabel);
    expect(names).toEqual([
      'Very poor, 1 of 5',
      'Poor, 2 of 5',
      'Okay, 3 of 5',
      'Good, 4 of 5',
      'Very good, 5 of 5',
    ]);
  });

  it('says in words that the tablet is full, and thanks nobody', async () => {
    const { store, tap } = await openKiosk();
    store.next = { outcome: 'failed', failure: 'full' };
    await tap('Good, 4 of 5');
    const status = screen.getByRole('status');
    expect(status.textContent).toMatch(/tablet is full and your answer could not be saved/);
    expect(status.textContent).not.toMatch(/Thank you/);
    expect(screen.getByRole('heading', { level: 1, name: 'How was your visit today?' })).toBeTruthy();
  });

  it('asks everything, then thanks', async () => {
    const { store, tap, user } = await openKiosk();
    await tap('Very poor, 1 of 5');
    await tap('Long wait');
    expect(screen.getByRole('button', { name: 'Long wait', pressed: true })).toBeTruthy();
    await tap('Continue');
    await tap('10 of 10');
    await tap('Better than expected');
    const box = screen.getByRole('textbox', { name: 'Anything you would like to tell us?' });
    await user.type(box, 'Warm bread');
    await tap('Send');
    expect(screen.getByRole('heading', { level: 1, name: 'Saved. Thank you!' })).toBeTruthy();
    expect(store.saved.map(({ type }) => type)).toEqual(['csat', 'reasons', 'nps', 'expectation', 'comment']);
  });

  it('goes through with the keyboard alone', async () => {
    const { store, user, clock } = await openKiosk();
    clock.advance(400);
    screen.getByRole('button', { name: 'Good, 4 of 5' }).focus();
    await user.keyboard('{Enter}');
    clock.advance(400);
    await user.tab();
    await user.keyboard(' ');
    expect(screen.getByRole('button', { name: 'Friendly staff', pressed: true })).toBeTruthy();
    expect(store.saved).toHaveLength(1);
  });

  it('counts characters only near the limit', async () => {
    const { tap, user } = await openKiosk();
    await tap('Very good, 5 of 5');
    for (let i = 0; i < 3; i++) await tap('Skip');
    const box = screen.getByRole('textbox');
    expect(box.getAttribute('maxlength')).toBe(String(MAX_TEXT_LENGTH));
    expect(screen.queryByText(/characters? left/)).toBeNull();
    await user.click(box);
    await user.paste('a'.repeat(MAX_TEXT_LENGTH - 1));
    expect(screen.getByText('1 character left')).toBeTruthy();
  });

  it('returns to the shop’s language and forgets the customer when left alone', async () => {
    const { clock, tap, onidle } = await openKiosk('bg');
    expect(onidle).toHaveBeenLastCalledWith(true);
    await tap('Русский');
    expect(document.documentElement.lang).toBe('ru');
    expect(onidle).toHaveBeenLastCalledWith(false);
    await tap('Плохо, 2 из 5');
    await tap('Долгое ожидание');
    clock.advance(12_000);
    await tick();
    expect(screen.getByText('Коснитесь экрана, чтобы остаться')).toBeTruthy();
    clock.advance(6_000);
    await tick();
    expect(document.documentElement.lang).toBe('bg');
    expect(screen.getByRole('heading', { level: 1, name: 'Как мина посещението Ви днес?' })).toBeTruthy();
    expect(onidle).toHaveBeenLastCalledWith(true);
  });
});
