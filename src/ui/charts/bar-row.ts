export type BarRow = {
  key: string;
  label: string;
  /** Length of the bar, 0 or more. */
  value: number;
  /** The figure in words at the right. */
  words: string;
  /** A second, quieter figure. */
  detail?: string;
  color?: string;
};
