import type { Programme } from '../../domain/member';
import type { DateOrder } from '../../domain/import/stamp';
import type { Columns, FileKind } from '../../domain/member-import/fields';
import { guessColumns } from '../../domain/member-import/guess-columns';
import type { FileOptions, FileProblem } from '../../domain/member-import/plan-file';
import type { RowRefusal, RowSums, RowWarning } from '../../domain/member-import/report';
import type { ImportedRow } from '../../domain/member-import/rows';
import { admin_rows_balance_note } from '../../i18n/paraglide/messages';
import type { FileJob } from '../import/file-job';
import { localDate } from '../scores/period';
import type { Shop } from '../shop.svelte';
import { runRows } from './run-rows';

/** What the shop must have first, and what ids are made with. */
export type Ground = { programme: Programme; salts: { import: string; directory: string } };

export type RowsDraft = {
  columns: Columns;
  dateOrder: DateOrder | 'auto';
  timeZone: string;
  /** YYYY-MM-DD, for members of whom the file does not say it. */
  joined: string;
  currency: string;
};

/** A file of members, visits or balances. */
export type RowTypes = {
  draft: RowsDraft;
  /** `country`: whose numbers are written without a prefix (ISO 3166-1 alpha-2). */
  options: Omit<FileOptions, 'parsePhone'> & { country: string };
  problem: FileProblem | { code: 'currency_unknown' };
  sums: RowSums;
  reason: RowRefusal;
  warning: RowWarning;
  row: ImportedRow;
};

export function rowJob(shop: Shop, kind: FileKind, { programme, salts }: Ground): FileJob<RowTypes> {
  return {
    openWorker: () => new Worker(new URL('./rows-worker.ts', import.meta.url), { type: 'module' }),
    guess: ({ header, sample }, timeZone) => ({
      columns: guessColumns(kind, header, sample),
      dateOrder: 'auto',
      timeZone,
      joined: localDate(Date.now(), timeZone),
      currency: programme.currency,
    }),
    optionsOf(draft) {
      if (!/^[A-Z]{3}$/.test(draft.currency)) return { ok: false, problem: { code: 'currency_unknown' } };
      const { default_locale: locale } = shop.organization;
      const { country } = programme;
      return { ok: true, options: { ...draft, kind, now: Date.now(), locale, country } };
    },
    run: (rows, sending) =>
      runRows({
        ...sending,
        calls: shop.calls,
        organization: shop.organization.id,
        salt: salts.import,
        rows,
        note: admin_rows_balance_note(),
      }),
  };
}
