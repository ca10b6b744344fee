/** What a key does in the list of cases; Enter is the link's own. */
export type CaseKey = 'next' | 'previous' | 'contact' | 'resolve' | 'assign' | 'help';

const BY_LETTER: Readonly<Record<string, CaseKey>> = {
  j: 'next',
  k: 'previous',
  c: 'contact',
  r: 'resolve',
  a: 'assign',
};

type Pressed = Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>;

/**
 * What a pressed key does; null for one that does nothing here. A letter of another script counts by the place of its key,
 * so that nobody has to leave the Russian or Bulgarian layout for it.
 */
export function caseKeyOf({ key, code, ctrlKey, metaKey, altKey, shiftKey }: Pressed): CaseKey | null {
  if (ctrlKey || metaKey || altKey) return null;
  if (key === 'ArrowDown') return 'next';
  if (key === 'ArrowUp') return 'previous';
  const isLatin = /^[\x20-\x7e]$/.test(key);
  if (key === '?' || (!isLatin && shiftKey && code === 'Slash')) return 'help';
  if (shiftKey || key.length !== 1) return null;
  const letter = isLatin ? key.toLowerCase() : /^Key([A-Z])$/.exec(code)?.[1]?.toLowerCase();
  return BY_LETTER[letter ?? ''] ?? null;
}

/** Whether what has the focus takes keys for itself, or stands above the list. */
export function takesKeys(target: EventTarget | null): boolean {
  return (
    target instanceof Element &&
    target.closest('input, textarea, select, [contenteditable], dialog, [role="menu"], summary') !== null
  );
}

const KEPT_AS = 'verna.case-keys';

/** Single letters can be switched off, for whoever speaks to the computer (WCAG 2.1.4); arrows and Enter stay. */
export const areLettersOn = (): boolean => localStorage.getItem(KEPT_AS) !== 'off';

export function keepLetters(on: boolean): void {
  if (on) localStorage.removeItem(KEPT_AS);
  else localStorage.setItem(KEPT_AS, 'off');
}
