import { APP_VERSION } from './app-version';
import { afterPaint } from './device/after-paint';
import { rememberedSettings } from './device/remembered-settings';
import { showFirstScreen } from './kiosk/first-screen';

const target = document.getElementById('app');
if (!target) throw new Error('index.html has no #app');
const app = target;

const isKiosk = !location.pathname.startsWith('/staff');
const handOver = isKiosk && rememberedSettings(APP_VERSION) ? showFirstScreen(app, APP_VERSION) : null;
if (handOver) afterPaint(() => void boot());
else void boot();

async function boot(): Promise<void> {
  const { mountApp } = await import('./boot');
  const mount = () => mountApp(app);
  if (handOver) await handOver(mount);
  else mount();
}
