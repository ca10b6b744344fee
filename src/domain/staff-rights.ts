/** What somebody behind the counter may do on a tablet; everybody may unlock it and see what waits. */
export const STAFF_RIGHTS = ['check_in', 'enrol', 'redeem', 'case', 'rescue'] as const;
export type StaffRight = (typeof STAFF_RIGHTS)[number];
