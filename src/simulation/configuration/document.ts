import { z } from "zod";
import { isTinyTroupeError } from "../../kernel/values/errors.ts";
import { PriceTable } from "../../model/flow/money/price.ts";
import { parseBudget } from "./budget.ts";

const count = z.int().positive();
const allowance = {
  concurrency: count.describe("Requests in flight at most.").optional(),
  requestsPerMinute: count.optional(),
  tokensPerMinute: count.describe("Tokens of prompts and answers.").optional(),
};

const budget = z.strictObject({
  calls: count.optional(),
  tokens: count.optional(),
  usd: z.number().positive().optional(),
});
const budgetInWords = z
  .string()
  .transform((text, context): z.input<typeof budget> => {
    try {
      return parseBudget(text);
    } catch (error) {
      if (!isTinyTroupeError(error)) throw error;
      context.addIssue(`${error.message} Write it as in "200 calls, 1.5M tokens, 2 usd".`);
      return z.NEVER;
    }
  })
  .pipe(budget);

/** The settings as a file writes them: `tinytroupe.config.json`, or the default export of `tinytroupe.config.ts`. */
export const SettingsDocument = z
  .strictObject({
    $schema: z.string().optional(),
    model: z.string().min(1).describe("provider/model, local/<name or file.gguf> or builtin.").optional(),
    judge: z
      .string()
      .min(1)
      .describe("Who judges and extracts. Default: the first of `models` that is not the model; else the model.")
      .optional(),
    models: z
      .record(z.string().regex(/^[a-z][a-zA-Z0-9-]*$/), z.string().min(1))
      .describe("More models, by names of your own: { cheap: openai/gpt-5-nano }.")
      .optional(),
    embedder: z.string().min(1).describe("provider/model, sentence, lexical or local/….").optional(),
    seed: z
      .union([z.int(), z.string().min(1)])
      .describe("Where all chance comes from. Default: 1.")
      .optional(),
    budget: z
      .union([budgetInWords, budget])
      .describe('A hard wall for each run, also in words: "200 calls, 1.5M tokens, 2 usd".')
      .optional(),
    prices: PriceTable.describe(
      "Prices of your own, by provider/model, in US dollars for a million tokens; they come over the known ones.",
    ).optional(),
    concurrency: count.describe("Calls in flight at most. Default: what suits the model.").optional(),
    limits: z
      .strictObject({
        ...allowance,
        models: z
          .record(z.string(), z.strictObject(allowance))
          .describe("Where it differs, by provider/model.")
          .optional(),
      })
      .describe("What the providers allow of each model.")
      .optional(),
    deadlineMs: count.describe("Milliseconds that one attempt to get an answer may take.").optional(),
    store: z.string().min(1).describe("The journal, from this folder. Default: .tinytroupe/troupe.db.").optional(),
    safety: z
      .strictObject({
        harmfulContent: z.boolean().describe("Nobody helps with what harms others. Default: true.").optional(),
        copyright: z.boolean().describe("Nobody recites protected works at length. Default: true.").optional(),
      })
      .describe("Rules that hold for everybody, without stepping out of the part.")
      .optional(),
  })
  .describe("Settings of a project for all of its runs. Keys of providers stay in the environment.");
