import type { FaultServer } from './server';

/** Far longer than a batch takes, and far shorter than the sleep. */
const LIMIT_MS = 2_000;

export type SlowRow = {
  /** Rows that were begun, whether or not they were kept: a sequence does not go back with a transaction. */
  rowsSeen: () => Promise<number>;
  remove: () => Promise<void>;
};

/** One of this tablet's answers, counted from 1, takes the database a minute to store, and statements may not. */
export async function sleepOnce(server: FaultServer, tablet: string, at: number): Promise<SlowRow> {
  const { sql } = server.backend;
  await sql.exec(`
    create sequence private.rows_seen;
    create function private.sleep_once() returns trigger language plpgsql as $$
    begin
      if nextval('private.rows_seen') = ${at} then
        perform pg_sleep(60);
      end if;
      return new;
    end $$;
    create trigger sleeps_once before insert on public.answers
      for each row when (new.tablet_id = '${tablet}') execute function private.sleep_once()`);
  await server.limitStatements(LIMIT_MS);
  return {
    rowsSeen: async () => {
      const [row] = await sql.query<{ n: number }>('select last_value::int as n from private.rows_seen');
      return row!.n;
    },
    remove: async () => {
      await server.limitStatements(null);
      await sql.exec(`
        drop trigger sleeps_once on public.answers;
        drop function private.sleep_once;
        drop sequence private.rows_seen`);
    },
  };
}
