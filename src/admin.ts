import { mount } from 'svelte';
import Admin from './admin/Admin.svelte';
import { APP_VERSION } from './app-version';
import { setLocale } from './i18n/locale.svelte';
import { preferredLocale } from './i18n/preferred-locale';
import { keepScreenOn } from './pwa/wake-lock';
import './ui/fonts.css';
import './ui/tokens.css';
import './ui/base.css';
import './ui/charts/charts.css';

/** Pairs this very browser, when the owner wants the device in hand to be the tablet. */
async function pairHere(code: string): Promise<boolean> {
  if (!isSecureContext) return false;
  const { Tablet } = await import('./device/tablet.svelte');
  const tablet = new Tablet(APP_VERSION);
  try {
    await tablet.start();
    const result = await tablet.pair(code);
    return result.ok && result.value.outcome === 'paired';
  } finally {
    tablet.stop();
  }
}

setLocale(preferredLocale(navigator.languages));
const target = document.getElementById('app');
if (!target) throw new Error('admin.html has no #app');
mount(Admin, { target, props: { pairHere, keepScreenOn } });
