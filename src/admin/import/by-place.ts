import type { ImportedRecord } from '../../domain/import/records';

/** Rows by the location they go to, as ingest takes them: one place a batch. */
export function byPlace<Row extends { location: string | null }>(
  rows: Iterable<Row>,
  locationOf: (name: string | null) => string,
): Map<string, Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const location = locationOf(row.location);
    const group = groups.get(location);
    if (group) group.push(row);
    else groups.set(location, [row]);
  }
  return groups;
}

/** The place is said once per batch, by its id; its name in the file stays here. */
export function wireForm({ id, kind, v, body, sha256, occurredAt, tzOffset }: ImportedRecord) {
  return { id, kind, v, body, sha256, occurredAt, tzOffset };
}
