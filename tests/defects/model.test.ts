import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { expect, it } from "vitest";
import { z } from "zod";
import { extract } from "../../src/insight/extract.ts";
import type { Message, Model, ModelRequest } from "../../src/kernel/contracts/model.ts";
import { createRandom } from "../../src/kernel/values/random.ts";
import { openProvider } from "../../src/model/adapters/ai-sdk.ts";
import { createLedger } from "../../src/model/flow/money/ledger.ts";
import { stack } from "../../src/model/flow/stack.ts";
import { parseAnswer } from "../../src/model/structured/answer.ts";
import { TinyPerson } from "../../src/person/tiny-person.ts";
import { parsePersona } from "../../src/persona/schema.ts";
import { createMemoryStore } from "../../src/stores.ts";
import { says, testSimulation } from "../../src/testing/index.ts";
import { testContext } from "../support/context.ts";
import { type Loopback, loopback } from "../support/loopback.ts";
import { scriptedModel } from "../support/scripted-model.ts";
import { quiet, virtualTimer } from "../support/virtual-timer.ts";
import { request, unavailable } from "../unit/model/flow/fixture.ts";

const Said = z.object({ said: z.string() });
const user = (content: string): Message => ({ role: "user", content });
const asking = (content: string): ModelRequest<z.infer<typeof Said>> => request({ messages: [user(content)] });
const said = { said: "x" };

/** The body of a request in the form of OpenAI's chat. */
interface Asked {
  readonly messages: readonly { readonly content: string }[];
  readonly response_format?: { readonly json_schema: { readonly schema: unknown } };
  readonly [parameter: string]: unknown;
}

/** What such a server says to it. */
interface Reply {
  readonly text?: string;
  readonly finish?: string;
  readonly refusal?: string;
  readonly status?: number;
  readonly cut?: true;
}

interface ChatServer extends Loopback {
  readonly asked: Asked[];
  readonly sockets: ReadonlySet<Socket>;
}

/** A server that speaks like OpenAI's chat, over real HTTP. */
async function chatServer(answer: (asked: Asked) => Reply): Promise<ChatServer> {
  const [asked, sockets]: [Asked[], Set<Socket>] = [[], new Set()];
  const server = await loopback((body, response, _inFlight, { socket }) => {
    sockets.add(socket);
    const ask = JSON.parse(body) as Asked;
    asked.push(ask);
    const { text = JSON.stringify(said), finish = "stop", refusal = null, status = 200, cut } = answer(ask);
    response.writeHead(status, { "content-type": "application/json" });
    if (cut) return void response.write('{"id":"1"', () => response.destroy());
    const message = { role: "assistant", content: refusal === null ? text : null, refusal };
    const choices = [{ index: 0, message, finish_reason: finish }];
    const usage = { prompt_tokens: 100, completion_tokens: 20, total_tokens: 120 };
    response.end(JSON.stringify(status < 400 ? { id: "1", choices, usage } : { error: { message: text } }));
  });
  return Object.defineProperties(server as ChatServer, { asked: { value: asked }, sockets: { value: sockets } });
}

const openAt = (url: string, spec = "openai/gpt-4o-mini"): Promise<Model> =>
  openProvider(spec, { environment: { OPENAI_API_KEY: "sk-test-0123456789abcdef" }, baseUrl: `${url}/v1` });

it("A3: a truth value is no number, and no answer is bent into the asked kind", async () => {
  const schema = z.object({ score: z.int() });
  for (const text of ['{"score": true}', '{"score": "7"}', '{"score": 3.5}', '{"score": null}', "true", "7"])
    await expect(parseAnswer(text, { model: "m", schema })).rejects.toMatchObject({ code: "MODEL_INVALID" });
  expect(await parseAnswer('{"score": 7}', { model: "m", schema })).toEqual({ score: 7 });
});

