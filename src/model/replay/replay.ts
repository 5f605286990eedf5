import type { z } from "zod";
import type { Listener } from "../../kernel/contracts/events.ts";
import type { CallLog, CallRecord } from "../../kernel/contracts/journal.ts";
import type { ChoiceReply, ChoiceRequest, Layer, ModelReply, ModelRequest } from "../../kernel/contracts/model.ts";
import { canonicalJson } from "../../kernel/values/hash.ts";
import { createKeys, stored } from "./keys.ts";
import { createPlayer, type Served } from "./player.ts";

export interface ReplayOptions {
  /** The run's seed: every call that is really made gets a seed of its own from it. */
  readonly seed: string;
  readonly watch: Listener;
  /** The run was never opened before, so that no call of it can be served: none is looked for. */
  readonly isNew?: boolean;
}

/**
 * The outermost layer of a model: a call that the run has already paid for is served from its journal, any other is
 * made, with a seed that depends on its place alone, and is durable before its answer is returned (one by rules, which
 * costs nothing to have again, soon after). Apply the same layer to all models of a run, so that they count together. A refused or unusable answer was paid for as well: it is
 * served again where its scope went on after it, and asked anew where it was the last thing that happened: who asks
 * several things at once asks each in a scope of its own.
 * Throws what the model throws, and `STORE_FAILED` or `STORE_LOCKED` when an answer could not be kept.
 */
export function withReplay(calls: CallLog, options: ReplayOptions): Layer {
  const keys = createKeys();
  const player = createPlayer(calls, { isNew: false, ...options, keys });
  const looks = new WeakMap<z.ZodType, number>();
  return (model) => {
    const generate = <T>(request: ModelRequest<T>): Promise<ModelReply<T>> =>
      player.play<ModelReply<T>>({
        ...request,
        model: model.id,
        shape: keys.shapeOf(request.schema),
        parameters: parametersOf(request),
        ask: async (seed) => {
          const reply = await model.generate({ ...request, seed: request.seed ?? seed });
          await warnOfChange(reply.value, { schema: request.schema, looks, watch: options.watch });
          return reply;
        },
        kept: (reply) => reply.value,
        serve: (record) => servedValue(request.schema, record),
      });
    const choose = model.choose?.bind(model);
    return {
      id: model.id,
      limits: model.limits,
      ...(model.atOnce && { atOnce: true as const }),
      generate: async (request) => generate(request),
      ...(choose && { choose: async (request: ChoiceRequest) => player.play(choice(model.id, request, choose)) }),
      ...(model.close && { close: model.close.bind(model) }),
    };
  };
}

function parametersOf(request: ModelRequest<unknown>): string {
  const { temperature, maxOutputTokens, sample, seed } = request;
  return canonicalJson({ temperature, maxOutputTokens, sample: sample === 0 ? undefined : sample, seed });
}

async function servedValue<T>(schema: z.ZodType<T>, record: CallRecord): Promise<Served<ModelReply<T>>> {
  const parsed = await schema.safeParseAsync(record.value);
  if (!parsed.success) {
    const where = parsed.error.issues[0]?.path.join(".") || "it";
    return { problem: `the stored answer does not fit the schema: ${where}: ${parsed.error.issues[0]?.message}` };
  }
  if (canonicalJson(parsed.data) !== canonicalJson(record.value)) {
    return { problem: "the schema changes what it reads, so that the stored answer cannot be told from its raw form" };
  }
  const { usage, heuristic } = record;
  return { reply: { value: parsed.data, usage, origin: "journal", ...(heuristic && { heuristic }) } };
}

/** A schema that read so many answers alike twice is trusted: each look reads the answer once more. */
const looksAtMost = 10;

interface Warning {
  readonly schema: z.ZodType;
  /** How many answers of a schema were looked at. */
  readonly looks: WeakMap<z.ZodType, number>;
  readonly watch: Listener;
}

/** An answer that its own schema would read differently the second time can never be served: say so while it is cheap. */
async function warnOfChange(value: unknown, { schema, looks, watch }: Warning): Promise<void> {
  const before = looks.get(schema) ?? 0;
  if (before >= looksAtMost) return;
  looks.set(schema, before + 1);
  const again = await schema.safeParseAsync(JSON.parse(canonicalJson(value)));
  if (again.success && canonicalJson(again.data) === canonicalJson(value)) return;
  looks.set(schema, looksAtMost);
  watch({
    type: "warning",
    message:
      "A schema transforms what it reads, so that its answers cannot be served again when the run is resumed. Ask for plain values and convert them afterwards.",
  });
}

function choice(model: string, request: ChoiceRequest, choose: (request: ChoiceRequest) => Promise<ChoiceReply>) {
  return {
    model,
    messages: request.messages,
    scope: request.scope,
    ...(request.step !== undefined && { step: request.step }),
    ...(request.label !== undefined && { label: request.label }),
    purpose: "elicit" as const,
    shape: stored(canonicalJson({ choose: request.options })),
    parameters: "{}",
    ask: () => choose(request),
    kept: (reply: ChoiceReply) => reply.probabilities,
    serve: async ({ value, usage }: CallRecord): Promise<Served<ChoiceReply>> =>
      isDistribution(value, request.options.length)
        ? { reply: { probabilities: value, usage, origin: "journal" } }
        : { problem: "the stored answer is no distribution over these options" },
  };
}

function isDistribution(value: unknown, options: number): value is number[] {
  return Array.isArray(value) && value.length === options && value.every((part) => typeof part === "number");
}
