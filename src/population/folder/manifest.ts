import { join } from "node:path";
import { z } from "zod";
import { readTextFile } from "../../kernel/text/files/read-text.ts";
import { issueLines, issuesInWords } from "../../kernel/text/issues.ts";
import { readJson } from "../../kernel/text/written.ts";
import { type Issue, TinyTroupeError } from "../../kernel/values/errors.ts";
import { writeJsonFile } from "../../persona/files.ts";
import { specificationSchema } from "../specification/schema.ts";

const level = z.union([z.string(), z.number()]);
const digest = z.string().regex(/^[0-9a-f]{64}$/);

const Cost = z
  .strictObject({
    calls: z.int().min(0),
    input: z.number().min(0).describe("Tokens."),
    output: z.number().min(0).describe("Tokens."),
    usd: z.number().min(0).nullable().describe("Null where a price is not known."),
  })
  .describe("What was paid for, failed attempts included.");

const Entry = z.strictObject({
  id: z.string().min(1),
  name: z.string().min(1),
  file: z
    .string()
    .regex(/^people\/[^/\\]+\.json$/)
    .describe("From the folder."),
  weight: z.number(),
  household: z.strictObject({ id: z.string(), partner: z.string().optional() }).optional(),
  draw: z.record(z.string(), level).describe("What was drawn, by the dimension."),
  hash: digest.optional().describe("SHA-256 of the persona as it was written; absent until then."),
  failed: z
    .strictObject({ code: z.string(), message: z.string(), times: z.int().min(1) })
    .optional()
    .describe("Why there is no persona, and how often it was tried."),
});

/** `population.json`: what a folder of people was made from, and by what. */
export const manifestSchema = z.strictObject({
  format: z.literal(1).describe("The version of this format."),
  simulated: z.literal(true),
  name: z.string().min(1),
  specification: specificationSchema.optional(),
  specificationHash: digest.optional(),
  seed: z.string(),
  method: z.string().optional().describe("How the people were drawn."),
  size: z.int().min(0),
  model: z.string(),
  depth: z.enum(["sketch", "standard", "deep"]),
  about: z.string().optional(),
  tinytroupe: z.string().describe("The version of the package that began it."),
  cost: Cost,
  runs: z.record(z.string(), Cost).describe("What each run had part in it."),
  people: z.array(Entry),
  deleted: z
    .array(z.strictObject({ id: z.string().min(1), deleted: z.literal(true) }))
    .optional()
    .describe("Who was deleted: they are not made again."),
});

/** What a folder of people was made from, and by what. */
export type Manifest = z.output<typeof manifestSchema>;
/** Somebody in the manifest: who was drawn, and where the persona is. */
export type ManifestEntry = z.output<typeof Entry>;
/** What a population cost, of all runs that made it. */
export type PopulationCost = z.output<typeof Cost>;

const manifestName = "population.json";
/** In bytes: some hundred thousand people. */
const largestManifest = 256 * 1024 * 1024;

export const manifestFile = (folder: string): string => join(folder, manifestName);

/** Writes the whole of it or nothing. Throws FILE_UNWRITABLE. */
export const writeManifest = (folder: string, manifest: Manifest): Promise<void> =>
  writeJsonFile(manifestFile(folder), manifest, largestManifest);

/** Throws FILE_UNREADABLE, and POPULATION_INVALID with the places of what is wrong. */
export async function readManifest(folder: string): Promise<Manifest> {
  const file = manifestFile(folder);
  const text = await readTextFile(file, { mostBytes: largestManifest });
  const read = readJson(text);
  if ("fault" in read) throw invalid(file, [read.fault]);
  const parsed = manifestSchema.safeParse(read.value);
  if (parsed.success) return parsed.data;
  throw invalid(file, issuesInWords(parsed.error.issues, { whole: read.value, schema: manifestSchema }));
}

function invalid(file: string, issues: readonly Issue[]): TinyTroupeError<"POPULATION_INVALID"> {
  const message = [`The manifest of the population ${file} is not valid:`, ...issueLines(issues, file)].join("\n");
  return new TinyTroupeError("POPULATION_INVALID", message, {
    data: { file, issues },
    hint: "A program writes this file: take it back from where you keep versions, or generate into another folder.",
  });
}
