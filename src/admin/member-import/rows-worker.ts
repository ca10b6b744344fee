import { parsePhone } from '../../device/phone';
import { planFile } from '../../domain/member-import/plan-file';
import { serveFile } from '../import/serve-file';
import type { RowTypes } from './row-job';

serveFile<RowTypes>((table, options) => {
  const result = planFile(table, { ...options, parsePhone: (typed) => parsePhone(typed, options.country) });
  return result.ok ? { ok: true, ...result.plan } : result;
});
