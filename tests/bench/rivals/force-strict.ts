/**
 * Makes every transaction of this page strict, for libraries that offer no way to ask for it: so that their times can be
 * compared. It reaches into the browser's own prototype, which is nothing to do in an application.
 */
export function forceStrict(): void {
  const transaction = IDBDatabase.prototype.transaction;
  IDBDatabase.prototype.transaction = function (stores, mode) {
    return transaction.call(this, stores, mode, { durability: 'strict' });
  };
}
