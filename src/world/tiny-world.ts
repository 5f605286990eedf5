import type { Context, Subject } from "../kernel/contracts/context.ts";
import type { EventBody, JournalEvent, TranscriptEntry } from "../kernel/contracts/events.ts";
import type { Journal } from "../kernel/contracts/journal.ts";
import type { Actor, StepOutcome } from "../kernel/contracts/person.ts";
import type { WorldId } from "../kernel/values/ids.ts";
import { Gathering } from "./gathering.ts";
import type { Intervention } from "./intervention/intervention.ts";
import { Interventions } from "./intervention/interventions.ts";
import type { WorldOptions } from "./options.ts";
import { Chronicle } from "./play/chronicle.ts";
import { busy, endOf, reasonToEnd } from "./play/end-of-run.ts";
import { EventStream } from "./play/event-stream.ts";
import { type OpenStep, openStep, type Stage, turnEvent } from "./play/open-step.ts";
import { type Played, playStep } from "./play/play-step.ts";
import type { RunResult, StepResult } from "./play/results.ts";
import { quietEnd, Silence, Trials } from "./play/silence.ts";
import { scheduleOf } from "./schedule/named.ts";
import type { Schedule, StepPlan } from "./schedule/schedule.ts";
import { createSociety, type Society } from "./society.ts";
import { timeIsUp } from "./termination/endings.ts";
import type { When } from "./time/agenda.ts";
import type { Pace } from "./time/pace.ts";
import { acting, type CheckedPlan, checkedPlan, type RunOptions, type RunPlan } from "./time/run-options.ts";
import { paceOf, scheduleIn } from "./waking/waking.ts";

export type { WorldOptions } from "./options.ts";
export type { RunResult, StepResult } from "./play/results.ts";
export type { RunOptions, RunPlan } from "./time/run-options.ts";

interface Playing<P extends Actor> {
  readonly plan: CheckedPlan;
  readonly schedule: Schedule;
  readonly stream: EventStream<JournalEvent>;
  readonly pace: Pace<P>;
}

/**
 * A place where people meet. In each step everybody acts; what they say reaches those who can hear them.
 *
 * At first nobody can hear anybody: call `makeEveryoneAccessible`, or let people REACH_OUT to each other. What is
 * broadcast into a world everybody hears. Who acts when, who perceives what, when words arrive, what becomes of actions
 * and when a run ends are parts that can be replaced, one by one, among the options.
 */
export class TinyWorld<P extends Actor = Actor> extends Gathering<P> implements Subject {
  override readonly name: string;
  override readonly id: WorldId;
  override readonly context: Context;
  protected override readonly society: Society<P>;
  readonly #options: WorldOptions;
  readonly #interventions: Interventions<P>;
  readonly #chronicle = new Chronicle();
  readonly #silence = new Silence();
  readonly #trials = new Trials();
  #steps = 0;
  #open: OpenStep<P> | undefined;
  #stream: EventStream<JournalEvent> | undefined;

