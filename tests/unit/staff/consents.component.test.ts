import 'fake-indexeddb/auto';
import { screen, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it } from 'vitest';
import { setLocale } from '../../../src/i18n/locale.svelte';
import { anna, ScriptedCounter, STAFF } from './counter-fixture';

const user = userEvent.setup();
const press = async (name: string) => user.click(await screen.findByRole('button', { name }));
const group = async (name: string) => within(await screen.findByRole('group', { name }));

async function toConsents(counter: ScriptedCounter): Promise<void> {
  counter.open();
  await user.keyboard('0888123456{Enter}');
  await screen.findByRole('heading', { level: 1, name: 'Anna' });
  await press('Consents');
  await screen.findByRole('heading', { level: 1, name: 'What Anna agrees to' });
}

describe('consents at the counter', () => {
  let counter: ScriptedCounter;
  beforeEach(() => {
    counter = new ScriptedCounter();
  });

  it('are given and taken back one by one, in the version and language of their text', async () => {
    await toConsents(counter);
    await user.click((await group('News and offers')).getByRole('button', { name: 'Agrees' }));
    setLocale('ru');
    await user.click((await group('Перезвонить мне')).getByRole('button', { name: 'Отзывает' }));
    const said = { type: 'consent', member: anna.id, version: 1, staff: STAFF };
    expect(counter.kept).toEqual([
      { ...said, purpose: 'messages', locale: 'en', granted: true },
      { ...said, purpose: 'call', locale: 'ru', granted: false },
    ]);
  });

  it('say that they were recorded only once they are', async () => {
    await toConsents(counter);
    const offers = await group('News and offers');
    counter.next = { outcome: 'failed', failure: 'unavailable' };
    await user.click(offers.getByRole('button', { name: 'Takes it back' }));
    expect((await screen.findByRole('alert')).textContent).toMatch(/could not be saved/);
    expect(offers.getByRole('status').textContent).toBe('');
    counter.next = { outcome: 'saved', id: STAFF };
    await user.click(offers.getByRole('button', { name: 'Takes it back' }));
    expect(offers.getByRole('status').textContent).toBe('Recorded');
    expect(screen.queryByRole('alert')).toBeNull();
    expect(offers.getByRole('button', { pressed: true }).textContent).toContain('Takes it back');
  });

  it('end the membership only when asked twice', async () => {
    await toConsents(counter);
    await press('End the membership …');
    await press('No, keep it');
    expect(counter.kept).toEqual([]);
    await press('End the membership …');
    await press('Yes, end it');
    expect(counter.kept).toMatchObject([{ purpose: 'programme', granted: false }]);
    expect(await screen.findByText(/the membership ends once this is sent/)).toBeTruthy();
    await press('Back');
    await screen.findByRole('heading', { level: 1, name: 'Telephone number' });
  });
});
