import { crc32 } from 'node:zlib';

export interface ZipEntry {
  /** Path inside the archive, with `/`. */
  name: string;
  bytes: Buffer;
}

const LOCAL = 0x04034b50;
const CENTRAL = 0x02014b50;
const END = 0x06054b50;
/** Names are UTF-8. */
const FLAGS = 0x0800;
const VERSION = 20;
const LONGEST = 0xffff_ffff;

/**
 * A ZIP archive of a few pictures. They are compressed already, so that storing them is all there is to do.
 * @throws RangeError beyond 4 GB, where the format changes.
 */
export function zip(entries: ZipEntry[], at: Date): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, bytes } of entries) {
    const title = Buffer.from(name, 'utf8');
    const common = commonFields(title, bytes, at);
    const local = Buffer.alloc(4);
    local.writeUInt32LE(LOCAL);
    directory.push(centralHeader(common, offset), title);
    parts.push(local, common, title, bytes);
    offset += local.length + common.length + title.length + bytes.length;
    if (offset > LONGEST) throw new RangeError('an archive of more than 4 GB cannot be made');
  }
  const listing = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(END, 0);
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(listing.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...parts, listing, end]);
}

/** From "version needed" to "extra field length": the same bytes before the file and in the directory. */
function commonFields(title: Buffer, bytes: Buffer, at: Date): Buffer {
  const fields = Buffer.alloc(26);
  fields.writeUInt16LE(VERSION, 0);
  fields.writeUInt16LE(FLAGS, 2);
  fields.writeUInt16LE((at.getHours() << 11) | (at.getMinutes() << 5) | (at.getSeconds() >> 1), 6);
  fields.writeUInt16LE(((at.getFullYear() - 1980) << 9) | ((at.getMonth() + 1) << 5) | at.getDate(), 8);
  fields.writeUInt32LE(crc32(bytes), 10);
  fields.writeUInt32LE(bytes.length, 14);
  fields.writeUInt32LE(bytes.length, 18);
  fields.writeUInt16LE(title.length, 22);
  return fields;
}

function centralHeader(common: Buffer, offset: number): Buffer {
  const head = Buffer.alloc(6);
  head.writeUInt32LE(CENTRAL, 0);
  head.writeUInt16LE(VERSION, 4);
  const tail = Buffer.alloc(14);
  tail.writeUInt32LE(offset, 10);
  return Buffer.concat([head, common, tail]);
}
