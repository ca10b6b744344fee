import * as v from 'valibot';
import { describe, expect, it, vi } from 'vitest';
import type { Locale } from '../../../src/domain/locale';
import { CONSENT_VERSION, enrolmentSchema } from '../../../src/domain/member';
import type { SaveResult } from '../../../src/domain/sync';
import { EnrolmentForm, type EnrolmentDependencies } from '../../../src/membership/enrolment.svelte';
import { ENROLMENT_ID, EnrolmentStore } from './membership-fixture';

const PHONE = '+359888123456';
const KEY = 'd0'.repeat(32);

function open(given: Partial<EnrolmentDependencies> = {}) {
  const store = new EnrolmentStore();
  const ondone = vi.fn();
  const world = { locale: 'en' as Locale };
  const form = new EnrolmentForm({
    phone: null,
    staff: null,
    locale: () => world.locale,
    parsePhone: (text) => (text === '0888123456' ? PHONE : null),
    directoryKey: () => Promise.resolve(KEY),
    save: store.save,
    ondone,
    ...given,
  });
  const type = (digits: string) => [...digits].forEach((digit) => form.type(digit));
  return { form, store, ondone, world, type };
}

async function atConsents(given: Partial<EnrolmentDependencies> = {}) {
  const opened = open({ phone: PHONE, ...given });
  opened.form.firstName = 'Anna';
  await opened.form.next();
  expect(opened.form.step).toBe('consents');
  return opened;
}

describe('the steps of an enrolment', () => {
  it('go on from a whole number only', async () => {
    const { form, type } = open();
    type('0888');
    await form.next();
    expect([form.step, form.problem]).toEqual(['phone', 'phone']);
    type('123456');
    expect(form.problem).toBeNull();
    await form.next();
    expect([form.step, form.number, form.steps.length]).toEqual(['person', 2, 3]);
  });

  it('begin with the person where the number is known', () => {
    const { form } = open({ phone: PHONE });
    expect([form.step, form.steps.length, form.isFirst]).toEqual(['person', 2, true]);
  });

  it('turn a number of the shop’s country into one of another and back', () => {
    const { form, type } = open();
    type('0049');
    form.toggleAbroad();
    expect([form.typed, form.isAbroad]).toEqual(['+49', true]);
    form.toggleAbroad();
    expect([form.typed, form.isAbroad]).toEqual(['49', false]);
  });

  it('keep what was told when somebody goes back', async () => {
    const { form, type } = open();
    type('0888123456');
    await form.next();
    form.firstName = 'Anna';
    form.back();
    expect([form.step, form.typed]).toEqual(['phone', '0888123456']);
    await form.next();
    expect([form.step, form.firstName]).toEqual(['person', 'Anna']);
  });

  it.each<[string, Partial<Record<'firstName' | 'email' | 'day' | 'month', string>>, string | null]>([
    ['no name', { firstName: '  ' }, 'first_name'],
    ['a broken address', { email: 'anna@' }, 'email'],
    ['a day without its month', { day: '3' }, 'birthday'],
    ['a month without its day', { month: '3' }, 'birthday'],
    ['a day that no month has', { day: '30', month: '2' }, 'birthday'],
    ['29 February', { day: '29', month: '2' }, null],
    ['an address with spaces around it', { email: ' anna@example.com ' }, null],
  ])('judge %s', async (_, told, problem) => {
    const { form } = open({ phone: PHONE });
    Object.assign(form, { firstName: 'Anna', ...told });
    await form.next();
    expect([form.problem, form.step]).toEqual([problem, problem ? 'person' : 'consents']);
  });
});