it("A3: each call is asked in its own shape, whatever was asked before", async () => {
  await using server = await chatServer(({ response_format }) => ({
    text: JSON.stringify(response_format).includes("rooms") ? '{"rooms":3}' : JSON.stringify(said),
  }));
  const model = await openAt(server.url);
  expect((await model.generate(request())).value).toEqual(said);
  const rooms = { ...request(), schema: z.object({ rooms: z.int() }) };
  expect((await model.generate<{ rooms: number }>(rooms)).value).toEqual({ rooms: 3 });
  expect((await model.generate(request())).value).toEqual(said);
  await model.close?.();
});

const escapes = { said: 'Lucía said: "C:\\new\\temp", then \u0007 and a tab\t.\n저는 괜찮아요 🙂' };
const asAscii = (value: unknown): string =>
  JSON.stringify(value).replace(/[^ -~]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`);

it.each<[string, string]>([
  ["plain", JSON.stringify(escapes)],
  ["every letter escaped", asAscii(escapes)],
  ["in a fence", `Here:\n\`\`\`json\n${asAscii(escapes)}\n\`\`\``],
  ["after brackets in prose", `As [asked] in {your} list [1]:\n${asAscii(escapes)}`],
  ["with a comma too many", asAscii(escapes).replace(/\}$/, ",}")],
])("A4: escapes come through untouched: %s", async (_how, text) => {
  expect(await parseAnswer(text, { model: "m", schema: Said })).toEqual(escapes);
});

it("A4: what is no answer is an error, never an empty object", async () => {
  const everythingOptional = z.object({ said: z.string().optional() });
  for (const text of ["", "I would rather not.", "{", '{"said": "cut o', "[]", "null"])
    await expect(parseAnswer(text, { model: "m", schema: everythingOptional })).rejects.toMatchObject({
      code: expect.stringMatching(/^MODEL_(EMPTY|MALFORMED|INVALID)$/),
    });
});

it("B50: valid JSON is taken as it stands, and almost-JSON with true, false and null is repaired", async () => {
  const schema = z.object({ said: z.string(), sure: z.boolean(), why: z.string().nullable() });
  const valid = '{"said":"a\\\\d+ \\u00e9 \\\\u00e9 [x] {y} \\/","sure":true,"why":null}';
  expect(await parseAnswer(valid, { model: "m", schema })).toEqual(JSON.parse(valid));
  const almost = "Sure: {'said': 'well', \"sure\": true, \"why\": null,}";
  expect(await parseAnswer(almost, { model: "m", schema })).toEqual({ said: "well", sure: true, why: null });
});

it("B37: answered, failed and replayed attempts are counted apart, so that a share is a share of the right whole", async () => {
  const timer = virtualTimer();
  const ledger = createLedger();
  const model = stack(scriptedModel([unavailable(), unavailable(), said, said]), { ledger, timer });
  const replies = [model.generate(request()), model.generate(request({ scope: "person:oscar" }))];
  await timer.advance(600_000);
  await Promise.all(replies);
  expect(ledger.by("outcome").map(({ outcome, calls }) => [outcome, calls])).toEqual([
    ["failed", 2],
    ["answered", 2],
  ]);
  expect(createLedger().by("outcome")).toEqual([]);
});

it("B43: a setting that is there but empty counts as absent, and the usual address is taken", async () => {
  // A proxy sees where it is to connect to; nothing needs to listen at the usual address.
  const targets: string[] = [];
  const proxy = createServer().on("connect", ({ url = "" }, socket) => {
    targets.push(url);
    socket.end("HTTP/1.1 502 Bad Gateway\r\n\r\n");
  });
  await once(proxy.listen(0, "127.0.0.1"), "listening");
  const http_proxy = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
  for (const OLLAMA_HOST of [undefined, "", "  "]) {
    const environment = { OLLAMA_HOST, OLLAMA_BASE_URL: "", http_proxy, no_proxy: "nowhere.invalid" };
    const model = await openProvider("ollama/llama3.2", { environment });
    await expect(model.generate(request())).rejects.toMatchObject({ code: "MODEL_UNAVAILABLE" });
    await model.close?.();
  }
  proxy.close();
  expect(new Set(targets)).toEqual(new Set(["127.0.0.1:11434"]));
  expect(targets.length).toBeGreaterThanOrEqual(3);
});

