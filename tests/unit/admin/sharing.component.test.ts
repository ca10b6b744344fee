import { render, screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import type { Component } from 'svelte';
import { afterEach, describe, expect, it, vi } from 'vitest';
import CopyLink from '../../../src/admin/layout/CopyLink.svelte';
import LazyPage from '../../../src/admin/layout/LazyPage.svelte';
import { PageCode } from '../../../src/admin/layout/page-code.svelte';
import { pageAt, type OwnerPage } from '../../../src/admin/pages';
import StatusMark from '../../../src/ui/StatusMark.svelte';
import { scriptedShop } from './member-fixture';
import ShopHarness from './ShopHarness.svelte';

afterEach(() => history.replaceState(null, '', '/'));

describe('the button that copies the link', () => {
  const show = () => {
    history.replaceState(null, '', '/admin/scores?days=7&location=018f3c1e-7b2a-4c3d-8e4f-000000000030');
    render(ShopHarness, { shop: scriptedShop({}), page: CopyLink, pageProps: {} });
  };

  it('puts the address of the view on the clipboard and says so', async () => {
    const user = userEvent.setup();
    show();
    await user.click(screen.getByRole('button', { name: 'Copy link' }));
    expect(await screen.findByRole('button', { name: 'Link copied' })).toBeTruthy();
    expect(await navigator.clipboard.readText()).toBe(location.href);
    expect(document.querySelector('[aria-live]')?.textContent).toBe('Link copied');
  });

  it('shows the address selected where the browser keeps the clipboard to itself', async () => {
    const user = userEvent.setup();
    vi.spyOn(navigator.clipboard, 'writeText').mockRejectedValue(new DOMException('no', 'NotAllowedError'));
    show();
    await user.click(screen.getByRole('button', { name: 'Copy link' }));
    const field = await screen.findByRole<HTMLInputElement>('textbox', { name: 'The address of this view' });
    expect(field.value).toBe(location.href);
    await waitFor(() => expect(field.selectionEnd).toBe(field.value.length));
    expect(document.activeElement).toBe(field);
  });
});

describe('a page whose code is fetched when it is wanted', () => {
  const pageThat = (load: OwnerPage['load']): OwnerPage => ({
    path: /^$/,
    title: () => 'Places',
    load,
    props: () => ({}),
  });
  const failing = pageThat(() =>
    Promise.reject(new TypeError('Failed to fetch dynamically imported module')),
  );

  it('shows at once what was fetched before', async () => {
    const code = new PageCode();
    let asked = 0;
    const page = pageThat(() => {
      asked += 1;
      return Promise.resolve(StatusMark as unknown as Component<Record<string, unknown>>);
    });
    await code.prefetch(page);
    render(LazyPage, { props: { page, code, props: { tone: 'good', words: 'Complete' } } });
    expect(screen.getByText('Complete')).toBeTruthy();
    expect(screen.queryByText('Loading')).toBeNull();
    expect(asked).toBe(1);
  });

  it('says that Verna was updated where the server is there and the file is not', async () => {
    vi.stubGlobal('fetch', () => Promise.resolve(new Response()));
    render(LazyPage, { props: { page: failing, code: new PageCode() } });
    expect(await screen.findByText(/Verna has been updated/)).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Reload' })).toBeTruthy();
    expect(screen.getByRole('heading', { name: 'Places' })).toBeTruthy();
  });

  it('says that the network is away where nothing answers', async () => {
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('Failed to fetch')));
    render(LazyPage, { props: { page: failing, code: new PageCode() } });
    expect(await screen.findByText(/needs the network/)).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Try again' })).toBeTruthy();
  });
});

describe('addresses', () => {
  it.each([
    ['/admin', ''],
    ['/admin/', ''],
    ['/admin/cases/018f3c1e-7b2a-4c3d-8e4f-000000000030', '018f3c1e-7b2a-4c3d-8e4f-000000000030'],
    ['/admin/members/data', ''],
  ])('%s is a page', (path, id) => {
    expect(pageAt(path)?.id).toBe(id);
  });

  it.each(['/admin/nowhere', '/admin/cases/1', '/adminscores'])('%s is none', (path) => {
    expect(pageAt(path)).toBeNull();
  });
});
