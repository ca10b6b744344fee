import { flushSync, mount } from 'svelte';
import App from './App.svelte';
import './ui/fonts.css';
import './ui/tokens.css';
import './ui/base.css';

/** Puts the app in place of whatever stood there, within one task: nothing flickers. */
export function mountApp(target: HTMLElement): void {
  target.replaceChildren();
  flushSync(() => mount(App, { target }));
}
