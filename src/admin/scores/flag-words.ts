import {
  admin_flag,
  admin_flag_burst,
  admin_flag_changed,
  admin_flag_closed,
  admin_flag_hammering,
  admin_flag_staff,
  admin_flag_streak,
} from '../../i18n/paraglide/messages';

const REASONS: Record<string, () => string> = {
  burst: admin_flag_burst,
  changed: admin_flag_changed,
  streak: admin_flag_streak,
  hammering: admin_flag_hammering,
  closed: admin_flag_closed,
  staff: admin_flag_staff,
};

/** That an answer is left out of the figures, and why; a newer server may know reasons that this page does not. */
export function flagWords(flag: string): string {
  const reason = REASONS[flag];
  return reason ? `${admin_flag()} (${reason()})` : admin_flag();
}
