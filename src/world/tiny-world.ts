import type { Context, Subject } from "../kernel/contracts/context.ts";
import type { EventBody, JournalEvent, TranscriptEntry } from "../kernel/contracts/events.ts";
import type { Actor, StepOutcome, Stimulus } from "../kernel/contracts/person.ts";
import type { PersonId, WorldId } from "../kernel/values/ids.ts";
import { Ticker } from "./calendar.ts";
import { Chronicle } from "./chronicle.ts";
import { type Access, createAccess } from "./delivery/access.ts";
import { Delivery } from "./delivery/delivery.ts";
import { nameWords } from "./delivery/names.ts";
import { Acquaintance } from "./delivery/reach.ts";
import { Roster } from "./delivery/roster.ts";
import { busy, endOf } from "./end-of-run.ts";
import { Feed } from "./feed.ts";
import { acting, checkCount, type RunOptions, type RunResult, type StepResult, type WorldOptions } from "./options.ts";
import { hasAnswers, type OpenStep, openStep, type Played, playStep, type Stage, turnEvent } from "./schedule.ts";
import { TimedRuns } from "./timed-runs.ts";

export type { RunOptions, RunResult, StepResult, WorldOptions } from "./options.ts";

interface Playing {
  readonly options: RunOptions;
  readonly feed: Feed<JournalEvent>;
  readonly ticker: Ticker | undefined;
}

/**
 * A place where people meet. In each step everybody acts; what they say reaches those who can hear them.
 *
 * At first nobody can hear anybody: call `makeEveryoneAccessible`, or let people REACH_OUT to each other. What is
 * broadcast into a world everybody hears.
 */
export class TinyWorld<P extends Actor = Actor> extends TimedRuns implements Subject {
  readonly name: string;
  readonly id: WorldId;
  override readonly context: Context;
  readonly #options: WorldOptions;
  readonly #roster = new Roster<P>();
  readonly #access: Access;
  readonly #acquaintance: Acquaintance<P>;
  readonly #delivery: Delivery<P>;
  readonly #outside = new Set<string>();
  readonly #chronicle = new Chronicle();
  #steps = 0;
  #answered = false;
  #open: OpenStep<P> | undefined;
  #feed: Feed<JournalEvent> | undefined;

