import type { Sentence } from './sentence.js';

const HANDLE = /(?<![\p{L}\p{N}._@])@[A-Za-z0-9_](?:[A-Za-z0-9._]{0,28}[A-Za-z0-9_])?/gu;
const MAIL = /[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g;
const LINK = /\b(?:https?:\/\/|www\.)\S+|\b[\w-]+\.(?:com|co\.kr|kr|net|shop|me)(?:\/\S*)?\b/gi;
const PHONE =
  /(?:(?:☎|☏|T\.|Tel\.?|TEL\.?|전화|문의|예약|예약문의|전화번호|연락처|주문)\s?[:)]?\s?)?(?<!\d)(?:\+82[-\s]?\d{1,2}|\(?0\d{1,3}\)?)[-.\s)]{0,2}\d{3,4}[-.\s]\d{4}(?!\d)|(?<!\d)1[5-9]\d{2}[-.\s]\d{4}(?!\d)/gu;

/** Telephone, @name, mail and link. A second @name is a note: a picture has place for one. */
export function findContacts(sentence: Sentence): void {
  for (const match of sentence.rest.matchAll(MAIL)) sentence.take('note', match.index, match.index + match[0].length);
  for (const match of sentence.rest.matchAll(LINK)) sentence.take('note', match.index, match.index + match[0].length);
  for (const match of sentence.rest.matchAll(HANDLE)) {
    sentence.take(sentence.has('handle') ? 'note' : 'handle', match.index, match.index + match[0].length);
  }
  for (const match of sentence.rest.matchAll(PHONE)) {
    const after = /^\s?(?:예약|문의|주문|전화|환영|가능|으로 (?:예약|문의|주문))+/u.exec(
      sentence.rest.slice(match.index + match[0].length),
    );
    sentence.take('note', match.index, match.index + match[0].length + (after?.[0].length ?? 0));
  }
}