it("B44: one client for all calls of a model: connections are kept, and nobody gets another's answer", async () => {
  await using server = await chatServer(({ messages }) => ({
    text: JSON.stringify({ said: messages.at(-1)?.content }),
  }));
  const model = await openAt(server.url);
  for (let round = 0; round < 5; round++) {
    const questions = Array.from({ length: 8 }, (_, place) => `question ${round}.${place}`);
    const replies = await Promise.all(questions.map((question) => model.generate(asking(question))));
    expect(replies.map(({ value }) => value.said)).toEqual(questions);
  }
  await model.close?.();
  expect(server.requests).toBe(40);
  // At most eight calls at once; a few more sockets while one still takes in the end of an answer.
  expect(server.sockets.size).toBeLessThanOrEqual(16);
});

it.each(["openai/o1", "openai/o3", "openai/o4-mini", "openai/gpt-5-mini", "compatible/o3-mini"])(
  "B45: %s is asked for what it takes alone, with default settings and with the user's",
  async (spec) => {
    const refused = ["temperature", "top_p", "presence_penalty", "frequency_penalty", "seed"];
    await using server = await chatServer((asked) => {
      const wrong = refused.find((parameter) => parameter in asked);
      if (wrong !== undefined) return { status: 400, text: `Unsupported parameter: '${wrong}'` };
      return { text: JSON.stringify({ state: null, ...says("Here I am, and well.") }) };
    });
    const context = testContext({ model: await openAt(server.url, spec) });
    for (const options of [{}, { temperature: 0.7, maxOutputTokens: 900 }]) {
      const person = new TinyPerson(parsePersona({ name: "Lisa" }), context.fork("person:lisa"), options);
      expect((await person.listenAndAct("Are you there?")).actions[0]?.content).toBe("Here I am, and well.");
    }
    expect(server.requests).toBe(2);
    await context.models.actor.close?.();
  },
);

/** The waits of a call that is tried five times in vain, and whether the calls around it begin at once. */
const waits = async (seed: number) => {
  const timer = virtualTimer();
  const model = scriptedModel(() => unavailable(503));
  const stacked = stack(model, { timer, random: createRandom(seed), retry: { attempts: 5 } });
  const failed = expect(stacked.generate(request())).rejects.toMatchObject({ data: { attempts: 5 } });
  await quiet();
  const atOnce = model.requests.length;
  await timer.advance(600_000);
  await failed;
  const asked = timer.asked.filter((forMs) => forMs < 300_000);
  void stacked.generate(request()).catch(() => undefined);
  await quiet();
  return { atOnce, asked, after: model.requests.length - 5 };
};

it("B46: no wait before the first attempt, none after the last, and none that the next call inherits", async () => {
  const { atOnce, asked, after } = await waits(1);
  expect([atOnce, asked.length, after]).toEqual([1, 4, 1]);
  for (const [place, forMs] of asked.entries()) expect(forMs).toBeLessThanOrEqual(500 * 2 ** place);
});

it("B46: waits are jittered: two runs do not come back together", async () => {
  expect((await waits(1)).asked).not.toEqual((await waits(2)).asked);
  expect((await waits(1)).asked).toEqual((await waits(1)).asked);
});

it("B47: what is served again is not counted as spent, neither by the ledger nor by the budget", async () => {
  const store = createMemoryStore();
  const play = async (answers: readonly unknown[]) => {
    await using run = await testSimulation(answers, { store, budget: { calls: 2, tokens: 1_000_000 } });
    const lisa = await run.simulation.person({ name: "Lisa" });
    await lisa.listenAndAct("One?");
    await lisa.listenAndAct("Two?");
    const { paid, replayed } = run.simulation.ledger;
    return [paid.calls, paid.input, replayed.calls, replayed.input];
  };
  expect(await play([says("The first one is mine."), says("Two is a good number.")])).toEqual([2, 200, 0, 0]);
  // The budget is spent to the last call by now.
  expect(await play([])).toEqual([0, 0, 2, 200]);
});

