import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { rm } from "node:fs/promises";
import { aborted } from "../calling/abort.ts";
import type { WeightsOptions } from "../options.ts";

interface Expected {
  readonly sha256: string;
  readonly model: string;
  readonly bytes: number;
  readonly from: string;
}

/** Checks a fetched file; one that is not what was promised is deleted, so that no later try builds on it. */
export async function checkFile(path: string, expected: Expected, options: WeightsOptions): Promise<void> {
  const hash = createHash("sha256");
  let done = 0;
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) {
    if (options.signal?.aborted) throw aborted(options.signal);
    hash.update(chunk);
    done += chunk.length;
    options.onProgress?.({ model: expected.model, phase: "check", done, total: expected.bytes });
  }
  const found = hash.digest("hex");
  if (found === expected.sha256) return;
  await rm(path, { force: true });
  throw new Error(`What came from ${expected.from} has the SHA-256 ${found}, not ${expected.sha256}: it was deleted.`);
}
