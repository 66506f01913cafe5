import { crc32 } from 'node:zlib';
import { sharp } from './sharp.js';

const SIGNATURE = Buffer.from('89504e470d0a1a0a', 'hex');
/** Signature, then the header chunk: length, type, 13 bytes, checksum. What follows may be text. */
const AFTER_HEADER = SIGNATURE.length + 4 + 4 + 13 + 4;
const KEYWORD = /^[\x21-\x7e](?:[\x20-\x7e]{0,77}[\x21-\x7e])?$/;

/** Every picture made here has a text under this keyword. */
const OWN_MARK = 'feedlyai:engine';

/**
 * The same PNG with texts that say where it comes from, readable by any picture viewer; its pixels stay as they are,
 * byte for byte. Plain ASCII is written as tEXt, everything else as iTXt (UTF-8).
 * @param texts by keyword: 1 to 79 printable ASCII characters.
 * @throws TypeError for bytes that are no PNG and for keywords that PNG does not allow.
 */
export function withPngText(png: Buffer, texts: Record<string, string>): Buffer {
  if (!png.subarray(0, SIGNATURE.length).equals(SIGNATURE)) throw new TypeError('these bytes are no PNG');
  const chunks = Object.entries(texts).map(([keyword, text]) => textChunk(keyword, text));
  return Buffer.concat([png.subarray(0, AFTER_HEADER), ...chunks, png.subarray(AFTER_HEADER)]);
}

/** What a picture of ours says of its own making; empty for everybody else's, whose texts may hold anything. */
export async function provenanceIn(picture: Buffer): Promise<Record<string, string>> {
  const { comments = [] } = await sharp(picture).metadata();
  const texts = Object.fromEntries(comments.map(({ keyword, text }) => [keyword, text]));
  return OWN_MARK in texts ? texts : {};
}

function textChunk(keyword: string, text: string): Buffer {
  if (!KEYWORD.test(keyword)) throw new TypeError(`"${keyword}" is no PNG keyword`);
  // A zero byte would end the text for every reader.
  const clean = text.replaceAll('\0', '');
  const isAscii = /^[\n -~]*$/.test(clean);
  return isAscii
    ? chunk('tEXt', Buffer.from(`${keyword}\0${clean}`, 'latin1'))
    : // Not compressed, no language, no translated keyword.
      chunk('iTXt', Buffer.from(`${keyword}\0\0\0\0\0${clean}`, 'utf8'));
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const framed = Buffer.alloc(body.length + 8);
  framed.writeUInt32BE(data.length, 0);
  body.copy(framed, 4);
  framed.writeUInt32BE(crc32(body), body.length + 4);
  return framed;
}
