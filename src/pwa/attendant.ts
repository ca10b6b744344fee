import { Updates } from './updates';
import { keepScreenOn } from './wake-lock';

export type Attendant = {
  /** True while nobody is using the screen: the moment to take a new version. */
  setIdle: (idle: boolean) => void;
  stop: () => void;
};

/** Installs the app on the device and looks after it; a kiosk's screen is also kept on. */
export async function startAttendant(isKiosk: boolean): Promise<Attendant> {
  const updates = new Updates();
  const stopKeepingOn = isKiosk ? keepScreenOn() : () => {};
  await updates.start();
  return {
    setIdle: (idle) => updates.setIdle(idle),
    stop: () => {
      stopKeepingOn();
      updates.stop();
    },
  };
}
