import { z } from "zod";
import { TinyTroupeError } from "../../../kernel/values/errors.ts";
import type { GrammarBounds, JsonSchema } from "./gbnf.ts";
import { jsonGrammar } from "./json-grammar.ts";
import { proseGrammar, proseKey } from "./prose.ts";

/** What a model is held to, and how what it writes becomes JSON. */
export interface AnswerGrammar {
  readonly grammar: string;
  /** The model writes prose, which is the text of this one property. */
  readonly proseKey?: string;
}

export interface AnswerBounds extends GrammarBounds {
  /** One text alone is asked for as prose, without any JSON around it: small models speak better so. */
  readonly prose: boolean;
}

/**
 * The grammar that holds a model to a zod schema; zod itself checks afterwards what a grammar cannot say.
 * Throws MODEL_UNSUPPORTED for a schema that JSON cannot express.
 */
export function answerGrammar(schema: z.ZodType, bounds: AnswerBounds, model: string): AnswerGrammar {
  const json = asJsonSchema(schema, model);
  const key = bounds.prose ? proseKey(json) : undefined;
  if (key !== undefined) return { grammar: proseGrammar(json.properties?.[key] ?? {}, bounds), proseKey: key };
  const grammar = jsonGrammar(json, bounds);
  if (grammar === undefined) throw unsupported(model, "No finite answer fits the schema.");
  return { grammar };
}

function asJsonSchema(schema: z.ZodType, model: string): JsonSchema {
  try {
    // The input side: what the model writes, before defaults and transforms.
    return z.toJSONSchema(schema, { io: "input", target: "draft-2020-12" }) as JsonSchema;
  } catch (cause) {
    throw unsupported(model, cause instanceof Error ? cause.message : String(cause), cause);
  }
}

function unsupported(model: string, detail: string, cause?: unknown): TinyTroupeError {
  return new TinyTroupeError("MODEL_UNSUPPORTED", `${model} cannot be held to this schema: ${detail}`, {
    data: { model, feature: "schema" },
    hint: "Ask for plain JSON: strings, numbers, booleans, arrays and objects (a date as z.iso.date()).",
    cause,
  });
}
