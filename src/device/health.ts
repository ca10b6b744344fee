import type { Health } from '../backend/tablet-calls';
import { DatabaseHandle } from './database';

/** What a browser tells of its battery; Chromium knows it, others do not. */
type BatteryNavigator = Navigator & { getBattery?: () => Promise<{ level: number; charging: boolean }> };

type DeviceHealth = Pick<
  Health,
  'persisted' | 'quota_bytes' | 'usage_bytes' | 'battery_percent' | 'battery_charging'
>;

/** What this browser says of the device. What it does not know, or refuses, is left out. */
export async function deviceHealth(): Promise<DeviceHealth> {
  const [persisted, estimate, battery] = await Promise.all([
    unlessRefused(() => navigator.storage?.persisted?.()),
    unlessRefused(() => navigator.storage?.estimate?.()),
    unlessRefused(() => (navigator as BatteryNavigator).getBattery?.()),
  ]);
  return {
    ...(persisted !== undefined && { persisted }),
    ...(estimate?.quota !== undefined && { quota_bytes: estimate.quota }),
    ...(estimate?.usage !== undefined && { usage_bytes: estimate.usage }),
    ...(battery && {
      battery_percent: Math.round(battery.level * 100),
      battery_charging: battery.charging,
    }),
  };
}

async function unlessRefused<Value>(ask: () => Promise<Value> | undefined): Promise<Value | undefined> {
  try {
    return await ask();
  } catch {
    return undefined;
  }
}

/**
 * Whether a strict write can be trusted here: one is made on a connection of its own and read back through another.
 * 'relaxed' when the browser opened the transaction with less than it was asked for.
 */
export async function testDurability(
  open: () => DatabaseHandle = () => new DatabaseHandle(),
): Promise<NonNullable<Health['durability']>> {
  const [writer, reader] = [open(), open()];
  const written = Math.random();
  try {
    const granted = await writer.run(async (database) => {
      const tx = database.transaction('state', 'readwrite', { durability: 'strict' });
      await Promise.all([tx.store.put(written, 'durabilityTest'), tx.done]);
      return tx.durability;
    });
    await writer.close();
    const read = await reader.run((database) => database.get('state', 'durabilityTest'));
    if (read !== written) return 'failed';
    return granted === 'strict' ? 'strict' : 'relaxed';
  } catch {
    return 'failed';
  } finally {
    await Promise.all([writer.close(), reader.close()]);
  }
}
