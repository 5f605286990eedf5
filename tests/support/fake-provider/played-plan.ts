import { createRandom } from "../../../src/kernel/values/random.ts";
import { markIn, playPart, wordsOf } from "./cast.ts";
import type { Answer, FakeRequest, Order } from "./dialect.ts";
import { canMeet, type Fault, faultOrder } from "./faults.ts";
import type { LogEntry, Plan, Stats } from "./plan.ts";
import { createPromptCache } from "./prompt-cache.ts";
import { createRate, type Rate } from "./rate.ts";
import { ringTurn } from "./ring.ts";
import type { Master } from "./serve.ts";

type Done = LogEntry["done"];

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
    const words = wordsOf(request);
    const key = markIn(words);
    const attempt = (this.#attempts.get(key) ?? 0) + 1;
    this.#attempts.set(key, attempt);
    const refused = this.#rate.refuse(
      { tokens: Math.ceil(words.length / 4), inFlight: this.#inFlight },
      performance.now(),
    );
    const dice = createRandom(`${this.#plan.seed} ${key} ${attempt}`);
    const fault = this.#faultOf(request, dice.next());
    const person = /You are (.{1,200}?)\.\\n<persona>/.exec(words)?.[1];
    const { ms, spread = 0 } = this.#plan.latency;
    const afterMs = refused ? 0 : ms + Math.round(dice.next() * spread);
    const { order, done, usage } = refused
      ? { order: refused, done: "limited" as const, usage: { input: 0, cached: 0, output: 0 } }
      : this.#answer(request, { key, person, fault });
    this.#note(request, {
      ...{
        number: this.log.length,
        at: arrivedAt - this.#started,
        path: request.path,
        streamed: request.streams === true,
      },
      ...(person === undefined ? {} : { person }),
      ...{ key, attempt, done, afterMs, input: usage.input, cached: usage.cached, output: usage.output },
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

  #faultOf(request: FakeRequest, thrown: number): Fault | undefined {
    let below = 0;
    for (const [fault, share = 0] of Object.entries(this.#plan.faults) as [Fault, number | undefined][]) {
      below += share;
      if (thrown < below) return canMeet(request, fault) ? fault : undefined;
    }
    return undefined;
  }

  #answer(
    request: FakeRequest,
    {
      key,
      person,
      fault,
    }: { readonly key: string; readonly person: string | undefined; readonly fault: Fault | undefined },
  ): { order: Order; done: Done; usage: Answer["usage"] } {
    const { cast, retryAfterMs, streaming } = this.#plan;
    const inRing = cast.play === "ring" && person !== undefined && isTurn(request);
    const { text } = inRing ? ringTurn(request, { person, mark: key, people: cast.people }) : playPart(request, key);
    const output = Math.ceil(text.length / 4);
    const usage = { ...this.#cache.use(request), output, reasoning: 0 };
    const pieceSize = Math.max(1, Math.ceil(text.length / streaming.chunks));
    const answer = { text, usage, pieceSize, ...(streaming.eachMs && { eachMs: streaming.eachMs }) };
    if (fault === undefined) return { order: answer, done: "answered", usage };
    return { order: faultOrder(fault, answer, retryAfterMs), done: fault, usage: { ...usage, output: 0 } };
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
