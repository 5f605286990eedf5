import { open, stat } from "node:fs/promises";
import { TinyTroupeError } from "../../values/errors.ts";
import { fileReason } from "../reasons.ts";

/**
 * Reads a file of text, UTF-8 with or without a byte order mark, of at most so many bytes. FILE_UNREADABLE for what is
 * no such file: neither a pipe, which would keep us waiting, nor a device, which has no end, is opened.
 */
export async function readTextFile(file: string, { mostBytes }: { readonly mostBytes: number }): Promise<string> {
  try {
    const found = await stat(file);
    if (!found.isFile()) throw new Error("it is a folder or a device, not a file");
    if (found.size > mostBytes) throw new Error(`it has ${found.size} bytes; at most ${mostBytes} are read`);
    await using handle = await open(file, "r");
    return new TextDecoder("utf-8", { fatal: true }).decode(await handle.readFile());
  } catch (cause) {
    throw new TinyTroupeError("FILE_UNREADABLE", `Cannot read ${file}: ${fileReason(cause)}.`, {
      data: { file },
      hint: "Check the path, from the folder where the program runs, and that the file is UTF-8 text.",
      cause,
    });
  }
}
