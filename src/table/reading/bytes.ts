import { open, stat } from "node:fs/promises";

/** The bytes of a file, at most so many: neither a pipe, which would keep us waiting, nor a device, which has no end. */
export async function bytesOf(file: string, mostBytes: number): Promise<Uint8Array> {
  const found = await stat(file);
  if (!found.isFile()) throw new Error("it is a folder or a device, not a file");
  if (found.size > mostBytes) throw new Error(`it has ${found.size} bytes; at most ${mostBytes} are read`);
  await using handle = await open(file, "r");
  return handle.readFile();
}
