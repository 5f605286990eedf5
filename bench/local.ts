// A local model through all that is ours (chat template, pool of sequences, grammar, streaming, reading of the answer)
// against the bare loop of node-llama-cpp: same weights, same prompts as ready tokens, same grammar, sampling, seed and
// threads; each answer ends by itself. The two take turns in one process, so that what else the machine does meets both.
import { homedir } from "node:os";
import { z } from "../src/index.ts";
import { createChat } from "../src/model/local/engine/chat.ts";
import { answerGrammar } from "../src/model/local/grammar/answer-grammar.ts";
import { openLocalModel } from "../src/model/local/open-local-model.ts";
import { profileOf } from "../src/model/local/profile.ts";
import { openRuntime } from "../src/model/local/runtime.ts";
import { entryOf, smallDefault } from "../src/model/local/weights/catalogue.ts";
import { modelCacheFolder, modelPath } from "../src/model/local/weights/folder.ts";
import type { Message, Model } from "../src/models.ts";
import { tinyGguf } from "../tests/support/tiny-gguf.ts";
import type { Bench, Scenario } from "./harness/scenario.ts";

const schemas = {
  prose: z.object({ content: z.string().max(160) }),
  "in a frame": z.object({ mood: z.string().max(20), content: z.string().max(120), sure: z.boolean() }),
};
const contextTokens = 2048;
const tokensAtMost = 320;

const persona = `You are Odile Marchetti, 47, a ferry mate in Genoa, Italy. You have worked at sea since you were nineteen, and you know every captain on the northern route. You talk in short sentences, you count on your fingers, and you dislike people who say that something is easy. You have a brother in Turin who repairs lifts, two daughters who answer messages with one letter, and a small boat that you have been repainting for six years. You like anchovies, card games for small money and the smell of rope. You are proud of your handwriting. You never buy anything on the day that you first see it, and you keep the receipts in a biscuit tin. You want to retire before your knees do.`;
const questions = [
  "Which new AI feature would you add to a word processor?",
  "What did you do last weekend?",
  "Would you pay 20 euros a month for meals that are delivered to your home?",
  "What worries you most about the next five years?",
  "A shop offers to mend your kettle for free. Do you go?",
  "Whom do you ask when something breaks?",
] as const;

interface Task {
  readonly messages: readonly Message[];
  readonly seed: number;
}

interface Timed {
  readonly tokens: number;
  readonly wall: number;
  readonly cpu: number;
}

interface Loop {
  /** How many tokens were written; the answer ends by itself. */
  answer(task: Task): Promise<number>;
  close(): Promise<void>;
}

const tasks = (count: number): readonly Task[] =>
  Array.from({ length: count }, (_, index) => ({
    messages: [
      { role: "system", content: `Answer in the first person, in two or three short sentences.\n${persona}` },
      { role: "user", content: questions[index % questions.length] as string },
    ],
    seed: 100 + index,
  }));

/** All that is ours, as a person's turn goes through it while somebody watches. */
function whole(model: Model, schema: z.ZodType<unknown>): Loop {
  return {
    async answer({ messages, seed }) {
      let heard = 0;
      const { usage } = await model.generate({
        messages,
        schema,
        purpose: "act",
        scope: "person:odile",
        seed,
        maxOutputTokens: tokensAtMost,
        onDelta: () => ++heard,
      });
      return usage.output;
    },
    close: async () => model.close?.(),
  };
}

/** What the engine's own documentation shows: keep the common beginning, evaluate the rest, take token after token. */
async function bare(path: string, name: string | undefined, schema: z.ZodType): Promise<Loop> {
  const runtime = await openRuntime(false);
  const model = await runtime.llama.loadModel({ modelPath: path });
  const { bounds, sampling } = profileOf(model, name === undefined ? undefined : entryOf(name));
  const context = await model.createContext({ contextSize: contextTokens, threads: 1 });
  const sequence = context.getSequence();
  const chat = createChat(runtime, model, "bench");
  const { LlamaGrammarEvaluationState } = runtime.module;
  const grammar = await runtime.llama.createGrammar({ grammar: answerGrammar(schema, bounds, "bench").grammar });
  const prompts = new Map<Task, ReturnType<typeof chat>>();
  const { temperature, topK, topP, minP, repeatPenalty, phrasePenalty } = sampling;
  return {
    async answer(task) {
      const prompt = prompts.get(task) ?? chat(task.messages);
      prompts.set(task, prompt);
      await sequence.adaptStateToTokens(prompt.slice(0, -1), false);
      const written: (typeof prompt)[number][] = [];
      const tokens = sequence.evaluate(prompt.slice(sequence.nextTokenIndex), {
        temperature,
        topK,
        topP,
        minP,
        seed: task.seed,
        repeatPenalty: { punishTokens: () => written, penalty: repeatPenalty },
        dryRepeatPenalty: { strength: phrasePenalty, allowedLength: 2, lastTokens: 512 },
        grammarEvaluationState: new LlamaGrammarEvaluationState({ model, grammar }),
      });
      for await (const token of tokens) {
        written.push(token);
        if (written.length >= tokensAtMost) break;
      }
      return written.length;
    },
    close: () => runtime.llama.dispose(),
  };
}

