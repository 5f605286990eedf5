import type { JSONObject, JSONSchema7, LanguageModelV4CallOptions, SharedV4ProviderOptions } from "@ai-sdk/provider";
import type { ModelLimits, ModelRequest, Purpose } from "../../../kernel/contracts/model.ts";
import { digest } from "../../../kernel/values/hash.ts";
import { type Traits, traitsOf } from "../../catalogue/traits.ts";
import type { StrictSchema } from "../../structured/strict-schema.ts";

/**
 * How an answer is held to its schema: by the provider's own schema mode; by its JSON mode with the schema in the
 * prompt; or by the prompt alone.
 */
export type Mode = "schema" | "json" | "text";

/** What is particular to one provider when it is asked for an answer in a schema. */
export interface Dialect {
  readonly provider: string;
  /** Its schema mode understands ranges and list lengths. */
  readonly bounds: boolean;
  /** The model as its maker names it. */
  readonly name: string;
  readonly limits: ModelLimits;
  /** Requests go to the provider itself, not to something that only speaks like it. */
  readonly official: boolean;
}

const understandsBounds = ["openai", "google", "ollama"];

export function dialectOf(provider: string, rest: Omit<Dialect, "provider" | "bounds">): Dialect {
  return { provider, bounds: understandsBounds.includes(provider), ...rest };
}

/** Anthropic compiles no schema with more choices than this (its documentation, October 2026). */
const anthropicUnions = 16;

/** The mode that a schema is tried in first. */
export function firstMode(dialect: Dialect, strict: StrictSchema): Mode {
  if (!dialect.limits.structured) return "json";
  // Google holds no answer to a schema that refers to itself in a required property, and all of ours are required.
  if (dialect.provider === "google" && strict.recursive) return "json";
  if (dialect.provider === "anthropic" && strict.unions > anthropicUnions) return "json";
  return "schema";
}

/** What to try when a server has no such mode, or not for this schema. */
export function lesserMode(mode: Mode): Mode | undefined {
  return mode === "schema" ? "json" : mode === "json" ? "text" : undefined;
}

/** Whether a server's refusal is about the answer's form rather than about the request. */
export function isAboutForm(detail: string): boolean {
  return /response_?format|json_?schema|json_object|response_?schema|structured output|grammar|output_config|\bformat\b/i.test(
    detail,
  );
}

/** Anthropic's JSON mode is a tool that takes the schema; the others know JSON without a schema only. */
const jsonModeTakesSchema = (dialect: Dialect): boolean => dialect.provider === "anthropic";

export function instructionFor(dialect: Dialect, mode: Mode, strict: StrictSchema): string | undefined {
  if (mode === "schema" || (mode === "json" && jsonModeTakesSchema(dialect))) return undefined;
  return `Answer with one JSON object and nothing else. It fits this JSON schema:\n${JSON.stringify(strict.json)}`;
}

type CallSettings = Omit<LanguageModelV4CallOptions, "prompt" | "abortSignal">;

/** Everything of a call but its prompt: what a model refuses is not sent. */
export function callSettings(
  dialect: Dialect,
  request: ModelRequest<unknown>,
  { mode, strict }: { readonly mode: Mode; readonly strict: StrictSchema },
): CallSettings {
  const traits = traitsOf(dialect.name);
  const { temperature, seed, maxOutputTokens } = request;
  const schema = strict.json as JSONSchema7;
  const withSchema = mode === "schema" || (mode === "json" && jsonModeTakesSchema(dialect));
  return {
    ...(mode === "text" ? {} : { responseFormat: { type: "json", ...(withSchema ? { name: "answer", schema } : {}) } }),
    ...(temperature === undefined || !traits.temperature ? {} : { temperature }),
    ...(seed === undefined || !traits.seed ? {} : { seed }),
    ...(maxOutputTokens === undefined ? {} : { maxOutputTokens }),
    ...(lowEffort(dialect, traits, request.purpose) ? { reasoning: "low" } : {}),
    providerOptions: providerOptions(dialect, request, mode),
  };
}

/** People act and answer without long thought; judging and extracting is left to the provider's default. */
function lowEffort(dialect: Dialect, traits: Traits, purpose: Purpose): boolean {
  const takesEffort = ["openai", "azure", "anthropic", "google"].includes(dialect.provider);
  return takesEffort && traits.thinksByDefault && (purpose === "act" || purpose === "elicit");
}

function providerOptions(dialect: Dialect, request: ModelRequest<unknown>, mode: Mode): SharedV4ProviderOptions {
  switch (dialect.provider) {
    case "openai":
      // The same person's calls are sent to where their prompt is cached. Servers that only speak like OpenAI may
      // refuse the field.
      return { openai: dialect.official ? { promptCacheKey: digest(request.scope).slice(0, 32), store: false } : {} };
    case "anthropic":
      return { anthropic: { structuredOutputMode: mode === "schema" ? "auto" : "jsonTool" } };
    case "mistral":
      return { mistral: { strictJsonSchema: true } };
    case "openrouter":
      return { openrouter: openRouterOptions(dialect, request.purpose, mode) };
    case "ollama":
      return { ollama: { purpose: request.purpose } };
    default:
      return {};
  }
}

/** Only upstreams that honour the schema are asked. */
function openRouterOptions(dialect: Dialect, purpose: Purpose, mode: Mode): JSONObject {
  const effort = lowEffort({ ...dialect, provider: "openai" }, traitsOf(dialect.name), purpose);
  return {
    ...(mode === "schema" ? { provider: { require_parameters: true } } : {}),
    ...(effort ? { reasoning: { effort: "low" } } : {}),
  };
}
