export type HeatCell =
  /** Nobody said anything here. */
  | { kind: 'empty' }
  | { kind: 'too-few'; title: string }
  | {
      kind: 'figure';
      words: string;
      /** A second, quieter figure where there is room. */
      detail: string;
      title: string;
      /** −1 … 1: how far below or above the middle. */
      tone: number;
      isMarked: boolean;
    };
