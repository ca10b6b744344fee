import { FIRST_SCREEN_KEY } from './first-screen';

/** Keeps what the app shows now. Quietly does nothing where the browser refuses: it is only a short cut. */
export function rememberFirstScreen(app: HTMLElement, appVersion: string): void {
  const picture = app.cloneNode(true) as HTMLElement;
  // How many records wait is another number next time.
  picture.querySelector('footer')?.replaceChildren();
  const kept = JSON.stringify({ appVersion, html: picture.innerHTML, lang: document.documentElement.lang });
  try {
    if (localStorage.getItem(FIRST_SCREEN_KEY) !== kept) localStorage.setItem(FIRST_SCREEN_KEY, kept);
  } catch {
    // Full or forbidden.
  }
}
