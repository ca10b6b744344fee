import { admin_advice_silent, admin_alerts_notice } from '../../i18n/paraglide/messages';
import type { Shop } from '../shop.svelte';
import { silentTabletWords } from '../tablets/silence-words';
import { alertWords } from './alert-words';
import type { Told } from './notices.svelte';

/**
 * What the browser should tell of now. Silences come from what the tablets themselves last said, seconds ago, and so not
 * from the alerts as well; of the rest what nobody has seen.
 */
export function toldOf(shop: Shop): Told[] {
  const silences =
    shop.alerts.report?.tablet_silent === false
      ? []
      : shop.silent.map((silent) => ({
          key: `${silent.tablet.pairing}@${silent.tablet.last_seen_at ?? ''}`,
          tag: silent.tablet.pairing!,
          words: silentTabletWords(silent, shop),
          body: admin_advice_silent(),
        }));
  const alerts = shop.alerts.open
    .filter(({ kind, acknowledged_at }) => kind !== 'tablet_silent' && acknowledged_at === null)
    .map((alert) => ({
      key: alert.alert,
      tag: alert.alert,
      words: alertWords(alert, shop),
      body: admin_alerts_notice(),
    }));
  return [...silences, ...alerts];
}
