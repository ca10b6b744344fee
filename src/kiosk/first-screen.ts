/*
 * A picture of the first screen at rest, kept from the last time. It is painted while the kiosk's own code is still
 * being read, which on a slow tablet takes as long as everything before it; a tap on it is held until the kiosk can take
 * it. It shows the shop's name and its question: nothing of any customer.
 */
export const FIRST_SCREEN_KEY = 'verna.first-screen';

/**
 * Shows the kept screen. The returned function is to be called once the kiosk stands in its place: it hands over the
 * last tap that was made meanwhile. Null when there is nothing to show.
 */
export function showFirstScreen(app: HTMLElement, appVersion: string): (() => void) | null {
  const kept = read();
  if (kept?.appVersion !== appVersion) return null;
  app.innerHTML = kept.html;
  document.documentElement.lang = kept.lang;

  const faces = () => [...app.querySelectorAll<HTMLElement>('main button')];
  let tapped = -1;
  const hold = ({ target }: Event): void => {
    const index = faces().findIndex((face) => face.contains(target as Node));
    if (index !== -1) tapped = index;
  };
  app.addEventListener('click', hold, { capture: true });
  return () => {
    app.removeEventListener('click', hold, { capture: true });
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
