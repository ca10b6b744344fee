/** What a file of members may hold. */
export const FILE_KINDS = ['members', 'visits', 'balances'] as const;
export type FileKind = (typeof FILE_KINDS)[number];

/** What a column may say, by what the file holds. */
export const FIELDS = {
  members: [
    'phone',
    'firstName',
    'joined',
    'birthday',
    'email',
    'locale',
    'reference',
    'location',
    'programme',
    'messages',
    'call',
    'publish',
  ],
  visits: ['phone', 'reference', 'at', 'amount', 'currency', 'receipt', 'location'],
  balances: ['phone', 'reference', 'points'],
} as const satisfies Record<FileKind, readonly string[]>;

export type Field = (typeof FIELDS)[FileKind][number];

/** Which column says what, by position (0 is the first). */
export type Columns = Partial<Record<Field, number>>;

/** The columns without which no row can be read: one of each list. */
export const NEEDED: Record<FileKind, readonly (readonly Field[])[]> = {
  members: [['phone'], ['firstName']],
  visits: [['at'], ['phone', 'reference']],
  balances: [['points'], ['phone', 'reference']],
};