  /** A world with its own context, forked as `world:<id>`. NAME_TAKEN when two people have the same name. */
  constructor(name: string, people: readonly P[], options: WorldOptions & { readonly context: Context }) {
    super();
    this.name = name;
    this.context = options.context;
    this.id = this.context.scope.replace(/^world:/, "");
    this.#options = options;
    this.#access = options.access ?? createAccess();
    this.#acquaintance = new Acquaintance(this.#roster, this.#access, options.namesInReach ?? 20);
    this.#delivery = new Delivery({
      id: this.id,
      world: name,
      roster: this.#roster,
      access: this.#access,
      acquaintance: this.#acquaintance,
      unknownTarget: options.unknownTarget ?? "feedback",
      isOutside: (target) => this.#outside.has(nameWords(target).join(" ")),
      record: (body) => this.#record(body),
    });
    this.#enter(people);
    this.#record({ type: "world-created", world: this.id, name, people: people.map((person) => person.id) });
  }

  /** Everybody who is here, in the order of entering. */
  get people(): readonly P[] {
    return this.#roster.list;
  }

  /** The person so called, by full name or a part that means one person only; TARGET_UNKNOWN otherwise. */
  person(name: string): P {
    return this.#roster.one(name);
  }

  /** Lets people in; they act from the next step on. NAME_TAKEN, and nobody enters, when a name is here already. */
  add(...people: readonly P[]): this {
    this.#enter(people);
    for (const person of people) this.#record({ type: "person-entered", world: this.id, person: person.id });
    return this;
  }

  /** Lets people go: who has not begun to act acts no more, and hears nothing. TARGET_UNKNOWN when somebody is not here. */
  remove(...people: readonly (P | string)[]): this {
    for (const person of people.map((who) => this.#roster.member(who))) {
      this.#roster.remove(person);
      this.#record({ type: "person-left", world: this.id, person: person.id });
    }
    return this;
  }

  /** Everyone can hear everyone, those who come later too; exceptions made before are forgotten. */
  makeEveryoneAccessible(): this {
    this.#access.openEveryone();
    this.#record({ type: "access-changed", world: this.id, between: "everyone", accessible: true });
    return this;
  }

  /** These two can hear each other from now on. */
  makeAccessible(one: P | string, other: P | string): this {
    return this.#setAccess([one, other], true);
  }

  /** These two cannot hear each other, and REACH_OUT does not change it. */
  makeInaccessible(one: P | string, other: P | string): this {
    return this.#setAccess([one, other], false);
  }

  /**
   * Everybody hears these words, but the one they come from. Who is named in `from` without being here can be answered:
   * words to them go to the transcript.
   */
  broadcast(speech: string, options: { readonly from?: string | Actor } = {}): this {
    const source = typeof options.from === "object" ? options.from.name : options.from;
    if (source !== undefined && this.#roster.exact(source) === undefined) {
      this.#outside.add(nameWords(source).join(" "));
    }
    const said: Stimulus = { type: "CONVERSATION", content: speech, ...(source !== undefined && { source }) };
    return this.#broadcast(said, (person, stimulus) => person.observe(stimulus));
  }

  /** Everybody has this thought. */
  broadcastThought(thought: string): this {
    return this.#broadcast({ type: "THOUGHT", content: thought }, (person, stimulus) => person.observe(stimulus));
  }

  /** Everybody takes this as a goal. */
  broadcastInternalGoal(goal: string): this {
    return this.#broadcast({ type: "INTERNAL_GOAL_FORMULATION", content: goal }, (person, stimulus) =>
      person.observe(stimulus),
    );
  }

  /** Everybody is in these circumstances from now on; they take the place of the former ones. */
  broadcastContext(context: string | readonly string[]): this {
    const circumstances = [context].flat();
    return this.#broadcast({ type: "LOCATION", content: circumstances.join("\n") }, (person, stimulus) => {
      if (person.changeContext) person.changeContext(circumstances);
      else person.observe(stimulus);
    });
  }

  /**
   * Plays so many steps, fewer when a stop condition holds (`RunResult.stopped` says which). A person's failure is an
   * outcome of the step; when nobody who tried has an answer, why is thrown, and so is the reason when the whole simulation
   * is over (ABORTED, BUDGET_EXCEEDED). After a stop by budget or signal, or a thrown error, the step stays open and the
   * next run goes on with it. RUN_BUSY when the world is being played already.
   */
  override async run(steps: number, options: RunOptions = {}): Promise<RunResult> {
    const play = this.play(steps, options);
    let next = await play.next();
    while (!next.done) next = await play.next();
    return next.value;
  }

  /**
   * Plays like `run`, and yields the events of the world and the turns of its people as they happen. The next step
   * begins when all events of this one were read; who leaves the loop early waits for those who are acting, and the
   * world is then as after a stop by signal.
   */
  async *play(steps: number, options: RunOptions = {}): AsyncGenerator<JournalEvent, RunResult> {
    checkCount(steps, "steps");
    if (this.#feed !== undefined) throw busy(this.name);
    const feed = new Feed<JournalEvent>();
    using ticker = options.delta === undefined ? undefined : new Ticker(this.context.clock, options.delta).hold(this);
    this.#feed = feed;
    try {
      const result = yield* this.#playSteps(steps, { options, ticker, feed });
      yield* feed.rest();
      return result;
    } finally {
      this.#feed = undefined;
    }
  }

  /** What happened here, once each, in order; what people did elsewhere is not part of it. */
  transcript(): readonly TranscriptEntry[] {
    const step = this.#open;
    const waiting = step?.cast.filter((person) => !step.outcomes.has(person.id)) ?? [];
    const turns = waiting.flatMap((person) => step?.turns.get(person.id) ?? []);
    return this.#chronicle.transcript(turns.flatMap((turn) => turnEvent(turn, this.#time()) ?? []));
  }

  async *#playSteps(steps: number, playing: Playing): AsyncGenerator<JournalEvent, RunResult> {
    const { options, feed } = playing;
    const results: StepResult[] = [];
    const ended = (stopped: RunResult["stopped"]): RunResult => endOf(this.context.signal, results, stopped);
    while (results.length < steps) {
      if (this.#isStopped(playing)) return ended("signal");
      if (this.#open === undefined) await this.context.arriveAt(`${this.id}/${this.#steps + 1}`);
      if (this.#isStopped(playing)) return ended("signal");
      const step = this.#open ?? this.#begin(playing);
      const play = playStep(step, this.#stage(step, playing)).then((played) => this.#finish(step, played));
      const { result, cut } = yield* feed.during(play);
      results.push(result);
      if (cut !== undefined) return ended(cut);
      for (const error of this.#delivery.takeErrors()) throw error;
      if (await options.until?.(result)) return ended("until");
      if (result.quiet && (options.stopWhenQuiet ?? options.delta === undefined)) return ended("quiet");
    }
    return ended("steps");
  }

  #isStopped({ options, feed }: Playing): boolean {
    return feed.left || this.context.signal.aborted || options.signal?.aborted === true;
  }

  #begin({ options, ticker }: Playing): OpenStep<P> {
    ticker?.tick();
    this.#steps += 1;
    const order = options.order ?? this.#options.order ?? "simultaneous";
    const dice = this.context.random.fork(`step:${this.#steps}`);
    const cast = order === "shuffled" ? dice.shuffle(this.people) : this.people;
    this.#open = openStep({ number: this.#steps, order, cast, afterAnswers: this.#answered });
    this.#record({ type: "step-started", world: this.id, step: this.#steps });
    return this.#open;
  }

  #stage(step: OpenStep<P>, playing: Playing): Stage<P> {
    const asked = { ...acting(playing.options), step: `${this.id}/${step.number}` };
    return {
      isStopped: () => this.#isStopped(playing),
      isHere: (person) => this.#roster.get(person.id) === person,
      act: async (person) => {
        const turn = await person.act({ ...this.#acquaintance.of(person), ...asked });
        const event = turnEvent(turn, this.#time());
        if (event) playing.feed.push(event);
        return turn;
      },
      commit: (person, outcome) => this.#commit(step.number, person, outcome),
    };
  }

  #commit(step: number, person: P, outcome: StepOutcome): void {
    const at = { world: this.id, step, person: person.id };
    if ("error" in outcome) {
      this.#record({ type: "failed", ...at, error: outcome.error });
      return;
    }
    const event = turnEvent(outcome.turn, this.#time());
    if (event === undefined) return;
    this.#chronicle.add(event);
    this.#record({ type: "acted", ...at, turn: event.id });
    this.#delivery.deliver(person, outcome.turn);
    this.#delivery.tell(person, person.settle?.(outcome.turn) ?? []);
  }

  #finish({ number }: OpenStep<P>, { cut, outcomes }: Played): { result: StepResult; cut: Played["cut"] } {
    const quiet = outcomes.every((one) => "turn" in one && one.turn.actions.every((action) => action.type === "DONE"));
    if (cut === undefined) {
      this.#record({ type: "step-finished", world: this.id, step: number, quiet });
      this.#answered = hasAnswers(outcomes) ?? this.#answered;
      this.#open = undefined;
    }
    return { result: { step: number, ...this.#time(), outcomes, quiet, ...(cut && { open: true }) }, cut };
  }

  #time(): { readonly time?: string } {
    const now = this.context.clock.now();
    return now === undefined ? {} : { time: now.toISOString() };
  }

  #enter(people: readonly P[]): void {
    this.#roster.add(people);
    this.#chronicle.meet(people);
  }

  #setAccess(between: readonly [P | string, P | string], accessible: boolean): this {
    const [one, other] = between.map((who) => this.#roster.member(who).id) as [PersonId, PersonId];
    if (accessible) this.#access.open(one, other);
    else this.#access.close(one, other);
    this.#record({ type: "access-changed", world: this.id, between: [one, other], accessible });
    return this;
  }

  #broadcast(given: Stimulus, tell: (person: P, stimulus: Stimulus) => void): this {
    const said = this.context.revise(given);
    const hearers = this.people.filter((person) => person.name !== said.source);
    const to = hearers.length > 1 ? "everyone" : hearers.map((person) => person.id);
    const { id: via } = this.#record({ type: "broadcast", world: this.id, stimulus: said, to });
    const stimulus = { ...said, via };
    for (const person of hearers) tell(person, stimulus);
    return this;
  }

  #record<B extends EventBody>(body: B): JournalEvent<B> {
    const event = this.context.journal.record(body);
    this.#chronicle.add(event as JournalEvent);
    this.#feed?.push(event as JournalEvent);
    return event;
  }
}