describe('joining', () => {
  it('tells of the member only once the record is saved', async () => {
    let answer: (result: SaveResult) => void = () => {};
    const { form, store, ondone } = await atConsents();
    store.next = new Promise((resolve) => (answer = resolve));
    form.toggleConsent('programme');
    const joining = form.next();
    expect([form.isSaving, ondone.mock.calls.length]).toEqual([true, 0]);
    answer({ outcome: 'saved', id: ENROLMENT_ID });
    await joining;
    expect(form.isSaving).toBe(false);
    expect(ondone.mock.calls).toEqual([
      [{ id: ENROLMENT_ID, firstName: 'Anna', phone: PHONE, directoryKey: KEY }],
    ]);
  });

  it('saves once however often the button is pressed', async () => {
    const { form, store } = await atConsents();
    form.toggleConsent('programme');
    await Promise.all([form.next(), form.next(), form.next()]);
    expect(store.saved).toHaveLength(1);
  });

  it('makes a body that every reader of records takes, with nothing that was not told', async () => {
    const staff = '018f3c1e-7b2a-7c3d-8e4f-000000000007';
    const { form, store } = await atConsents({ staff });
    form.toggleConsent('programme');
    await form.next();
    expect(v.parse(enrolmentSchema, store.saved[0])).toEqual({
      type: 'enrolment',
      phone: PHONE,
      directoryKey: KEY,
      firstName: 'Anna',
      locale: 'en',
      staff,
      consents: [{ purpose: 'programme', version: CONSENT_VERSION, locale: 'en' }],
    });
  });

  it('keeps e-mail and birthday where they were told', async () => {
    const { form, store } = open({ phone: PHONE });
    Object.assign(form, { firstName: ' Anna', email: ' a@example.com ', day: '9', month: '11' });
    await form.next();
    form.toggleConsent('programme');
    await form.next();
    expect(store.saved[0]).toMatchObject({
      firstName: 'Anna',
      email: 'a@example.com',
      birthday: { month: 11, day: 9 },
    });
  });

  it('names each consent in the language in which its text was read, and only those ticked', async () => {
    const { form, store, world } = await atConsents();
    form.toggleConsent('publish');
    form.toggleConsent('messages');
    world.locale = 'bg';
    form.toggleConsent('programme');
    form.toggleConsent('messages');
    await form.next();
    expect(store.saved[0]).toMatchObject({
      locale: 'bg',
      consents: [
        { purpose: 'programme', locale: 'bg' },
        { purpose: 'publish', locale: 'en' },
      ],
    });
  });

  it('asks for the consent that membership needs, and keeps nothing without it', async () => {
    const { form, store } = await atConsents();
    form.toggleConsent('messages');
    await form.next();
    expect([form.problem, store.saved.length]).toEqual(['programme', 0]);
  });

  it('says why nothing could be stored, and may be tried again', async () => {
    const { form, store, ondone } = await atConsents();
    form.toggleConsent('programme');
    store.next = { outcome: 'failed', failure: 'full' };
    await form.next();
    expect([form.problem, form.step, ondone.mock.calls.length]).toEqual(['full', 'consents', 0]);
    store.next = { outcome: 'saved', id: ENROLMENT_ID };
    await form.next();
    expect([form.problem, ondone.mock.calls.length]).toEqual([null, 1]);
  });

  it('thanks nobody where the number’s key cannot be made', async () => {
    const cause = new Error('no crypto');
    const { form, ondone } = await atConsents({ directoryKey: () => Promise.reject(cause) });
    form.toggleConsent('programme');
    await expect(form.next()).rejects.toBe(cause);
    expect([form.problem, form.isSaving, ondone.mock.calls.length]).toEqual(['unavailable', false, 0]);
  });
});

describe('a form that was left', () => {
  it('holds nothing of what it was told', async () => {
    const { form, type } = open();
    type('0888123456');
    await form.next();
    Object.assign(form, { firstName: 'Anna', email: 'a@example.com', day: '9', month: '11' });
    await form.next();
    form.toggleConsent('programme');
    form.forget();
    expect(JSON.stringify([form.typed, form.firstName, form.email, form.day, form.month])).toBe(
      '["","","","",""]',
    );
    expect(form.hasAgreed('programme')).toBe(false);
  });

  it('greets nobody when the disk answers late', async () => {
    let answer: (result: SaveResult) => void = () => {};
    const { form, store, ondone } = await atConsents();
    store.next = new Promise((resolve) => (answer = resolve));
    form.toggleConsent('programme');
    const joining = form.next();
    form.forget();
    answer({ outcome: 'saved', id: ENROLMENT_ID });
    await joining;
    expect(store.saved).toMatchObject([{ firstName: 'Anna', phone: PHONE }]);
    expect(ondone).not.toHaveBeenCalled();
  });
});
