import { createRandom } from "../../../src/kernel/values/random.ts";
import { markIn, playPart, wordsOf } from "./cast.ts";
import type { FakeRequest, Order } from "./dialect.ts";
import { canMeet, type Fault, faultOrder } from "./faults.ts";
import type { LogEntry, Plan, Stats } from "./plan.ts";
import { createPromptCache } from "./prompt-cache.ts";
import { createRate, type Rate } from "./rate.ts";
import { ringTurn } from "./ring.ts";
import type { Master } from "./serve.ts";

type Done = LogEntry["done"];
type Tokens = Pick<LogEntry, "input" | "cached" | "output">;

/** What the plan needs to know of a request. */
interface Asked {
  readonly key: string;
  readonly attempt: number;
  readonly person: string | undefined;
  readonly tokens: number;
}

interface Decision {
  readonly order: Order;
  readonly afterMs: number;
  readonly done: Done;
  readonly usage: Tokens;
}

const nothing: Tokens = { input: 0, cached: 0, output: 0 };

/** A plan at work: it says what happens to each request, and remembers it in a few words. */
export class PlayedPlan implements Master {
  readonly log: LogEntry[] = [];
  #plan: Plan;
  #rate: Rate;
  readonly #told: (entry: LogEntry) => void;
  readonly #started = performance.now();
  readonly #cpu = process.cpuUsage();
  readonly #cache = createPromptCache();
  readonly #attempts = new Map<string, number>();
  readonly #entries = new WeakMap<FakeRequest, LogEntry>();
  readonly #done: Partial<Record<Done, number>> = {};
  readonly #tokens = { input: 0, cached: 0, output: 0 };
  readonly #waiting: (() => void)[] = [];
  #inFlight = 0;
  #most = 0;

  constructor(plan: Plan, told: (entry: LogEntry) => void) {
    this.#plan = plan;
    this.#told = told;
    this.#rate = createRate(plan.limits, this.#started);
  }

  /** Goes on with other rules; what was counted stays. */
  change(part: Partial<Plan>): void {
    this.#plan = { ...this.#plan, ...part };
    if (part.limits !== undefined) this.#rate = createRate(part.limits, performance.now());
  }

  stats(sockets: number): Stats {
    const { user, system } = process.cpuUsage(this.#cpu);
    return {
      ...{ calls: this.log.length, done: this.#done, inFlight: this.#inFlight, mostInFlight: this.#most },
      ...{ tokens: this.#tokens, cpuMs: (user + system) / 1000, sockets },
    };
  }

  idle(): Promise<void> {
    return this.#inFlight === 0 ? Promise.resolve() : new Promise((resolve) => this.#waiting.push(resolve));
  }

  order(request: FakeRequest, arrivedAt: number): Order {
    this.#inFlight += 1;
    this.#most = Math.max(this.#most, this.#inFlight);
    const asked = this.#read(request);
    const { order, afterMs, done, usage } = this.#decide(request, asked);
    const { key, attempt, person } = asked;
    this.#note(request, {
      number: this.log.length,
      at: arrivedAt - this.#started,
      path: request.path,
      streamed: request.streams === true,
      ...(person === undefined ? {} : { person }),
      ...{ key, attempt, done, afterMs },
      ...{ input: usage.input, cached: usage.cached, output: usage.output },
    });
    return { ...order, afterMs };
  }

  over(request: FakeRequest, whole: boolean): void {
    this.#inFlight -= 1;
    if (this.#inFlight === 0) for (const resolve of this.#waiting.splice(0)) resolve();
    const entry = this.#entries.get(request);
    if (entry === undefined) return;
    entry.endedAt = performance.now() - this.#started;
    entry.whole = whole;
    this.#told(entry);
  }

  #read(request: FakeRequest): Asked {
    const words = wordsOf(request);
    const key = markIn(words);
    const attempt = (this.#attempts.get(key) ?? 0) + 1;
    this.#attempts.set(key, attempt);
    const person = /You are (.{1,200}?)\.\\n<persona>/.exec(words)?.[1];
    return { key, attempt, person, tokens: Math.ceil(words.length / 4) };
  }

  #decide(request: FakeRequest, asked: Asked): Decision {
    const { seed, latency, retryAfterMs } = this.#plan;
    const sent = { tokens: asked.tokens, inFlight: this.#inFlight };
    const refused = this.#rate.refuse(sent, performance.now());
    if (refused !== undefined) return { order: refused, afterMs: 0, done: "limited", usage: nothing };
    const dice = createRandom(`${seed} ${asked.key} ${asked.attempt}`);
    const fault = this.#faultOf(request, dice.next());
    const afterMs = latency.ms + Math.round(dice.next() * (latency.spread ?? 0));
    const answer = this.#answer(request, asked);
    if (fault === undefined) return { order: answer, afterMs, done: "answered", usage: answer.usage };
    const order = faultOrder(fault, answer, retryAfterMs);
    return { order, afterMs, done: fault, usage: { ...answer.usage, output: 0 } };
  }

  #faultOf(request: FakeRequest, thrown: number): Fault | undefined {
    let below = 0;
    for (const [fault, share = 0] of Object.entries(this.#plan.faults) as [Fault, number | undefined][]) {
      below += share;
      if (thrown < below) return canMeet(request, fault) ? fault : undefined;
    }
    return undefined;
  }

  #answer(request: FakeRequest, { key, person }: Asked) {
    const { cast, streaming } = this.#plan;
    const inRing = cast.play === "ring" && person !== undefined && isTurn(request);
    const { text } = inRing ? ringTurn(request, { person, mark: key, people: cast.people }) : playPart(request, key);
    const usage = { ...this.#cache.use(request), output: Math.ceil(text.length / 4), reasoning: 0 };
    const pieceSize = Math.max(1, Math.ceil(text.length / streaming.chunks));
    return { text, usage, pieceSize, ...(streaming.eachMs && { eachMs: streaming.eachMs }) };
  }

  #note(request: FakeRequest, entry: LogEntry): void {
    this.log.push(entry);
    this.#entries.set(request, entry);
    this.#done[entry.done] = (this.#done[entry.done] ?? 0) + 1;
    for (const part of ["input", "cached", "output"] as const) this.#tokens[part] += entry[part];
  }
}

function isTurn({ schema }: FakeRequest): boolean {
  return (schema as { properties?: { actions?: unknown } } | undefined)?.properties?.actions !== undefined;
}
