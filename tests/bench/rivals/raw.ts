import { openRawStore } from '../pages/raw-store';
import type { OpenStore } from './open-store';

export const open: OpenStore = (name, _tablet, durability) =>
  openRawStore(name, durability === 'asked' ? 'strict' : 'default');