it("B48: what somebody cost is what that person's calls cost, not a share of the whole", async () => {
  const inner = scriptedModel((_request, call) => says(`That is what I say, for the time ${call}.`));
  const model: Model = {
    ...inner,
    generate: async (asked) => {
      const reply = await inner.generate(asked);
      return { ...reply, usage: asked.scope.includes("ann") ? { input: 1_000, output: 9 } : { input: 10, output: 1 } };
    },
  };
  await using run = await testSimulation(model);
  const [ann, bob] = [await run.simulation.person({ name: "Ann" }), await run.simulation.person({ name: "Bob" })];
  await ann.listenAndAct("One?");
  for (const question of ["One?", "Two?", "Three?"]) await bob.listenAndAct(question);
  const rows = run.simulation.ledger
    .by("person")
    .map(({ person, calls, input, output }) => [person, calls, input, output]);
  expect(rows).toEqual([
    ["person:ann", 1, 1_000, 9],
    ["person:bob", 3, 30, 3],
  ]);
});

it("A11: two runs in one process count each for itself, down to a world's own calls", async () => {
  const script = (asked: ModelRequest<unknown>, call: number): unknown =>
    asked.purpose === "extract" ? { gist: "Bread." } : says(`I say ${call} for my part, dear people.`);
  await using one = await testSimulation(script, { name: "one" });
  await using other = await testSimulation(script, { name: "other" });
  for (const [run, names] of [
    [one, ["Ann", "Bob"]],
    [other, ["Cleo"]],
  ] as const) {
    const people = await Promise.all(names.map((name) => run.simulation.person({ name })));
    const room = run.simulation.world("Room", people).makeEveryoneAccessible();
    room.broadcast("What is there to eat?");
    await room.run(1);
    await extract(room, { objective: "The gist.", schema: z.object({ gist: z.string() }) });
  }
  const scopes = (run: typeof one) => run.simulation.ledger.by("scope").map(({ scope, calls }) => [scope, calls]);
  expect(scopes(one)).toEqual([
    ["person:ann", 1],
    ["person:bob", 1],
    [expect.stringMatching(/^world:room\/extract:\w{12}$/), 1],
  ]);
  expect(scopes(other)).toEqual([
    ["person:cleo", 1],
    [expect.stringMatching(/^world:room\/extract:\w{12}$/), 1],
  ]);
  const steps = one.simulation.ledger.by("step").map(({ step, calls }) => [step, calls]);
  expect(steps).toContainEqual(["room/1", 2]);
});

it.each<[string, Reply, string]>([
  ["a fault of the server", { status: 500, text: "down" }, "MODEL_UNAVAILABLE"],
  ["a cut connection", { cut: true }, "MODEL_UNAVAILABLE"],
  ["a request that is not taken", { status: 400, text: "no such thing" }, "MODEL_REJECTED"],
  ["a wrong key", { status: 401, text: "who are you" }, "MODEL_REJECTED"],
  ["an empty answer", { text: "" }, "MODEL_EMPTY"],
  ["no JSON", { text: "Well, you see …" }, "MODEL_MALFORMED"],
  ["another shape", { text: '{"weather":"fine"}' }, "MODEL_INVALID"],
  ["a cut answer", { text: '{"state":null,"act', finish: "length" }, "MODEL_TRUNCATED"],
  ["a refusal", { refusal: "I will not." }, "MODEL_REFUSED"],
  ["a filter", { finish: "content_filter", text: "" }, "MODEL_FILTERED"],
])("B49: %s is a typed error with a hint, for whoever asked: nothing becomes null", async (_what, reply, code) => {
  await using server = await chatServer(() => reply);
  const context = testContext({ model: await openAt(server.url) });
  const person = new TinyPerson(parsePersona({ name: "Lisa" }), context.fork("person:lisa"));
  const typed = { name: "TinyTroupeError", code, hint: expect.stringMatching(/\w/) };
  await expect(person.listenAndAct("Are you there?")).rejects.toMatchObject(typed);
  expect([person.turns.length, person.pending.length]).toEqual([0, 1]);
  await expect(extract(person, { objective: "What is said.", fields: ["words"] })).rejects.toMatchObject(typed);
  await context.models.actor.close?.();
});
