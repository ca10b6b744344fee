/** One measured number beside the floor that the same run measured, in ms, and what was promised of it. */
export type Figure = {
  what: string;
  /** What Verna takes, in ms. */
  ms: number;
  floor: { what: string; ms: number };
  budget?: Budget;
  /** A second way to say `ms`, such as records per second. */
  note?: string;
};

/** ratio: at most so many times the floor; below: less than that; ms: at most so many ms, whatever the floor. */
export type Budget = { ratio: number } | { below: number } | { ms: number };

function ratioOf({ ms, floor }: Figure): number {
  return ms / floor.ms;
}

export function isOver(figure: Figure): boolean {
  const { budget, ms } = figure;
  if (!budget) return false;
  if ('ratio' in budget) return ratioOf(figure) > budget.ratio;
  if ('below' in budget) return ratioOf(figure) >= budget.below;
  return ms > budget.ms;
}

function budgetWords(budget: Budget | undefined): string {
  if (!budget) return '–';
  if ('ratio' in budget) return `≤ ${budget.ratio} ×`;
  if ('below' in budget) return `< ${budget.below} ×`;
  return `≤ ${budget.ms} ms`;
}

function milliseconds(ms: number): string {
  return ms < 100 ? ms.toFixed(1) : ms.toFixed(0);
}

const HEADINGS = ['', 'Verna ms', 'floor ms', 'ratio', 'budget', '', ''];

/** The figures as a table of plain text. */
export function tableOf(figures: readonly Figure[]): string {
  const rows = figures.map((figure) => [
    figure.what,
    milliseconds(figure.ms),
    milliseconds(figure.floor.ms),
    ratioOf(figure).toFixed(2),
    budgetWords(figure.budget),
    figure.budget ? (isOver(figure) ? 'OVER' : 'pass') : '',
    `floor: ${figure.floor.what}${figure.note ? `; ${figure.note}` : ''}`,
  ]);
  const widths = HEADINGS.map((heading, column) =>
    Math.max(heading.length, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  const isNumber = (column: number) => column >= 1 && column <= 4;
  return [HEADINGS, ...rows]
    .map((row) =>
      row
        .map((cell, column) =>
          isNumber(column) ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0),
        )
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
