import { render, screen } from '@testing-library/svelte';
import { afterEach, describe, expect, it, vi } from 'vitest';
import EnrolScreen from '../../../src/staff/EnrolScreen.svelte';
import { EnrolmentStore, invitationWith } from '../membership/membership-fixture';

afterEach(() => vi.useRealTimers());

function open() {
  vi.useFakeTimers();
  const onend = vi.fn();
  const { unmount } = render(EnrolScreen, {
    invitation: invitationWith(new EnrolmentStore()),
    staff: null,
    onend,
  });
  expect(screen.getByRole('heading', { name: 'Your phone number' })).toBeTruthy();
  return { onend, unmount };
}

describe('the form on the staff’s page', () => {
  it('closes once nobody has touched it for two minutes', () => {
    const { onend } = open();
    vi.advanceTimersByTime(100_000);
    dispatchEvent(new Event('pointerdown'));
    vi.advanceTimersByTime(119_999);
    expect(onend).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1);
    expect(onend).toHaveBeenCalledOnce();
  });

  it('closes when another app comes to the front', () => {
    const { onend } = open();
    vi.spyOn(document, 'visibilityState', 'get').mockReturnValueOnce('hidden');
    document.dispatchEvent(new Event('visibilitychange'));
    expect(onend).toHaveBeenCalledOnce();
  });

  it('ends its clock with itself', () => {
    const { onend, unmount } = open();
    unmount();
    vi.advanceTimersByTime(300_000);
    expect(onend).not.toHaveBeenCalled();
  });
});
