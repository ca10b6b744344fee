import { isGuessable, isPin } from '../../domain/pin';
import { admin_pin_guessable, admin_pin_not_digits } from '../../i18n/paraglide/messages';

/** What is wrong with a PIN that the owner wants to give, or null. */
export function pinProblem(pin: string): string | null {
  if (!isPin(pin)) return admin_pin_not_digits();
  return isGuessable(pin) ? admin_pin_guessable() : null;
}
