import type { Delta, Model, ModelReply, ModelRequest } from "../models.ts";

/** One thing that a driver of a contract must do; `check` throws when it does not. */
export interface ContractCase {
  readonly name: string;
  check(): Promise<void>;
}

interface Answer {
  readonly answer: string;
}

/**
 * What every model must do, as cases for any test runner: answer in the schema, count tokens, obey an abort, stream what
 * it answers, keep calls apart, leave requests as they are. It asks some ten short questions. In a test runner:
 * `for (const { name, check } of modelContract(open)) it(name, check)`.
 * @param open gives the model to be held to it, once for each case
 * @example
 * const cases = modelContract(() => scriptedModel(() => ({ answer: "A tram." })));
 * cases[1]?.name; // => "answers in the schema"
 */
export function modelContract(open: () => Model | Promise<Model>): readonly ContractCase[] {
  const on = (name: string, holds: (model: Model) => Promise<void>): ContractCase => ({
    name,
    check: async () => {
      const model = await open();
      try {
        await holds(model);
      } finally {
        await model.close?.();
      }
    },
  });
  return [
    on("says who it is and what it can bear", async ({ id, limits }) => {
      must(/^[^\s/]+(?:\/\S+)?$/.test(id), `its id '${id}' is not of the form provider/model`);
      must(limits.contextTokens > 0, "its context holds no token");
    }),
    on("answers in the schema", async (model) => answered(await model.generate(await question("answers")))),
    on("keeps calls apart that run at once", async (model) => {
      const requests = await Promise.all(["one", "two", "three"].map((scope) => question(scope)));
      for (const reply of await Promise.all(requests.map((request) => model.generate(request)))) answered(reply);
    }),
    on("does not answer a call that was aborted before it began", abortedBefore),
    on("streams the text that it answers, when somebody listens", streams),
    on("leaves the request as it is", async (model) => {
      const request = await question("frozen");
      const before = JSON.stringify(request.messages);
      Object.freeze(request);
      for (const message of request.messages) Object.freeze(message);
      await model.generate(request);
      must(JSON.stringify(request.messages) === before, "it changed the messages");
    }),
  ];
}

async function abortedBefore(model: Model): Promise<void> {
  const request = { ...(await question("aborted")), signal: AbortSignal.abort("The test stopped it.") };
  const answer = await model.generate(request).then(
    () => true,
    () => false,
  );
  must(!answer, "it answered a call that was aborted");
}

async function streams(model: Model): Promise<void> {
  let text = "";
  const onDelta = (delta: Delta): void => {
    text = delta.type === "restart" ? "" : text + delta.text;
  };
  const reply = await model.generate({ ...(await question("streamed")), onDelta });
  answered(reply);
  // A model that cannot stream stays silent; one that streams shows the answer's own JSON.
  if (text !== "")
    must(text.includes(JSON.stringify(reply.value.answer)), "it streamed something else than it answered");
}

async function question(scope: string): Promise<ModelRequest<Answer>> {
  const { z } = await import("../index.ts");
  return {
    messages: [
      { role: "system", content: "You answer in JSON." },
      { role: "user", content: `What takes you to work? (${scope})` },
    ],
    schema: z.object({ answer: z.string() }),
    purpose: "other",
    scope: `contract/${scope}`,
    maxOutputTokens: 200,
  };
}

function answered({ value, usage, origin }: ModelReply<Answer>): void {
  must(typeof value?.answer === "string", "its answer does not fit the schema");
  for (const [kind, tokens] of Object.entries(usage)) {
    must(Number.isInteger(tokens) && tokens >= 0, `it counts ${String(tokens)} ${kind} tokens`);
  }
  must(["model", "journal", "cache"].includes(origin), `its origin is '${origin}'`);
}

function must(holds: boolean, otherwise: string): asserts holds {
  if (!holds) throw new Error(`The model breaks its contract: ${otherwise}.`);
}
