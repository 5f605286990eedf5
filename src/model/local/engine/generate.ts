import type { ModelReply, ModelRequest, Usage } from "../../../kernel/contracts/model.ts";
import { TinyTroupeError } from "../../../kernel/values/errors.ts";
import { hash32 } from "../../../kernel/values/hash.ts";
import { orAborted } from "../calling/abort.ts";
import { type Decoded, decode } from "./decode.ts";
import type { Engine } from "./engine.ts";

// An answer shorter than this is hardly one: a prompt that leaves less room is refused at once.
const leastRoom = 64;

/**
 * One answer in the request's schema.
 * Throws CONTEXT_EXCEEDED, MODEL_TRUNCATED, MODEL_EMPTY, MODEL_MALFORMED, MODEL_INVALID, MODEL_UNSUPPORTED, ABORTED or CLOSED.
 */
export async function generate<T>(engine: Engine, request: ModelRequest<T>): Promise<ModelReply<T>> {
  const prompt = engine.chat(request.messages);
  const room = roomAfter(engine, prompt.length, request.maxOutputTokens);
  const answering = await engine.answering(request.schema);
  const { scope, signal } = request;
  const work = async () => {
    const lease = await engine.pool.acquire({ tokens: prompt, scope, signal });
    try {
      const decoded = await decode(engine, lease.sequence, {
        prompt: prompt.slice(lease.reused),
        answering,
        seed: seedOf(request),
        temperature: request.temperature ?? engine.sampling.temperature,
        maxTokens: room,
        signal,
        onText: (text) => request.onDelta?.({ type: "text", text }),
      });
      return { decoded, reused: lease.reused };
    } finally {
      lease.release();
    }
  };
  const { decoded, reused } = await orAborted(work(), signal);
  const usage = { input: prompt.length, output: decoded.tokens, cachedInput: reused };
  return { value: readAnswer({ model: engine.id, usage }, request, decoded), usage, origin: "model" };
}

/** How many tokens the answer may have. */
export function roomAfter(engine: Engine, tokens: number, wanted = engine.maxOutputTokens): number {
  const limit = engine.context.contextSize;
  if (tokens + Math.min(wanted, leastRoom) <= limit) return Math.min(wanted, limit - tokens);
  throw new TinyTroupeError(
    "CONTEXT_EXCEEDED",
    `The prompt has ${tokens} tokens; ${engine.id} holds ${limit}, answer included.`,
    {
      data: { model: engine.id, tokens, limit },
      hint: "Shorten the prompt, or open the model with more contextTokens.",
    },
  );
}

/** The request's seed, or one made of its place; every further sample has its own. */
function seedOf(request: ModelRequest<unknown>): number {
  const sample = request.sample ?? 0;
  if (request.seed !== undefined && sample === 0) return request.seed >>> 0;
  return hash32(`${request.seed ?? request.scope}#${sample}`);
}

interface Asked {
  readonly model: string;
  readonly usage: Usage;
}

function readAnswer<T>({ model, usage }: Asked, { schema }: ModelRequest<T>, { text, complete, tokens }: Decoded): T {
  if (!complete) {
    throw new TinyTroupeError("MODEL_TRUNCATED", `${model} was not done after ${tokens} tokens.`, {
      data: { model, text, maxOutputTokens: tokens },
      hint: "Allow more maxOutputTokens, or ask for fewer or shorter fields.",
      usage,
    });
  }
  if (text === "") {
    throw new TinyTroupeError("MODEL_EMPTY", `${model} answered nothing.`, {
      data: { model },
      hint: "Try another seed or model.",
      usage,
    });
  }
  const parsed = schema.safeParse(parse({ model, usage }, text));
  if (parsed.success) return parsed.data;
  const issues = parsed.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`);
  throw new TinyTroupeError("MODEL_INVALID", `${model} answered outside of the schema: ${issues.join("; ")}`, {
    data: { model, text, issues },
    hint: "A grammar keeps the shape, not patterns or wide ranges: use literals for scales, or ask again with another seed.",
    usage,
  });
}

function parse({ model, usage }: Asked, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new TinyTroupeError("MODEL_MALFORMED", `${model} answered no JSON.`, {
      data: { model, text },
      hint: "Ask again with another seed, or take another model.",
      usage,
      cause,
    });
  }
}
