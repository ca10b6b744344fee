import type { Factor } from '../../domain/factor';
import {
  admin_factor_price,
  admin_factor_product,
  admin_factor_promises,
  admin_factor_range,
  admin_factor_sentence,
  admin_factor_service,
  admin_factor_speed,
  admin_factor_staff,
} from '../../i18n/paraglide/messages';

const FACTORS = {
  product: admin_factor_product,
  service: admin_factor_service,
  price: admin_factor_price,
  speed: admin_factor_speed,
  range: admin_factor_range,
  staff: admin_factor_staff,
  promises: admin_factor_promises,
} satisfies Record<Factor, () => string>;

export const factorName = (factor: Factor): string => FACTORS[factor]();

/** A sentence about a figure, with the factor it is about before it. */
export const ofFactor = (factor: Factor | undefined, sentence: string): string =>
  factor ? admin_factor_sentence({ factor: factorName(factor), sentence }) : sentence;
