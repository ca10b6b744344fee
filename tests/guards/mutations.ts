/** A test, by its file and its full name. */
export type Guard = { file: string; test: string };

/** A promise broken on purpose, and the tests that must turn red when it is. */
export type Mutation = {
  name: string;
  /** The source and the text in it, there exactly once, that is replaced. */
  file: string;
  find: string;
  replace: string;
  turnsRed: readonly Guard[];
};

const PROPERTY: Guard = {
  file: 'tests/unit/device/outbox.property.test.ts',
  test: 'outbox, queue and drain, whatever happens between any two steps lose no confirmed record, double none, and bring all to the server once it is whole',
};

export const MUTATIONS: readonly Mutation[] = [
  {
    name: 'durability is relaxed',
    file: 'src/device/outbox.ts',
    find: "{ durability: 'strict' }",
    replace: "{ durability: 'relaxed' }",
    turnsRed: [
      {
        file: 'tests/unit/device/outbox.test.ts',
        test: 'outbox and queue opens every appending transaction with strict durability',
      },
    ],
  },
  {
    name: 'the thanks comes before the transaction is done',
    file: 'src/device/outbox.ts',
    find: 'await Promise.all([adding, tx.done])',
    replace: 'await Promise.all([adding, tx.done.catch(() => {})])',
    turnsRed: [PROPERTY],
  },
  {
    name: 'records are deleted before the server has answered',
    file: 'src/device/send-batch.ts',
    find: '  const result = await ingest(',
    replace: '  await queue.settle(batch, []);\n  const result = await ingest(',
    turnsRed: [
      {
        file: 'tests/unit/device/drain.test.ts',
        test: 'the drain keeps every record after no answer, and sends them once it is over',
      },
      PROPERTY,
    ],
  },
  {
    name: 'a 200 counts as stored, whomever it names',
    file: 'src/device/send-batch.ts',
    find: 'await queue.settle(acknowledged, refused)',
    replace: 'await queue.settle(batch, [])',
    turnsRed: [
      {
        file: 'tests/unit/device/drain.test.ts',
        test: 'the drain deletes only the records that the server names',
      },
      PROPERTY,
    ],
  },
  {
    name: "a lone record is blamed for anybody's 413",
    file: 'src/device/send-batch.ts',
    find: "none.outcome === 'progress' ? { outcome: 'too_large' } : none",
    replace: "{ outcome: 'too_large' }",
    turnsRed: [
      {
        file: 'tests/unit/device/drain.test.ts',
        test: 'the drain sets nothing aside while everything is refused for its size, an empty batch as well',
      },
    ],
  },
  {
    name: "another request's reply counts as ours",
    file: 'src/backend/tablet-calls.ts',
    find: 'reply.value.nonce !== nonce',
    replace: 'reply.value.nonce === undefined',
    turnsRed: [
      {
        file: 'tests/unit/backend/call-function.test.ts',
        test: 'a call to the server does not take another request’s reply for its own',
      },
    ],
  },
];