  /**
   * A world with its own context, forked as `world:<id>`. NAME_TAKEN when two people have the same name, OPTION_INVALID
   * for what is no part of a world, and for a delivery by simulated time where there is none.
   */
  constructor(name: string, people: readonly P[], options: WorldOptions & { readonly context: Context }) {
    super();
    const { context } = options;
    this.name = name;
    this.context = context;
    this.id = context.scope.replace(/^world:/, "");
    this.#options = options;
    const record: Journal["record"] = (body) => this.#record(body);
    const meet = (newcomers: readonly P[]): void => this.#chronicle.meet(newcomers);
    this.society = createSociety({ id: this.id, name, context, options, step: () => this.#steps, record, meet });
    this.#interventions = new Interventions({ id: this.id, world: this, context, record });
    this.society.admit(people);
    record({ type: "world-created", world: this.id, name, people: people.map((person) => person.id) });
    this.society.keepRelations();
  }

  /**
   * Has somebody act in a later step though nothing is new to them, where the schedule goes by what wakes people
   * (`eventDriven`): before so many steps from here, by default the next, or once a moment has come. TARGET_UNKNOWN when
   * they are not here.
   */
  wake(who: P | string, when: When = { inSteps: 1 }): this {
    this.society.attention.wake(this.society.roster.member(who).id, when, this.#steps);
    return this;
  }

  /**
   * From the next step on, looks in each, before anybody acts, whether these are due. NAME_TAKEN for a second one of a
   * name, OPTION_INVALID for limits and claims that are none.
   */
  intervene(...interventions: readonly Intervention<P>[]): this {
    this.#interventions.add(interventions);
    return this;
  }

  /**
   * Plays so many steps, or steps until a moment, for a span of time or until something holds, as in
   * `run({ until: "2030-03-01", every: { hours: 6 } })`; fewer when a stop condition holds (`RunResult.stopped` says
   * which). A person's failure is an outcome of the step; when nobody who tried has an answer, why is thrown, and so is
   * the reason when the whole simulation is over (ABORTED, BUDGET_EXCEEDED). After a stop by budget or signal, or a thrown
   * error, the step stays open and the next run goes on with it. RUN_BUSY when the world is being played already.
   */
  override run(steps: number, options?: RunOptions): Promise<RunResult>;
  override run(plan: RunPlan): Promise<RunResult>;
  override async run(steps: number | RunPlan, options: RunOptions = {}): Promise<RunResult> {
    const play = this.#play(steps, options);
    let next = await play.next();
    while (!next.done) next = await play.next();
    return next.value;
  }

  /**
   * Plays like `run`, and yields the events of the world and the turns of its people as they happen. The next step
   * begins when all events of this one were read; who leaves the loop early waits for those who are acting, and the
   * world is then as after a stop by signal.
   */
  play(steps: number, options?: RunOptions): AsyncGenerator<JournalEvent, RunResult>;
  play(plan: RunPlan): AsyncGenerator<JournalEvent, RunResult>;
  play(steps: number | RunPlan, options: RunOptions = {}): AsyncGenerator<JournalEvent, RunResult> {
    return this.#play(steps, options);
  }

  async *#play(given: number | RunPlan, more: RunOptions): AsyncGenerator<JournalEvent, RunResult> {
    const { stopWhen = this.#options.termination, ...asked } = checkedPlan(given, more);
    const plan = { ...asked, ...(stopWhen && { stopWhen }) };
    const schedule = scheduleIn(plan, scheduleOf(plan.schedule ?? this.#options.schedule));
    if (this.#stream !== undefined) throw busy(this.name);
    const stream = new EventStream<JournalEvent>();
    using pace = paceOf(plan, this, this.society);
    this.#stream = stream;
    try {
      this.society.attention.begin(this.people, schedule.attentive === true);
      const result = yield* this.#playSteps({ plan, schedule, pace, stream });
      yield* stream.rest();
      return result;
    } finally {
      this.#stream = undefined;
    }
  }

  /** What happened here, once each, in order; what people did elsewhere is not part of it. */
  transcript(): readonly TranscriptEntry[] {
    const step = this.#open;
    const waiting = step?.plan?.cast.filter((person) => !step.outcomes.has(person.id)) ?? [];
    const turns = waiting.flatMap((person) => step?.turns.get(person.id) ?? []);
    return this.#chronicle.transcript(turns.flatMap((turn) => turnEvent(turn, this.#time()) ?? []));
  }

  async *#playSteps(playing: Playing<P>): AsyncGenerator<JournalEvent, RunResult> {
    const results: StepResult[] = [];
    const ended = (stopped: RunResult["stopped"], reason?: string): RunResult =>
      endOf(this.context.signal, { steps: results, stopped, ...(reason !== undefined && { reason }) });
    while (playing.pace.goesOn(results.length, this.#open !== undefined)) {
      if (this.#isStopped(playing)) return ended("signal");
      if (this.#open === undefined) await this.context.arriveAt(`${this.id}/${this.#steps + 1}`);
      if (this.#isStopped(playing)) return ended("signal");
      const step = this.#open ?? this.#begin(playing);
      const play = playStep(step, this.#stage(step, playing)).then((played) => this.#finish(step, played));
      const { result, cut } = yield* playing.stream.during(play);
      results.push(result);
      if (cut !== undefined) return ended(cut);
      const [unknown] = this.society.delivery.takeErrors();
      if (unknown !== undefined) throw unknown;
      const [stopped, reason] = await this.#end(results, playing);
      if (stopped !== undefined) return ended(stopped, reason);
    }
    const { end } = playing.pace;
    return end === "termination" ? ended(...this.#over(timeIsUp(this.#time().time ?? ""))) : ended(end);
  }

  #isStopped({ plan, stream }: Playing<P>): boolean {
    return stream.left || this.context.signal.aborted || plan.signal?.aborted === true;
  }

  /** Whether the run ends after the last of these steps, and why. */
  async #end(steps: readonly StepResult[], { plan, pace }: Playing<P>): Promise<[RunResult["stopped"]?, string?]> {
    const step = steps.at(-1) as StepResult;
    if (typeof plan.until === "function" && (await plan.until(step))) return ["until"];
    const idle = this.#silence.isComplete && !this.#hasMoreToCome(pace);
    const run = { step, played: steps.length, idle, time: this.context.clock.now(), people: this.people };
    const reason = await reasonToEnd(plan.stopWhen, { ...run, transcript: () => this.transcript() });
    if (reason !== undefined) return this.#over(reason);
    return idle && (plan.stopWhenQuiet ?? !pace.movesTime) ? quietEnd(this, steps.length, pace) : [];
  }

  #over(reason: string): ["termination", string] {
    this.#record({ type: "ended", world: this.id, step: this.#steps, reason });
    return ["termination", reason];
  }

  #hasMoreToCome({ movesTime }: Pace<P>): boolean {
    const { post, attention } = this.society;
    return post.awaitsSteps || attention.awaitsSteps || (movesTime && (post.awaitsTime || attention.awaitsTime));
  }

  #begin({ pace }: Playing<P>): OpenStep<P> {
    pace.advance();
    this.#steps += 1;
    const due = this.society.attention.due(this.#steps, this.context.clock.now());
    this.#open = openStep({ number: this.#steps, due });
    this.#record({ type: "step-started", world: this.id, step: this.#steps });
    this.society.post.bring();
    return this.#open;
  }

  #stage(step: OpenStep<P>, playing: Playing<P>): Stage<P> {
    const { roster, acquaintance, attention, referee } = this.society;
    const asked = { ...acting(playing.plan), step: `${this.id}/${step.number}` };
    const { idle: _idle, maxActions: _most, ...call } = asked;
    return {
      ...{ isStopped: () => this.#isStopped(playing), isAnsweredAtOnce: this.context.models.actor.atOnce === true },
      isHere: (person) => roster.get(person.id) === person,
      ended: (one) => attention.ended(one.person, "turn" in one ? one.turn : undefined),
      spares: (failed) => this.#trials.spares(failed, step.plan?.cast ?? [], this.people),
      plan: () => this.#plan(step, playing.schedule, call),
      act: async (person) => {
        const prompted = step.plan?.prompted?.has(person.id) ? ({ idle: "ask" } as const) : {};
        await playing.pace.meanwhile?.(person, call);
        attention.begins(person, step.number);
        this.heed(person);
        const turn = await person.act({ ...acquaintance.of(person), ...asked, ...prompted });
        const event = turnEvent(turn, this.#time());
        if (event) playing.stream.push(event);
        return turn;
      },
      ...(referee && {
        resolve: (taken) => {
          const scene = { world: this.name, step: step.number, people: this.people, context: this.context, call };
          return referee.rule(taken, step, { ...scene, transcript: () => this.transcript() });
        },
      }),
      commit: (person, outcome) => this.#commit(step, person, outcome),
    };
  }

  async #plan(step: OpenStep<P>, schedule: Schedule, call: { readonly step: string }): Promise<StepPlan<P>> {
    const { roster, attention } = this.society;
    await this.#interventions.look({ number: step.number, ...call });
    return schedule.plan<P>({
      ...{ world: this.id, step: step.number, people: this.people, call, due: step.due, kept: step.kept },
      person: (id) => roster.get(id),
      random: this.context.random.fork(`step:${step.number}`),
      time: this.context.clock.now(),
      news: attention.news,
      lastActed: (person) => attention.lastActed(person),
      lastFailed: (person) => attention.lastFailed(person),
      record: (body) => this.#record(body),
    });
  }

  #commit(step: OpenStep<P>, person: P, outcome: StepOutcome): void {
    const at = { world: this.id, step: step.number, person: person.id };
    if ("error" in outcome) return void this.#record({ type: "failed", ...at, error: outcome.error });
    const event = turnEvent(outcome.turn, this.#time());
    if (event === undefined) return;
    this.#chronicle.add(event);
    this.#record({ type: "acted", ...at, turn: event.id });
    const { delivery, referee } = this.society;
    delivery.deliver(
      person,
      outcome.turn,
      referee && ((reference, action) => referee.apply({ person, action, reference }, step)),
    );
    delivery.tell(person, person.settle?.(outcome.turn) ?? []);
  }

  #finish(step: OpenStep<P>, { cut, outcomes }: Played): { result: StepResult; cut: Played["cut"] } {
    const quiet = outcomes.every((one) => "turn" in one && one.turn.actions.every((action) => action.type === "DONE"));
    if (cut === undefined) {
      this.#record({ type: "step-finished", world: this.id, step: step.number, quiet });
      this.#trials.after(outcomes);
      this.#silence.after(step.plan, quiet, this.people);
      this.#open = undefined;
    }
    return { result: { step: step.number, ...this.#time(), outcomes, quiet, ...(cut && { open: true }) }, cut };
  }

  protected override get firing(): string | undefined {
    return this.#interventions.firing;
  }

  #time(): { readonly time?: string } {
    const time = this.context.clock.written();
    return time === undefined ? {} : { time };
  }

  #record<B extends EventBody>(body: B): JournalEvent<B> {
    const event = this.context.journal.record(body);
    this.#chronicle.add(event as JournalEvent);
    this.#stream?.push(event as JournalEvent);
    return event;
  }
}
