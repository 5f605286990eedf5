import type { Layer, Message, Model, ModelReply, ModelRequest, Usage } from "../../kernel/contracts/model.ts";
import { isTinyTroupeError, TinyTroupeError } from "../../kernel/values/errors.ts";
import { addUsage } from "../../kernel/values/usage.ts";
import { answering } from "../flow/wrap.ts";
import { strictSchema } from "./strict-schema.ts";

const nothing: Usage = { input: 0, output: 0 };

type Unusable = TinyTroupeError<"MODEL_MALFORMED" | "MODEL_INVALID" | "MODEL_EMPTY">;

/**
 * Asks once more when an answer cannot be used (MODEL_MALFORMED, MODEL_INVALID, MODEL_EMPTY), and shows the model
 * its answer and what was wrong. A second failure is thrown. The usage of both calls is added up, in the reply
 * and in the error alike.
 */
export function withReask(): Layer {
  return (model) => answering(model, (request) => generate(model, request));
}

async function generate<T>(model: Model, request: ModelRequest<T>): Promise<ModelReply<T>> {
  try {
    return await model.generate(request);
  } catch (error) {
    if (!isUnusable(error)) throw error;
    return await askAgain(model, request, error);
  }
}

function isUnusable(error: unknown): error is Unusable {
  return isTinyTroupeError(error, "MODEL_MALFORMED", "MODEL_INVALID", "MODEL_EMPTY");
}

function withUsageOf(first: TinyTroupeError, second: TinyTroupeError): TinyTroupeError {
  if (first.usage === undefined) return second;
  const usage = second.usage === undefined ? first.usage : addUsage(first.usage, second.usage);
  return new TinyTroupeError(second.code, second.message, {
    data: second.data,
    hint: second.hint,
    usage,
    ...(second.cause === undefined ? {} : { cause: second.cause }),
  });
}

async function askAgain<T>(model: Model, request: ModelRequest<T>, first: Unusable): Promise<ModelReply<T>> {
  request.onDelta?.({ type: "restart" });
  try {
    const reply = await model.generate({
      ...request,
      messages: [...request.messages, ...reaskMessages(first, request)],
    });
    return { ...reply, usage: addUsage(first.usage ?? nothing, reply.usage) };
  } catch (second) {
    throw second instanceof TinyTroupeError ? withUsageOf(first, second) : second;
  }
}

/** The failed answer and what is wrong with it, as the next two messages. */
function reaskMessages(error: Unusable, request: Pick<ModelRequest<unknown>, "schema">): readonly Message[] {
  if (isTinyTroupeError(error, "MODEL_EMPTY")) {
    return [{ role: "user", content: "Your answer was empty. Answer with the JSON object that was asked for." }];
  }
  const { text } = (error as TinyTroupeError<"MODEL_MALFORMED">).data;
  return [
    { role: "assistant", content: text },
    { role: "user", content: faultPrompt(error, request.schema) },
  ];
}

function faultPrompt(error: Unusable, schema: ModelRequest<unknown>["schema"]): string {
  if (isTinyTroupeError(error, "MODEL_INVALID")) {
    const issues = error.data.issues.map((issue) => `- ${issue}`).join("\n");
    return `That answer does not fit what was asked:\n${issues}\nAnswer again, complete and corrected, with the JSON object alone.`;
  }
  const shape = JSON.stringify(strictSchema(schema).json);
  return `That was not JSON. Answer again with one JSON object alone, nothing before or after it, that fits this JSON schema:\n${shape}`;
}
