import { render, screen } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { tick } from 'svelte';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Result } from '../../../src/backend/failure';
import type { PairReply } from '../../../src/backend/tablet-calls';
import { setLocale } from '../../../src/i18n/locale.svelte';
import PairingForm from '../../../src/staff/PairingForm.svelte';
import { paired, ScriptedPairing } from './staff-fixture';

const field = () => screen.getByLabelText<HTMLInputElement>('Pairing code');
const button = () => screen.getByRole<HTMLButtonElement>('button');

describe('the pairing form', () => {
  let server: ScriptedPairing;
  const user = userEvent.setup();

  beforeEach(() => {
    server = new ScriptedPairing();
    render(PairingForm, { pair: server.pair });
  });
  async function submit(code: string, result: Result<PairReply>) {
    await user.clear(field());
    await user.type(field(), `${code}{Enter}`);
    server.answer(result);
    await new Promise((resolve) => setTimeout(resolve));
    await tick();
  }

  it('shows what is typed the way codes read', async () => {
    await user.type(field(), 'w6pqbhd0');
    expect(field().value).toBe('W6PQ-BHD0');
  });

  it('takes a code that is pasted with spaces', async () => {
    await user.click(field());
    await user.paste('  w6pq bhd0 ');
    expect(field().value).toBe('W6PQ-BHD0');
  });

  it('lets a letter in the middle be mended without losing the place', async () => {
    await user.type(field(), 'w6pxbhd0');
    field().setSelectionRange(4, 4);
    await user.keyboard('{Backspace}q');
    expect(field().value).toBe('W6PQ-BHD0');
    expect(field().selectionStart).toBe(4);
  });

  it('can be sent only once the code is complete', async () => {
    expect(button().disabled).toBe(true);
    await user.type(field(), 'W6PQ-BHD{Enter}');
    expect(button().disabled).toBe(true);
    expect(server.codes).toEqual([]);
    await user.type(field(), '0');
    expect(button().disabled).toBe(false);
    await user.click(button());
    expect(server.codes).toEqual(['W6PQ-BHD0']);
  });

  it('asks once, however often it is pressed, and says that it is asking', async () => {
    await user.type(field(), 'w6pqbhd0{Enter}{Enter}');
    expect(server.codes).toEqual(['W6PQ-BHD0']);
    expect(button().disabled).toBe(true);
    expect(button().textContent).toBe('Pairing …');
  });

  it.each<[string, Result<PairReply>, RegExp]>([
    ['an unknown code', { ok: true, value: { outcome: 'unknown_code' } }, /not known/],
    ['a malformed code', { ok: true, value: { outcome: 'malformed' } }, /not known/],
    ['an expired code', { ok: true, value: { outcome: 'expired_code' } }, /expired/],
    ['a used code', { ok: true, value: { outcome: 'used_code' } }, /used already/],
    ['too many tries', { ok: true, value: { outcome: 'throttled', retry_after_s: 900 } }, /15 minutes/],
    ['no network', { ok: false, failure: { code: 'unreachable' } }, /same code/],
    ['a busy server', { ok: false, failure: { code: 'busy', status: 503 } }, /in a moment/],
  ])('says what is wrong after %s, until the code is changed', async (_, result, words) => {
    await submit('w6pqbhd0', result);
    expect(screen.getByRole('alert').textContent).toMatch(words);
    expect(field().getAttribute('aria-invalid')).toBe('true');
    expect(button().disabled).toBe(false);

    await user.type(field(), '{Backspace}');
    expect(screen.getByRole('alert').textContent).toBe('');
    expect(field().getAttribute('aria-invalid')).toBe('false');
  });

  it('says what is wrong in the language chosen afterwards', async () => {
    await submit('w6pqbhd0', { ok: true, value: { outcome: 'used_code' } });
    setLocale('bg');
    await tick();
    expect(screen.getByRole('alert').textContent).toMatch(/^Кодът вече е използван\./);
  });

  it('has nothing to say once it has worked', async () => {
    await submit('w6pqbhd0', paired);
    expect(screen.getByRole('alert').textContent).toBe('');
  });
});
