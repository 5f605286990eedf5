import { z } from "zod";
import { PriceTable } from "../../model/flow/money/price.ts";

const count = z.int().positive();
const allowance = {
  concurrency: count.describe("Requests in flight at most.").optional(),
  requestsPerMinute: count.optional(),
  tokensPerMinute: count.describe("Tokens of prompts and answers.").optional(),
};

/** The settings as a file writes them: `tinytroupe.config.json`, or the default export of `tinytroupe.config.ts`. */
export const SettingsDocument = z
  .strictObject({
    $schema: z.string().optional(),
    model: z.string().min(1).describe("provider/model, local/<name or file.gguf> or builtin.").optional(),
    judge: z.string().min(1).describe("Who judges and extracts. Default: the model.").optional(),
    embedder: z.string().min(1).describe("provider/model, sentence, lexical or local/….").optional(),
    seed: z
      .union([z.int(), z.string().min(1)])
      .describe("Where all chance comes from. Default: 1.")
      .optional(),
    budget: z
      .strictObject({ calls: count.optional(), tokens: count.optional(), usd: z.number().positive().optional() })
      .describe("A hard wall for each run.")
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
