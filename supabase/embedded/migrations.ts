import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** One connection that runs SQL as the database's owner. */
export type SqlSession = {
  /** Runs any number of statements and returns the rows of each. */
  exec: (text: string) => Promise<Record<string, unknown>[][]>;
  query: <Row = Record<string, unknown>>(text: string, parameters?: unknown[]) => Promise<Row[]>;
};

const MIGRATIONS = join(import.meta.dirname, '..', 'migrations');

/**
 * Applies what is new in supabase/migrations, each file in one transaction, in the order of the names, and notes it
 * where the Supabase CLI notes it. Throws on the first that fails, naming it.
 */
export async function applyMigrations(sql: SqlSession): Promise<void> {
  await sql.exec(`
    create schema if not exists supabase_migrations;
    create table if not exists supabase_migrations.schema_migrations (
      version text primary key, statements text[], name text
    )`);
  const applied = new Set(
    (await sql.query<{ version: string }>('select version from supabase_migrations.schema_migrations')).map(
      (row) => row.version,
    ),
  );
  for (const file of (await readdir(MIGRATIONS)).filter((name) => name.endsWith('.sql')).sort()) {
    const [, version, name] = /^(\d{14})_(\w+)\.sql$/.exec(file) ?? [];
    if (!version || !name) throw new Error(`A migration's name must be <14 digits>_<name>.sql: ${file}`);
    if (applied.has(version)) continue;
    const text = await readFile(join(MIGRATIONS, file), 'utf8');
    const note = `insert into supabase_migrations.schema_migrations (version, name) values ('${version}', '${name}')`;
    try {
      await sql.exec(`begin;\n${text}\n;${note};\ncommit;`);
    } catch (error) {
      await sql.exec('rollback').catch(() => {});
      throw new Error(`The migration ${file} failed`, { cause: error });
    }
  }
}
