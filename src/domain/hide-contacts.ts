/**
 * A customer's words without what would lead to a person: e-mail addresses, links, and digits enough for a telephone number.
 * A page that is printed and left on a table must not hand them on. Rather too much than too
 * little: a date written in eight digits goes too. Names can't be told from other words and stay.
 */
export const hideContacts = (text: string): string =>
  text
    .replaceAll(/(?:https?:\/\/|www\.)\S+/giu, '…')
    .replaceAll(/[\p{L}\p{N}._%+-]+@[\p{L}\p{N}.-]+/gu, '…')
    .replaceAll(/(?<!\p{N})\+?(?:\p{Nd}[\s().\u2010-\u2015/-]*){7,}(?!\p{N})/gu, (found) =>
      // What parts it from the next word is not a digit's.
      /\s$/u.test(found) ? '… ' : '…',
    );
