/** The months that make one round of asking, as a name: every so many months, counted from the beginning of a year. */
export function pulseRound(at: Date, months: number): string {
  const month = 12 * at.getFullYear() + at.getMonth();
  return `${months}/${Math.floor(month / months)}`;
}
