/**
 * What the first screen can do without: the screens after it, the languages, the staff's mark, the shop's colour. Kept out of the
 * entry's weight and loaded as soon as the first screen is painted; the service worker has it cached for offline.
 */
export { default as FollowUp } from './FollowUp.svelte';
export { default as KioskFooter } from './KioskFooter.svelte';
export { default as KioskLanguages } from './KioskLanguages.svelte';
export { applyAccent } from '../ui/accent';
