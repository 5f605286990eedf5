import { z } from "zod";
import { issuesInWords } from "../../kernel/text/issues.ts";
import { invalidPersona, type ParseOptions } from "../schema.ts";

const moment = z.union([z.iso.date(), z.iso.datetime({ offset: true })]);

export const consentSchema = z.looseObject({
  given: z.boolean(),
  scope: z.string().min(1).describe("What was agreed to: 'simulated interviews within the project'."),
  by: z.string().optional().describe("Who gave it, where that is somebody else: a parent."),
  until: moment.optional().describe("The last day or moment for which it was given, ISO 8601."),
});

/** Where a person comes from; it stands beside the persona, and no model reads it. */
export const originSchema = z.looseObject({
  kind: z
    .enum(["interview", "survey", "drawn", "simulated"])
    .describe("`simulated`: made from what a simulated person said, with nobody real behind it."),
  source: z.string().min(1).describe("What the person was made from: a study, a file, a specification."),
  collected: moment.optional().describe("When the source was collected, ISO 8601."),
  consent: consentSchema.optional().describe("Needed of people who were interviewed or asked."),
  subject: z.string().optional().describe("A pseudonym under which the source knows the real person."),
  evidence: z
    .array(z.looseObject({ about: z.string(), quote: z.string() }))
    .optional()
    .describe("Where the source says what the persona says, by the place of the persona."),
  varied: z
    .array(z.string())
    .optional()
    .describe("What was changed after the person was made: conditions by name, changes as `age: 44 → 74`."),
});

/** What a real person agreed to. */
export type Consent = z.output<typeof consentSchema>;
/** Where a person comes from, and what the real one behind them agreed to. */
export type Origin = z.output<typeof originSchema>;

/** The origin of somebody who was changed: as it was, with what was changed. */
export const variedOrigin = (origin: Origin, changes: readonly string[]): Origin =>
  changes.length === 0 ? origin : { ...origin, varied: [...(origin.varied ?? []), ...changes] };

/** Reads an origin from untrusted data. Throws PERSONA_INVALID. */
export function parseOrigin(value: unknown, options: ParseOptions = {}): Origin | undefined {
  if (value === undefined || value === null) return undefined;
  const parsed = originSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issues = issuesInWords(parsed.error.issues, { whole: value, schema: originSchema });
  throw invalidPersona(
    issues.map((issue) => ({ ...issue, path: `origin.${issue.path}` })),
    options,
  );
}
