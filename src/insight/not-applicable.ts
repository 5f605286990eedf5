import { z } from "zod";
import { stands } from "../judge/asking/evidence.ts";
import type { TranscriptEntry } from "../kernel/contracts/events.ts";

const words = "Words of the record, as they stand there, that show that this does not concern them.";
const Inapplicable = z.object({ notApplicable: z.string().min(1).describe(words) });

/** That a question does not concern somebody, and the words of the record that show it. */
export type NotApplicable = z.infer<typeof Inapplicable>;

/**
 * A field that may not concern everybody: the answer, or the words of the record that show that it does not apply, which
 * are held to stand there.
 * @example
 * const schema = z.object({ commute: orNotApplicable(z.string().nullable()) });
 * schema.safeParse({ commute: { notApplicable: "I work from home." } }).success; // => true
 */
export function orNotApplicable<S extends z.ZodType>(schema: S): z.ZodUnion<[S, typeof Inapplicable]> {
  return z.union([schema, Inapplicable]);
}

/**
 * Tells whether a field does not apply.
 * @example
 * isNotApplicable({ notApplicable: "I have no car." }); // => true
 */
export function isNotApplicable(value: unknown): value is NotApplicable {
  return (
    typeof value === "object" &&
    value !== null &&
    Object.keys(value).length === 1 &&
    typeof Reflect.get(value, "notApplicable") === "string"
  );
}

/** Parts of a value that do not apply, by dotted path, with the entry in which their words stand, where they stand anywhere. */
export function inapplicableParts(
  value: unknown,
  entries: readonly TranscriptEntry[],
  path = "",
): readonly { readonly path: string; readonly text: string; readonly entry: TranscriptEntry | undefined }[] {
  if (isNotApplicable(value)) {
    const text = value.notApplicable;
    return [{ path, text, entry: entries.find((entry) => stands(text, entry)) }];
  }
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    inapplicableParts(inner, entries, path === "" ? key : `${path}.${key}`),
  );
}
