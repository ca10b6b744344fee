/*
 * A picture of the first screen at rest, kept from the last time. It is painted while the kiosk's own code is still
 * being read, which on a slow tablet takes as long as everything before it; a tap on it is held until the kiosk can take
 * it. It shows the shop's name and its question: nothing of any customer.
 */
export const FIRST_SCREEN_KEY = 'verna.first-screen';

/** A finger that lies there longer is no tap. */
const LONGEST_TAP_MS = 1_000;
/** From the finger's leaving to the click that the browser makes of it. */
const CLICK_MS = 50;

/**
 * Shows the kept screen. The returned function puts the kiosk in its place and hands over the last tap that was made
 * meanwhile; a finger that is on the glass just then is waited for. Null when there is nothing to show.
 */
export function showFirstScreen(
  app: HTMLElement,
  appVersion: string,
): ((mount: () => void) => Promise<void>) | null {
  const kept = read();
  if (kept?.appVersion !== appVersion) return null;
  app.innerHTML = kept.html;
  document.documentElement.lang = kept.lang;

  const faces = () => [...app.querySelectorAll<HTMLElement>('main button')];
  let tapped = -1;
  let finger: unknown;
  app.onclick = ({ target }) => (tapped = faces().findIndex((face) => face.contains(target as Node)));
  app.ontouchstart = () => {
    finger = new Promise<void>((lift) => {
      app.ontouchend = () => setTimeout(lift, CLICK_MS);
      setTimeout(lift, LONGEST_TAP_MS);
    });
  };
  return async (mount) => {
    await finger;
    app.onclick = app.ontouchstart = null;
    mount();
    faces()[tapped]?.click();
  };
}

function read(): { appVersion: string; html: string; lang: string } | null {
  try {
    return JSON.parse(localStorage.getItem(FIRST_SCREEN_KEY) ?? 'null') as {
      appVersion: string;
      html: string;
      lang: string;
    } | null;
  } catch {
    return null;
  }
}
