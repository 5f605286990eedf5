import { z } from "zod";
import { readTextFile } from "../kernel/text/files/read-text.ts";
import { issueLines } from "../kernel/text/issues.ts";
import { readJson } from "../kernel/text/written.ts";
import { type Issue, TinyTroupeError } from "../kernel/values/errors.ts";
import type { Draw } from "./draw.ts";

const drawSchema = z.object({
  id: z.string().min(1),
  values: z.record(z.string(), z.union([z.string(), z.number()])),
  weight: z.number().default(1),
  household: z.object({ id: z.string(), partner: z.string().optional() }).optional(),
});

/** In bytes: some million people. */
const largestFile = 512 * 1024 * 1024;

/**
 * Reads people who were drawn, one a line (JSON Lines), as `population sample --out draws.jsonl` writes them.
 * Throws FILE_UNREADABLE, and POPULATION_INVALID with the lines that are none.
 */
export async function loadDraws(file: string): Promise<readonly Draw[]> {
  const text = await readTextFile(file, { mostBytes: largestFile });
  const issues: Issue[] = [];
  const draws = text.split(/\r?\n/).flatMap((line, index): Draw[] => {
    if (line.trim() === "") return [];
    const read = readJson(line);
    const parsed = "fault" in read ? undefined : drawSchema.safeParse(read.value);
    if (parsed?.success) return [parsed.data as Draw];
    const [issue] = parsed?.error.issues ?? [];
    const message = issue === undefined ? "This is no JSON." : issue.message;
    issues.push({ path: issue?.path.join(".") ?? "", message, line: index + 1, column: 1 });
    return [];
  });
  if (issues.length === 0 && draws.length > 0) return draws;
  const wrong = issues.length > 0 ? issues.slice(0, 20) : [{ path: "", message: "Nobody is in it." }];
  throw new TinyTroupeError("POPULATION_INVALID", [`${file} holds no draws:`, ...issueLines(wrong, file)].join("\n"), {
    data: { file, issues: wrong },
    hint: "One person a line, as tinytroupe population sample buyers.yaml --out draws.jsonl writes them.",
  });
}