async function timed(work: () => Promise<number>): Promise<Timed> {
  const [cpu, started] = [process.cpuUsage(), performance.now()];
  const tokens = await work();
  const wall = performance.now() - started;
  const used = process.cpuUsage(cpu);
  return { tokens, wall, cpu: (used.user + used.system) / 1000 };
}

const median = (values: readonly number[]): number =>
  [...values].sort((one, other) => one - other)[Math.floor(values.length / 2)] ?? Number.NaN;
const perSecond = (field: "wall" | "cpu", runs: readonly Timed[]): number =>
  median(runs.map((run) => (run.tokens / run[field]) * 1000));

/** Pairs of answers to the same task, now ours first, now the engine's; before each, both had answered the task before. */
async function pairs(ours: Loop, engine: Loop, all: readonly Task[]): Promise<readonly (readonly [Timed, Timed])[]> {
  const found: (readonly [Timed, Timed])[] = [];
  for (const [index, task] of all.entries()) {
    const one = () => timed(() => ours.answer(task));
    const other = () => timed(() => engine.answer(task));
    if (index % 2 === 0) found.push([await one(), await other()]);
    else {
      const theirs = await other();
      found.push([await one(), theirs]);
    }
  }
  // The first pair finds code and caches cold.
  return found.slice(1);
}

const overEngine = { metric: "ours over the engine's", unit: "ratio", goal: { atLeast: 0.9 } } as const;

const scenarioName = (weights: string | undefined, kind: string): string =>
  `local ${weights ?? "tiny, random weights"}, ${kind}`;

async function compare({ row, progress }: Bench, weights: { name: string | undefined; path: string }, count: number) {
  for (const [kind, schema] of Object.entries(schemas)) {
    const scenario = scenarioName(weights.name, kind);
    progress(scenario);
    const options = { cacheFolder: "", gpu: false, threads: 1, contextTokens } as const;
    const engine = await bare(weights.path, weights.name, schema);
    const ours = whole(await openLocalModel(weights.path, options), schema);
    const runs = await pairs(ours, engine, tasks(count));
    await ours.close();
    await engine.close();
    const [our, their] = [runs.map(([one]) => one), runs.map(([, other]) => other)];
    const ratio = (field: "wall" | "cpu"): number =>
      median(runs.map(([one, other]) => (one.tokens / one[field]) * (other[field] / other.tokens)));
    row({ scenario, metric: "through all that is ours", value: perSecond("wall", our), unit: "tokens/s" });
    row({ scenario, metric: "the engine's bare loop", value: perSecond("wall", their), unit: "tokens/s" });
    row({ scenario, ...overEngine, value: ratio("wall") });
    row({ scenario, metric: "the same by processor time", value: ratio("cpu"), unit: "ratio" });
  }
}

export const scenario: Scenario = {
  measures:
    "tokens per second of a local model, grammar included, over node-llama-cpp's own loop with the same grammar",
  seconds: 60,
  async run(bench) {
    await compare(bench, { name: undefined, path: tinyGguf() }, 24);
    const cacheFolder = modelCacheFolder(process.env, process.platform, homedir());
    const path = await modelPath(smallDefault, cacheFolder).catch(() => undefined);
    if (path !== undefined) return compare(bench, { name: smallDefault, path }, 19);
    const lacks = `Fetch the weights: tinytroupe models pull ${smallDefault}`;
    for (const kind of Object.keys(schemas)) {
      bench.row({ scenario: scenarioName(smallDefault, kind), ...overEngine, value: null, lacks });
    }
  },
};
