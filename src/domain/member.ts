import * as v from 'valibot';
import { LOCALES } from './locale';
import { uuidSchema } from './record';
import { localizedTextSchema } from './survey';

/** What a customer may agree to, each by itself. */
export const CONSENT_PURPOSES = ['programme', 'messages', 'call', 'publish'] as const;
export type ConsentPurpose = (typeof CONSENT_PURPOSES)[number];

/** The texts that people agree to carry a version; whoever changes their meaning raises it. */
export const CONSENT_VERSION = 1;

/** A telephone number as E.164 has it: plus, country, subscriber, at most 15 digits. */
const phoneSchema = v.pipe(v.string(), v.regex(/^\+[1-9]\d{6,14}$/, 'not a number in E.164'));

/** 32 bytes in lower-case hex: what the directory's entry of a number is locked with; see directory-key.ts. */
const directoryKeySchema = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/, 'not 32 bytes in hex'));

const consentGivenSchema = v.object({
  purpose: v.picklist(CONSENT_PURPOSES),
  version: v.pipe(v.number(), v.safeInteger(), v.minValue(1)),
  locale: v.picklist(LOCALES),
});

/** Body of a record of kind 'enrolment', version 1. Its id names the member until the server says which member it is. */
export const enrolmentSchema = v.object({
  type: v.literal('enrolment'),
  phone: phoneSchema,
  /** Absent where a file told of the member: the key is made after. */
  directoryKey: v.optional(directoryKeySchema),
  firstName: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(60)),
  email: v.optional(v.pipe(v.string(), v.trim(), v.email(), v.maxLength(254))),
  /** No year: nobody needs to know how old a customer is. 29 February is a birthday too. */
  birthday: v.optional(
    v.pipe(
      v.object({
        month: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(12)),
        day: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(31)),
      }),
      v.check(({ month, day }) => day <= DAYS_OF_MONTH[month - 1]!, 'no such day'),
    ),
  ),
  locale: v.picklist(LOCALES),
  /** What the member who invited them goes by; see referral-code.ts. One that nobody has costs nothing. */
  referralCode: v.optional(v.pipe(v.string(), v.regex(/^[0-9A-HJKMNP-TV-Z]{8}$/, 'not a referral code'))),
  /** Who enrolled; null when customers did it themselves. */
  staff: v.nullable(uuidSchema),
  /** Only what was agreed to; a box left empty is not here. */
  consents: v.array(consentGivenSchema),
});
export type Enrolment = v.InferOutput<typeof enrolmentSchema>;

const DAYS_OF_MONTH = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** Body of a record of kind 'consent', version 1: given or withdrawn after enrolment. */
export const consentSchema = v.object({
  type: v.literal('consent'),
  member: uuidSchema,
  ...consentGivenSchema.entries,
  granted: v.boolean(),
  staff: v.nullable(uuidSchema),
});
export type Consent = v.InferOutput<typeof consentSchema>;

/** In minor units. */
export const MOST_OF_A_SALE = 1_000_000_000;

/** Body of a record of kind 'visit', version 1: somebody came. Both member and phone are null where nobody said who. */
export const visitSchema = v.pipe(
  v.object({
    type: v.literal('visit'),
    /** The member's id, or that of an enrolment this tablet made. */
    member: v.nullable(uuidSchema),
    /** Who the tablet does not know: the server settles whose number it is. */
    phone: v.nullable(phoneSchema),
    /**
     * The sale in the currency's minor units (cents), and the currency (ISO 4217); null when nobody entered it. Below zero
     * is money given back: it takes the sale's points back and is no visit that counts.
     */
    sale: v.nullable(
      v.object({
        amount: v.pipe(v.number(), v.safeInteger(), v.minValue(-MOST_OF_A_SALE), v.maxValue(MOST_OF_A_SALE)),
        currency: v.pipe(v.string(), v.regex(/^[A-Z]{3}$/)),
      }),
    ),
    staff: v.nullable(uuidSchema),
  }),
  v.check(({ member, phone }) => member === null || phone === null, 'not both member and phone'),
);
export type Visit = v.InferOutput<typeof visitSchema>;

/** What a programme does without unless it says so. */
export const PLAIN_TERMS = {
  referral_points: 0,
  tiers: [],
  expiry_months: null,
  offline_budget: { member: 0, tablet: 0 },
};

/** What the shop's programme gives, as tablets are told with their settings. */
export const programmeSchema = v.object({
  /** ISO 3166-1 alpha-2: whose numbers are typed without a country. */
  country: v.pipe(v.string(), v.regex(/^[A-Z]{2}$/)),
  currency: v.pipe(v.string(), v.regex(/^[A-Z]{3}$/)),
  /** No two check-ins of a member count within so many hours; 0 counts all. */
  cooldown_hours: v.pipe(v.number(), v.minValue(0), v.maxValue(720)),
  points_per_visit: points(),
  /** `points` for every full `per` minor units of the sale; null when amounts give none. */
  points_per_amount: v.nullable(
    v.object({
      points: points(),
      per: v.pipe(v.number(), v.safeInteger(), v.minValue(1), v.maxValue(1_000_000_000)),
    }),
  ),
  welcome_points: points(),
  /** Once a year, on the first visit from a week before the day to a week after. */
  birthday_points: points(),
  /** Once, to the member who invited and to the one who came, when that one's first visit counts. */
  referral_points: v.optional(points(), PLAIN_TERMS.referral_points),
  /** From how many points ever earned on a member is of which tier, the lowest first; without one all are alike. */
  tiers: v.optional(
    v.pipe(
      v.array(
        v.object({ name: localizedTextSchema, from: v.pipe(v.number(), v.safeInteger(), v.minValue(1)) }),
      ),
      v.maxLength(5),
      v.check(
        (tiers) => tiers.every(({ from }, index) => index === 0 || from > tiers[index - 1]!.from),
        'not rising',
      ),
    ),
    PLAIN_TERMS.tiers,
  ),
  /** A balance lapses after so many months without a visit that counts; null when points stay. */
  expiry_months: v.optional(
    v.nullable(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(120))),
    PLAIN_TERMS.expiry_months,
  ),
  /** How many points may be redeemed without asking the server, by one member and on one tablet, on one day of the shop. */
  offline_budget: v.optional(v.object({ member: points(), tablet: points() }), PLAIN_TERMS.offline_budget),
});
export type Programme = v.InferOutput<typeof programmeSchema>;

function points() {
  return v.pipe(v.number(), v.safeInteger(), v.minValue(0), v.maxValue(1_000_000));
}

/** What a tablet shows of a member. */
export const knownMemberSchema = v.object({
  id: uuidSchema,
  name: v.string(),
  points: v.pipe(v.number(), v.safeInteger()),
  /** ISO 8601, the last visit that counted; null before the first. */
  last_visit: v.nullable(v.string()),
  /** The tier they have reached, counted from 1; absent below the first. */
  tier: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1))),
  /** MM-DD; absent where nobody knows it. */
  birthday: v.optional(v.string()),
});
export type KnownMember = v.InferOutput<typeof knownMemberSchema>;
