import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openEmbeddedBackend } from './backend';
import type { SqlSession } from './migrations';

/**
 * Writes src/backend/database.types.ts from the migrations: the `Database` type that supabase-js takes, in the shape of
 * `supabase gen types typescript`, which needs a container or an account. With `--check` it writes nothing and exits
 * with 1 when the file is stale.
 */

export const TYPES_FILE = join(import.meta.dirname, '..', '..', 'src', 'backend', 'database.types.ts');

type Column = {
  table: string;
  name: string;
  type: string;
  nullable: boolean;
  /** The database fills it in when an insert leaves it out. */
  defaulted: boolean;
};

type Relationship = {
  table: string;
  name: string;
  columns: string[];
  referenced_table: string;
  referenced_columns: string[];
  one_to_one: boolean;
};

type DatabaseFunction = {
  name: string;
  returns: string;
  returns_set: boolean;
  arguments: { name: string; type: string; optional: boolean }[];
};

/** The text of the file of a database with Verna's schema. */
export async function generateTypes(sql: SqlSession): Promise<string> {
  const tables = renderTables(await readColumns(sql), await readRelationships(sql));
  const functions = (await readFunctions(sql)).map(renderFunction);
  return `// Generated from supabase/migrations by supabase/embedded/generate-types.ts; changes here are lost.

export type Json = string | number | boolean | null | { [key: string]: Json | undefined } | Json[];

export type Database = {
  public: {
    Tables: {
${tables.join('\n')}
    };
    Views: Record<never, never>;
    Functions: {
${functions.join('\n')}
    };
    Enums: Record<never, never>;
    CompositeTypes: Record<never, never>;
  };
};
`;
}

async function typesOfMigrations(): Promise<string> {
  const backend = await openEmbeddedBackend(null);
  try {
    return await generateTypes(backend.sql);
  } finally {
    await backend.close();
  }
}

function readColumns(sql: SqlSession): Promise<Column[]> {
  return sql.query<Column>(`
    select table_name as table, column_name as name, udt_name as type,
      is_nullable = 'YES' as nullable, column_default is not null as defaulted
    from information_schema.columns where table_schema = 'public'
    order by table_name collate "C", column_name collate "C"`);
}

function readRelationships(sql: SqlSession): Promise<Relationship[]> {
  // A partitioned table's keys are repeated on its partitions (conparentid); references out of public are not part of the API.
  return sql.query<Relationship>(`
    select source.relname as table, conname as name,
      array(select attname::text from unnest(conkey) with ordinality as key (number, position)
        join pg_attribute on attrelid = conrelid and attnum = number order by position) as columns,
      target.relname as referenced_table,
      array(select attname::text from unnest(confkey) with ordinality as key (number, position)
        join pg_attribute on attrelid = confrelid and attnum = number order by position) as referenced_columns,
      exists (select 1 from pg_index where indrelid = conrelid and indisunique
        and indkey::int2[] <@ conkey and conkey <@ indkey::int2[]) as one_to_one
    from pg_constraint
    join pg_class as source on source.oid = conrelid
    join pg_class as target on target.oid = confrelid
    where contype = 'f' and conparentid = 0
      and source.relnamespace = 'public'::regnamespace and target.relnamespace = 'public'::regnamespace
    order by conname collate "C"`);
}

function readFunctions(sql: SqlSession): Promise<DatabaseFunction[]> {
  return sql.query<DatabaseFunction>(`
    select proname as name, result.typname as returns, proretset as returns_set,
      coalesce((
        select jsonb_agg(jsonb_build_object('name', proargnames[position], 'type', typname,
          'optional', position > pronargs - pronargdefaults) order by position)
        from unnest(proargtypes) with ordinality as argument (type, position)
        join pg_type on pg_type.oid = argument.type
      ), '[]') as arguments
    from pg_proc join pg_type as result on result.oid = prorettype
    where pronamespace = 'public'::regnamespace and prokind = 'f'
    order by proname collate "C"`);
}

function renderTables(columns: Column[], relationships: Relationship[]): string[] {
  return [...new Set(columns.map((column) => column.table))].map((table) => {
    const own = columns.filter((column) => column.table === table);
    const row = own.map(({ name, ...column }) => `${name}: ${columnType(column)};`);
    const insert = own.map(
      ({ name, ...column }) =>
        `${name}${column.nullable || column.defaulted ? '?' : ''}: ${columnType(column)};`,
    );
    const update = own.map(({ name, ...column }) => `${name}?: ${columnType(column)};`);
    const keys = relationships.filter((key) => key.table === table).map(renderRelationship);
    const block = (name: string, lines: string[]) =>
      `        ${name}: {\n${lines.map((line) => `          ${line}`).join('\n')}\n        };`;
    return [
      `      ${table}: {`,
      block('Row', row),
      block('Insert', insert),
      block('Update', update),
      keys.length === 0
        ? '        Relationships: [];'
        : `        Relationships: [\n${keys.join('\n')}\n        ];`,
      '      };',
    ].join('\n');
  });
}

function renderRelationship(key: Relationship): string {
  const list = (names: string[]) => `[${names.map((name) => `'${name}'`).join(', ')}]`;
  return `          {
            foreignKeyName: '${key.name}';
            columns: ${list(key.columns)};
            isOneToOne: ${key.one_to_one};
            referencedRelation: '${key.referenced_table}';
            referencedColumns: ${list(key.referenced_columns)};
          },`;
}

function renderFunction(called: DatabaseFunction): string {
  const args = called.arguments.map(
    ({ name, type, optional }) => `${name}${optional ? '?' : ''}: ${typescriptType(type)}`,
  );
  const returns = typescriptType(called.returns) + (called.returns_set ? '[]' : '');
  return `      ${called.name}: {
        Args: ${args.length === 0 ? 'never' : `{ ${args.join('; ')} }`};
        Returns: ${returns};
      };`;
}

function columnType({ type, nullable }: Pick<Column, 'type' | 'nullable'>): string {
  return typescriptType(type) + (nullable ? ' | null' : '');
}

/** What PostgREST's JSON makes of a type of Postgres; throws on one that has no place here yet. */
function typescriptType(type: string): string {
  if (type.startsWith('_')) return `${typescriptType(type.slice(1))}[]`;
  switch (type) {
    case 'bool':
      return 'boolean';
    case 'int2':
    case 'int4':
    case 'int8':
      return 'number';
    case 'date':
    case 'text':
    case 'timestamp':
    case 'timestamptz':
    case 'tsvector':
    case 'uuid':
      return 'string';
    case 'json':
    case 'jsonb':
      return 'Json';
    default:
      throw new Error(`No TypeScript type is known for ${type}`);
  }
}

/** Whether the file says what the migrations say. */
export async function typesAreFresh(): Promise<boolean> {
  const [generated, written] = await Promise.all([
    typesOfMigrations(),
    readFile(TYPES_FILE, 'utf8').catch(() => ''),
  ]);
  return generated === written;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  if (!process.argv.includes('--check')) {
    await writeFile(TYPES_FILE, await typesOfMigrations());
  } else if (!(await typesAreFresh())) {
    console.error('src/backend/database.types.ts is stale: run supabase/embedded/generate-types.ts');
    process.exitCode = 1;
  }
}
