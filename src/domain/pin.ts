/** What a person types to unlock a tablet. */
export const PIN_MIN_DIGITS = 4;
export const PIN_MAX_DIGITS = 6;

/**
 * Rounds of PBKDF2 with HMAC-SHA-256 over a PIN, as the OWASP Password Storage Cheat Sheet asks (2023). They slow a
 * thief's guesses; what a PIN can and cannot hold off is in docs/threat-model.md.
 */
export const PIN_ROUNDS = 600_000;

export const isPin = (text: string): boolean => /^\d{4,6}$/.test(text);

/**
 * Whether a PIN is among the first that anybody would try: one digit or pair over and over, a run up or down, the
 * middle column of the keypad, a year of somebody's life.
 */
export function isGuessable(pin: string): boolean {
  return (
    /^(\d\d?)\1+$/.test(pin) ||
    ['01234567890', '09876543210', '2580', '0852'].some((run) => run.includes(pin)) ||
    /^(19|20)\d\d$/.test(pin)
  );
}
