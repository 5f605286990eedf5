import { extname } from "node:path";
import { z } from "zod";
import { readTextFile } from "../../kernel/text/files/read-text.ts";
import { readJson, readWritten } from "../../kernel/text/written.ts";
import { TinyTroupeError } from "../../kernel/values/errors.ts";
import { plainText } from "../../persona/plain-text.ts";

const words = z.string().transform(plainText).pipe(z.string().min(1).max(2000));
const followUps = z
  .int()
  .min(0)
  .max(5)
  .describe("How often something outside the guide may be asked after one question; 1, unless told.");
const question = z.union([
  words.transform((ask) => ({ ask, followUps: undefined })),
  z.strictObject({ ask: words, followUps: followUps.optional() }),
]);
const section = z.strictObject({
  title: words,
  minutes: z.number().positive().max(600).describe("How long it may take; then the next section begins."),
  questions: z.array(question).min(1).max(50).describe("Asked in these words, in this order."),
});

/** A guide as it is written. */
export const guideSchema = z.strictObject({
  $schema: z.string().optional(),
  name: words,
  opening: words.optional().describe("Said before the first question."),
  closing: words.optional().describe("Said after the last."),
  followUps: followUps.default(1),
  sections: z.array(section).min(1).max(50),
});

/** What an interviewer goes through: sections with minutes, and questions with how often each may be followed up. */
export type InterviewGuide = z.input<typeof guideSchema>;

/** A guide with all that may be left out. */
export type WholeInterviewGuide = z.output<typeof guideSchema>;

/**
 * A guide, checked.
 * @throws OPTION_INVALID with the places of what is wrong
 */
export function wholeInterviewGuide(given: unknown): WholeInterviewGuide {
  const parsed = guideSchema.safeParse(given);
  if (parsed.success) return parsed.data;
  const [first] = parsed.error.issues;
  throw wrongGuide(`${first?.path.join(".") || "the guide"}: ${first?.message}`);
}

/**
 * Reads a guide from a YAML or JSON file: `{ name, opening?, closing?, followUps?, sections: [{ title, minutes,
 * questions: ["…", { ask, followUps }] }] }`.
 * @throws FILE_UNREADABLE, and OPTION_INVALID with the place of what is wrong
 */
export async function loadInterviewGuide(file: string): Promise<InterviewGuide> {
  const text = await readTextFile(file, { mostBytes: 1024 * 1024 });
  if (extname(file).toLowerCase() === ".json") {
    const read = readJson(text);
    if ("fault" in read) throw wrongGuide(read.fault.message);
    return wholeInterviewGuide(read.value);
  }
  const { value, faults } = await readWritten(text, { aliases: 100 });
  const [fault] = faults;
  if (fault) throw wrongGuide(`${fault.line === undefined ? "" : `line ${fault.line}: `}${fault.message}`);
  return wholeInterviewGuide(value);
}

function wrongGuide(what: string): TinyTroupeError<"OPTION_INVALID"> {
  return new TinyTroupeError("OPTION_INVALID", `The guide of the interview cannot be used: ${what}`, {
    data: { option: "guide" },
    hint: "A guide has a name, and sections with a title, minutes and questions.",
  });
}
