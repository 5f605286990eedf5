import { createReadStream } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { Readable } from "node:stream";
import { createInflateRaw } from "node:zlib";

interface Member {
  readonly offset: number;
  readonly packed: number;
  readonly size: number;
  readonly method: number;
}

const endRecord = 0x06054b50;
const centralRecord = 0x02014b50;
const localRecord = 0x04034b50;
const wide = 0xffffffff;

/**
 * The bytes of one member of a ZIP archive, as a stream. Names inside the archive are only compared, never
 * used as paths. Throws a plain error for what is no archive, has no such member, or is larger than it says.
 */
export async function readMember(archive: string, name: string): Promise<Readable> {
  const handle = await open(archive);
  try {
    const member = await find(handle, name);
    if (member === undefined) throw new Error(`${archive} has no member ${name}.`);
    const start = await dataStart(handle, member.offset);
    const packed =
      member.packed === 0 ? Readable.from([]) : createReadStream(archive, { start, end: start + member.packed - 1 });
    if (member.method === 0) return packed;
    if (member.method !== 8) throw new Error(`${name} in ${archive} is packed in an unknown way (${member.method}).`);
    return limited(packed, member.size, name);
  } finally {
    await handle.close();
  }
}

/** Unpacks, and stops at the size that the archive declares: no small file fills a disk. */
function limited(packed: Readable, size: number, name: string): Readable {
  const inflate = createInflateRaw();
  packed.on("error", (error) => inflate.destroy(error));
  packed.pipe(inflate);
  async function* bytes(): AsyncGenerator<Uint8Array> {
    let done = 0;
    for await (const chunk of inflate) {
      done += chunk.length;
      if (done > size) throw new Error(`${name} is larger than its archive says.`);
      yield chunk;
    }
    if (done !== size) throw new Error(`${name} ends after ${done} of ${size} bytes.`);
  }
  return Readable.from(bytes());
}

async function read(handle: FileHandle, position: number, length: number): Promise<Buffer> {
  const buffer = Buffer.alloc(length);
  const { bytesRead } = await handle.read(buffer, 0, length, position);
  if (bytesRead < length) throw new Error("The archive is cut off.");
  return buffer;
}

async function find(handle: FileHandle, name: string): Promise<Member | undefined> {
  const { size } = await handle.stat();
  const tail = await read(handle, Math.max(0, size - 65_557), Math.min(size, 65_557));
  let end = tail.length - 22;
  while (end >= 0 && tail.readUInt32LE(end) !== endRecord) end--;
  if (end < 0) throw new Error("This is no ZIP archive.");
  const directory = await read(handle, tail.readUInt32LE(end + 16), tail.readUInt32LE(end + 12));
  for (let at = 0; at + 46 <= directory.length && directory.readUInt32LE(at) === centralRecord; ) {
    const [nameLength, extra, comment] = [28, 30, 32].map((field) => directory.readUInt16LE(at + field)) as [
      number,
      number,
      number,
    ];
    const member = {
      method: directory.readUInt16LE(at + 10),
      packed: directory.readUInt32LE(at + 20),
      size: directory.readUInt32LE(at + 24),
      offset: directory.readUInt32LE(at + 42),
    };
    if (directory.toString("utf8", at + 46, at + 46 + nameLength) === name) {
      if ([member.packed, member.size, member.offset].includes(wide))
        throw new Error(`${name} is too large for this reader.`);
      return member;
    }
    at += 46 + nameLength + extra + comment;
  }
  return undefined;
}

async function dataStart(handle: FileHandle, offset: number): Promise<number> {
  const header = await read(handle, offset, 30);
  if (header.readUInt32LE(0) !== localRecord) throw new Error("The archive is damaged.");
  return offset + 30 + header.readUInt16LE(26) + header.readUInt16LE(28);
}
