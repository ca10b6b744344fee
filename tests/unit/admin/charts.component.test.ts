import { render, screen, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { createRawSnippet } from 'svelte';
import { describe, expect, it } from 'vitest';
import FigureCard from '../../../src/admin/scores/FigureCard.svelte';
import { measuresOf } from '../../../src/admin/scores/measure';
import { defaultSurvey } from '../../../src/domain/default-survey';
import { csat } from '../../../src/domain/statistics/csat';
import ChartPanel from '../../../src/ui/charts/ChartPanel.svelte';
import HeatTable from '../../../src/ui/charts/HeatTable.svelte';

const nothing = createRawSnippet(() => ({ render: () => '<span></span>' }));
const [measure] = measuresOf([defaultSurvey]);

describe('a figure card', () => {
  const card = (now: number[], before: number[]) =>
    render(FigureCard, {
      measure: measure!,
      now: csat(now),
      before: csat(before),
      isChosen: true,
      onchoose: () => {},
      children: nothing,
    });

  it('shows the share with its interval and n, and the picture says the same', () => {
    card([10, 20, 50, 200, 232], [10, 20, 50, 200, 231]);
    expect(screen.getByRole('heading', { name: 'Satisfied' })).toBeTruthy();
    expect(screen.getByRole('img').getAttribute('aria-label')).toBe('84.4% · 95%: 81.0% to 87.3% · n = 512');
    expect(screen.getByText(/may be chance/)).toBeTruthy();
  });

  it('withholds the figure and its picture below the minimum', () => {
    card([0, 0, 1, 3, 5], [0, 0, 0, 0, 0]);
    expect(screen.getByText('Too few answers: 9 of 10')).toBeTruthy();
    expect(screen.queryByRole('img')).toBeNull();
  });
});

describe('a chart', () => {
  it('has its figures as a table', async () => {
    render(ChartPanel, {
      title: 'Scores',
      table: { columns: [{ label: 'Score' }, { label: 'n', numeric: true }], rows: [['Good', '12']] },
      words: { showTable: 'Show as table', download: 'Download CSV' },
      fileName: 'x.csv',
      children: nothing,
    });
    await userEvent.click(screen.getByText('Show as table'));
    const table = screen.getByRole('table', { name: 'Scores' });
    expect(within(table).getByRole('rowheader', { name: 'Good' })).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Download CSV: Scores' })).toBeTruthy();
  });

  it('of hours is a table itself, in which too few is said and no figure shown', () => {
    render(HeatTable, {
      caption: 'When',
      columns: ['Mon', 'Tue', 'Wed'],
      rows: [
        {
          key: '9',
          label: '09:00',
          cells: [
            { kind: 'figure', words: '84', detail: '62', title: 'Mon 09:00: 84%', tone: 0.1, isMarked: true },
            { kind: 'too-few', title: 'Tue 09:00: too few' },
            { kind: 'empty' },
          ],
        },
      ],
      legend: { low: 'below', high: 'above', mark: 'more than chance', tooFew: 'too few' },
    });
    const cells = screen.getAllByRole('cell').map((cell) => cell.textContent?.trim());
    expect(cells.slice(1)).toEqual(['8462', 'Tue 09:00: too few', '']);
    expect(screen.getByTitle('Mon 09:00: 84%').classList.contains('mark')).toBe(true);
  });
});
