/** What pouchdb.ts uses of a library that comes without types. */
declare module 'pouchdb-browser' {
  export default class PouchDB {
    constructor(nameOrUrl: string, options?: { skip_setup?: boolean });
    info(): Promise<unknown>;
    put(document: { _id: string }): Promise<unknown>;
    bulkDocs(documents: { _id: string }[]): Promise<unknown>;
    replicate: { to(remote: PouchDB, options: { batch_size: number }): Promise<unknown> };
  }
}
