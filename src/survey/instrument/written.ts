import { z } from "zod";

/** The key of a text that is the same in every language. */
export const everyLanguage = "*";

/** A language as BCP 47 writes it. */
export const LanguageCode = z
  .string()
  .regex(/^[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$/, "This is no language: write it as en, pt-BR or zh-Hant.");

/** In characters. */
const longestText = 20_000;
const said = z.string().trim().min(1).max(longestText);

/**
 * A text, or one text a language by its code, with `*` for all. Which language is read is settled before the schema sees
 * it, so what comes out is text.
 */
export const Text = z
  .union([said, z.record(z.union([LanguageCode, z.literal(everyLanguage)]), said)])
  .transform((text) => (typeof text === "string" ? text : (Object.values(text)[0] ?? "")))
  .meta({ id: "Text", description: "A text, or one a language: { en: …, es: … }; { '*': … } is the same in all." });

/** What names an item or a block. */
export const Id = z
  .string()
  .max(100)
  .regex(/^[A-Za-z][\w-]*$/, "This must be a short id: letters, digits, - and _, a letter first.")
  .meta({ id: "Id" });

/** An option, settled: what it is called in results, and how it reads. */
export interface AnswerOption {
  readonly id: string;
  readonly label: string;
  /** Somebody who chooses it says in words what they mean. */
  readonly open?: boolean;
  /** Who chooses it chooses nothing else. */
  readonly exclusive?: boolean;
  /** It stays behind those that are shown in another order. */
  readonly fixed?: boolean;
  /** A picture's file, relative to the instrument. */
  readonly image?: string;
}

const optionId = z
  .union([z.string().trim().min(1).max(500), z.number()])
  .transform(String)
  .refine((id) => id !== "__proto__", "Nothing can be called __proto__.");

/** A label that is its own id, or an id with a label. */
export const OptionEntry = z
  .union([
    optionId,
    z.strictObject({
      id: optionId,
      label: Text,
      open: z.boolean().optional().describe("Who chooses it says in words what they mean."),
      exclusive: z.boolean().optional().describe("Who chooses it chooses nothing else."),
      fixed: z.boolean().optional().describe("It stays last, whatever the order of the others."),
      image: z.string().min(1).max(1000).optional().describe("A picture's file, relative to this one."),
    }),
  ])
  .transform((entry): AnswerOption => (typeof entry === "string" ? { id: entry, label: entry } : withoutGaps(entry)))
  .meta({ id: "Option" });

/** As many options as a page can hold. */
export const mostOptions = 200;

/** Options to choose from. */
export const Options = z.array(OptionEntry).min(2).max(mostOptions);

/** The same without what is undefined. */
export function withoutGaps<T extends object>(given: T): { [Key in keyof T]: Exclude<T[Key], undefined> } {
  const entries = Object.entries(given).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as { [Key in keyof T]: Exclude<T[Key], undefined> };
}
