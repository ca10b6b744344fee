/**
 * What a visit is made of, as the field counts it. A question on the five faces may ask about one of them, and a reason may
 * blame or praise one; what a shop adds itself has a key of its own.
 */
export const FACTORS = ['product', 'service', 'price', 'speed', 'range', 'staff', 'promises'] as const;
export type Factor = (typeof FACTORS)[number];
