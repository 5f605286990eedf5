import type {
  LanguageModelV4,
  LanguageModelV4CallOptions,
  LanguageModelV4GenerateResult,
  LanguageModelV4StreamPart,
} from "@ai-sdk/provider";
import type { Delta, Usage } from "../../../kernel/contracts/model.ts";
import { TinyTroupeError } from "../../../kernel/values/errors.ts";
import { insideAnswer } from "./errors.ts";

/** What came back, before it is read as JSON. */
export interface RawAnswer {
  readonly text: string;
  readonly usage: Usage;
  readonly finish: Finish;
}

export interface Finish {
  readonly unified: string;
  readonly raw: string | undefined;
}

/** One HTTP call: whole when nobody watches, streamed when somebody does. */
export function callModel(
  model: LanguageModelV4,
  options: LanguageModelV4CallOptions,
  onDelta: ((delta: Delta) => void) | undefined,
): Promise<RawAnswer> {
  return onDelta === undefined ? whole(model, options) : streamed(model, options, onDelta);
}

async function whole(model: LanguageModelV4, options: LanguageModelV4CallOptions): Promise<RawAnswer> {
  const result = await model.doGenerate(options);
  const texts = result.content.flatMap((part) => (part.type === "text" ? [part.text] : []));
  return {
    text: result.structuredOutputText ?? texts.join(""),
    usage: usageOf(result.usage),
    finish: finishOf(result.finishReason),
  };
}

async function streamed(
  model: LanguageModelV4,
  options: LanguageModelV4CallOptions,
  onDelta: (delta: Delta) => void,
): Promise<RawAnswer> {
  const { stream } = await model.doStream(options);
  const texts: string[] = [];
  let end: Extract<LanguageModelV4StreamPart, { type: "finish" }> | undefined;
  try {
    for await (const part of stream) {
      if (part.type === "text-delta") {
        texts.push(part.delta);
        onDelta({ type: "text", text: part.delta });
      } else if (part.type === "error") throw part.error;
      else if (part.type === "finish") end = part;
    }
  } catch (error) {
    throw texts.length === 0 ? error : insideAnswer(error);
  }
  return {
    text: texts.join(""),
    usage: usageOf(end?.usage),
    finish: end === undefined ? { unified: "interrupted", raw: undefined } : finishOf(end.finishReason),
  };
}

/** Models of AI SDK 5 say the reason as a bare word. */
function finishOf(reason: LanguageModelV4GenerateResult["finishReason"] | string): Finish {
  return typeof reason === "string" ? { unified: reason, raw: undefined } : reason;
}

type SdkUsage = LanguageModelV4GenerateResult["usage"];
/** As AI SDK 5 has it. */
interface FlatUsage {
  readonly inputTokens?: number;
  readonly outputTokens?: number;
  readonly cachedInputTokens?: number;
  readonly reasoningTokens?: number;
}

function usageOf(usage: SdkUsage | FlatUsage | undefined): Usage {
  if (usage === undefined) return { input: 0, output: 0 };
  if (!isNested(usage)) {
    return trimmed({
      input: usage.inputTokens ?? 0,
      output: usage.outputTokens ?? 0,
      cachedInput: usage.cachedInputTokens,
      reasoning: usage.reasoningTokens,
    });
  }
  const { inputTokens, outputTokens } = usage;
  return trimmed({
    input: inputTokens.total ?? 0,
    output: outputTokens.total ?? 0,
    cachedInput: inputTokens.cacheRead,
    cacheWrite: inputTokens.cacheWrite ?? writtenIn(usage.raw),
    reasoning: outputTokens.reasoning,
  });
}

/** What OpenRouter says of it and the package for all others leaves out. */
function writtenIn(raw: unknown): number | undefined {
  const details = fieldOf(raw, "prompt_tokens_details");
  const written = fieldOf(details, "cache_write_tokens");
  return typeof written === "number" ? written : undefined;
}

function fieldOf(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;
}

function isNested(usage: SdkUsage | FlatUsage): usage is SdkUsage {
  return typeof usage.inputTokens === "object";
}

/** Without the parts that are zero or unknown. */
function trimmed(usage: { input: number; output: number } & { [part: string]: number | undefined }): Usage {
  return Object.fromEntries(
    Object.entries(usage).filter(([part, tokens]) => part === "input" || part === "output" || (tokens ?? 0) > 0),
  ) as unknown as Usage;
}

/** Throws when the model did not finish its answer, saying why. */
export function checkFinish(answer: RawAnswer, model: string, maxOutputTokens: number | undefined): void {
  const { text, usage, finish } = answer;
  switch (finish.unified) {
    case "length":
      throw new TinyTroupeError("MODEL_TRUNCATED", `${model} was cut off after ${usage.output} tokens.`, {
        data: { model, text, ...(maxOutputTokens === undefined ? {} : { maxOutputTokens }) },
        hint: "Raise maxOutputTokens (thinking counts towards it), or ask for less.",
        usage,
      });
    case "content-filter":
      throw stopped(answer, model);
    case "interrupted":
    case "error":
      throw new TinyTroupeError("MODEL_UNAVAILABLE", `${model} broke off in the middle of its answer.`, {
        data: { model },
        hint: "Try again.",
        usage,
      });
    default:
      return;
  }
}

/** A model that declines ends its answer as usual or says `refusal`; a filter has other words for it. */
function stopped({ text, usage, finish }: RawAnswer, model: string): TinyTroupeError {
  const declined = finish.raw === undefined || ["stop", "refusal", "end_turn", "completed"].includes(finish.raw);
  const details = {
    data: { model, text },
    hint: "Reword what the persona or the stimulus says, or use another model.",
    usage,
  };
  return declined && (text !== "" || finish.raw === "refusal")
    ? (new TinyTroupeError("MODEL_REFUSED", `${model} declined to answer.`, details) as TinyTroupeError)
    : (new TinyTroupeError(
        "MODEL_FILTERED",
        `A content filter stopped the answer of ${model}.`,
        details,
      ) as TinyTroupeError);
}
