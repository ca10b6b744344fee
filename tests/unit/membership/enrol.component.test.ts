import { render, screen, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import { setLocale } from '../../../src/i18n/locale.svelte';
import Enrolment from '../../../src/membership/Enrolment.svelte';
import { EnrolmentStore, invitationWith } from './membership-fixture';

function open({ phone = null as string | null, welcomePoints = 10, referralPoints = 0 } = {}) {
  const store = new EnrolmentStore();
  const onend = vi.fn();
  const user = userEvent.setup();
  render(Enrolment, {
    invitation: invitationWith(store, { welcome_points: welcomePoints, referral_points: referralPoints }),
    phone,
    onend,
  });
  const press = (name: string) => user.click(screen.getByRole('button', { name }));
  const heading = () => screen.getByRole('heading', { level: 1 });
  return { store, onend, user, press, heading };
}

const consent = (name: string) => screen.getByRole('checkbox', { name: new RegExp(name) });

async function fillInPerson({ user, press }: ReturnType<typeof open>) {
  await user.type(screen.getByLabelText('First name'), 'Anna');
  await press('Continue');
}

describe('enrolling', () => {
  it('takes a customer from the number to the code, saying “Saved” only then', async () => {
    const opened = open();
    const { store, user, press, heading, onend } = opened;
    expect(document.activeElement).toBe(heading());
    for (const digit of '0888123456') await press(digit);
    expect(screen.getByRole('status').textContent).toBe('088 812 3456');
    await press('Continue');
    expect(document.activeElement).toBe(heading());
    expect(heading().textContent).toBe('What may we call you?');
    await user.selectOptions(screen.getByLabelText('Day'), '9');
    await user.selectOptions(screen.getByLabelText('Month'), 'November');
    await fillInPerson(opened);
    await user.click(consent('Be a member'));
    await user.click(consent('Call me back'));
    expect(screen.queryByText(/Saved/)).toBeNull();
    await press('Join');
    expect(await screen.findByText('Saved. New members begin with 10 points.')).toBeTruthy();
    expect(heading().textContent).toBe('Welcome, Anna!');
    expect(document.activeElement).toBe(heading());
    expect(screen.getByRole('img', { name: 'Your membership as a QR code' })).toBeTruthy();
    expect(store.saved).toMatchObject([
      {
        phone: '+359888123456',
        firstName: 'Anna',
        birthday: { month: 11, day: 9 },
        staff: null,
        consents: [{ purpose: 'programme' }, { purpose: 'call' }],
      },
    ]);
    await press('Done');
    expect(onend).toHaveBeenCalledOnce();
  });

  it('goes through with the keyboard alone', async () => {
    const { store, user } = open();
    await user.keyboard('0888123456{Enter}');
    await user.tab();
    await user.keyboard('Anna{Enter}');
    await user.tab();
    expect(document.activeElement).toBe(consent('Be a member'));
    await user.keyboard(' {Enter}');
    expect(await screen.findByRole('heading', { name: 'Welcome, Anna!' })).toBeTruthy();
    expect(store.saved).toHaveLength(1);
  });

  it('ticks nothing by itself, and says of each box what it means', async () => {
    const opened = open({ phone: '+359888123456' });
    await fillInPerson(opened);
    const boxes = screen.getAllByRole('checkbox');
    expect(boxes).toHaveLength(4);
    for (const box of boxes) {
      expect((box as HTMLInputElement).checked).toBe(false);
      expect(document.getElementById(box.getAttribute('aria-describedby')!)!.textContent).toMatch(/We |we /);
    }
    expect(screen.getByText(/can be taken back at any time/)).toBeTruthy();
  });

  it('asks kindly for the consent that is needed and leads to its box', async () => {
    const opened = open({ phone: '+359888123456' });
    await fillInPerson(opened);
    await opened.press('Join');
    expect(within(screen.getByRole('alert')).getByText(/we may not keep your details/)).toBeTruthy();
    expect(document.activeElement).toBe(consent('Be a member'));
    expect(opened.store.saved).toEqual([]);
  });

  it('leads to a name that is missing and says so there', async () => {
    const { press } = open({ phone: '+359888123456' });
    await press('Continue');
    const field = screen.getByLabelText('First name');
    expect(document.activeElement).toBe(field);
    expect(document.getElementById(field.getAttribute('aria-describedby')!)!.textContent).toBe(
      'Please tell us your first name.',
    );
  });

  it('says that the tablet is full, and welcomes nobody', async () => {
    const opened = open({ phone: '+359888123456' });
    opened.store.next = { outcome: 'failed', failure: 'full' };
    await fillInPerson(opened);
    await opened.user.click(consent('Be a member'));
    await opened.press('Join');
    expect(await screen.findByText(/tablet is full and your details could not be saved/)).toBeTruthy();
    expect(screen.queryByText(/Welcome/)).toBeNull();
  });

  it('promises no points where the shop gives none', async () => {
    const opened = open({ phone: '+359888123456', welcomePoints: 0 });
    await fillInPerson(opened);
    await opened.user.click(consent('Be a member'));
    await opened.press('Join');
    expect(await screen.findByText('Saved. You are a member now.')).toBeTruthy();
  });

  it('asks who invited them and gives them a code for their friends, where the shop thanks for that', async () => {
    const opened = open({ phone: '+359888123456', referralPoints: 25 });
    const field = screen.getByLabelText('Code of who invited you: +25 for you both');
    await opened.user.type(field, 'ab12');
    await fillInPerson(opened);
    expect(document.activeElement).toBe(field);
    expect(screen.getByText(/eight letters and digits/)).toBeTruthy();
    await opened.user.type(field, '-cd3o');
    await opened.press('Continue');
    await opened.user.click(consent('Be a member'));
    await opened.press('Join');
    // The last 40 bits of the enrolment's id.
    expect((await screen.findByText('0000-1ARY')).parentElement!.textContent).toMatch(
      /Your code for friends/,
    );
    expect(opened.store.saved).toMatchObject([{ referralCode: 'AB12CD30' }]);
  });

  it('speaks of no code where the shop gives nothing for it', async () => {
    const opened = open({ phone: '+359888123456' });
    expect(screen.queryByLabelText(/invited/)).toBeNull();
    await fillInPerson(opened);
    await opened.user.click(consent('Be a member'));
    await opened.press('Join');
    await screen.findByRole('heading', { name: 'Welcome, Anna!' });
    expect(screen.queryByText(/Your code/)).toBeNull();
    expect(opened.store.saved[0]).not.toHaveProperty('referralCode');
  });

  it('ends at “Not now” with nothing kept', async () => {
    const { press, onend, store } = open();
    await press('Not now');
    expect(onend).toHaveBeenCalledOnce();
    expect(store.saved).toEqual([]);
  });

  it.each([
    ['ru', 'Ваш номер телефона', 'Не сейчас'],
    ['bg', 'Вашият телефонен номер', 'Не сега'],
  ] as const)('speaks %s', (locale, title, cancel) => {
    setLocale(locale);
    const { heading } = open();
    expect(heading().textContent).toBe(title);
    expect(screen.getByRole('button', { name: cancel })).toBeTruthy();
  });
});
