import { inflateRawSync } from "node:zlib";
import type { ReadLimits } from "../../document.ts";
import { refusal, within } from "../../refusal.ts";
import { type Extracted, readHtml } from "../html.ts";

/** The text of a Word document, as Markdown. */
export async function readDocx(location: string, bytes: Uint8Array, limits: ReadLimits): Promise<Extracted> {
  const archive = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const names = checkedMembers(location, archive, limits);
  if (!names.includes("word/document.xml")) {
    throw refusal(location, "kind", { words: "it is an archive, but no Word document" });
  }
  const { default: mammoth } = await import("mammoth");
  const { value } = await mammoth.convertToHtml(
    { buffer: archive },
    {
      convertImage: mammoth.images.imgElement(async () => ({ src: "" })),
      includeEmbeddedStyleMap: false,
      styleMap: ["p[style-name='Title'] => h1:fresh", "p[style-name='Subtitle'] => h2:fresh"],
    },
  );
  return readHtml(location, value, limits);
}

const endRecord = 0x06054b50;
const centralRecord = 0x02014b50;
const localRecord = 0x04034b50;

/**
 * The names in a ZIP archive, once all that it holds has been unpacked and counted: what an archive says about its
 * sizes is not believed, and members that share their bytes count as often as they are named.
 */
function checkedMembers(location: string, archive: Buffer, limits: ReadLimits): readonly string[] {
  const names: string[] = [];
  let room = limits.unpackedBytes;
  try {
    const end = archive.lastIndexOf(Buffer.from("PK\u0005\u0006"));
    if (end < 0 || archive.readUInt32LE(end) !== endRecord) throw new Error("it is cut off");
    let at = archive.readUInt32LE(end + 16);
    for (; archive.readUInt32LE(at) === centralRecord; ) {
      const [name = 0, extra = 0, comment = 0] = [28, 30, 32].map((field) => archive.readUInt16LE(at + field));
      names.push(archive.toString("utf8", at + 46, at + 46 + name));
      room -= unpackedSize(archive, at, room);
      at += 46 + name + extra + comment;
    }
  } catch (cause) {
    const tooLarge = (cause as NodeJS.ErrnoException).code === "ERR_BUFFER_TOO_LARGE";
    within(location, {
      amount: tooLarge ? limits.unpackedBytes + 1 : 0,
      limit: limits.unpackedBytes,
      what: "bytes once it is unpacked",
    });
    throw refusal(location, "damaged", { words: "it is a damaged archive", cause });
  }
  return names;
}

/** How much one member holds, at most `room`. */
function unpackedSize(archive: Buffer, entry: number, room: number): number {
  const method = archive.readUInt16LE(entry + 10);
  const packed = archive.readUInt32LE(entry + 20);
  const local = archive.readUInt32LE(entry + 42);
  if (archive.readUInt32LE(local) !== localRecord) throw new Error("a member is not where it should be");
  const start = local + 30 + archive.readUInt16LE(local + 26) + archive.readUInt16LE(local + 28);
  if (method === 0) return packed;
  return inflateRawSync(archive.subarray(start, start + packed), { maxOutputLength: Math.max(1, room) }).length;
}
