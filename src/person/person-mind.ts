import type { Context } from "../kernel/contracts/context.ts";
import type { ActionKind, ActorView } from "../kernel/contracts/faculty.ts";
import type { Message, ModelLimits } from "../kernel/contracts/model.ts";
import type { CognitiveState, Reachable } from "../kernel/contracts/person.ts";
import { TinyTroupeError } from "../kernel/values/errors.ts";
import { inFork } from "../kernel/values/forks.ts";
import { type PersonId, slug } from "../kernel/values/ids.ts";
import type { Origin } from "../persona/origin/origin.ts";
import { languagesOf } from "../persona/prose.ts";
import type { Persona } from "../persona/schema.ts";
import { ownActions, ownKinds } from "./actions/own-actions.ts";
import { EpisodicLog } from "./memory/episodic-log.ts";
import { History } from "./memory/history/history.ts";
import type { HistoryLimits } from "./memory/history/parts.ts";
import { LifeMemory } from "./memory/life-memory.ts";
import type { RecallSettings } from "./memory/recall/options.ts";
import { Reminder } from "./memory/recall/reminder.ts";
import type { PersonSettings } from "./options.ts";
import type { PromptShape } from "./prompt/shape/shape.ts";
import { shapeFor } from "./prompt/shape/shape-for.ts";
import { QualityControl } from "./quality/control.ts";
import { RepetitionGuard } from "./quality/repetition.ts";
import { holdAction } from "./quality/stances/hold-action.ts";
import { StanceKeeper } from "./quality/stances/stance-keeper.ts";
import { Past } from "./rest/past.ts";
import { Portrait } from "./rest/portrait.ts";
import { sleepless } from "./rest/sleepless.ts";
import type { Mind } from "./turn/mind.ts";
import { perceive } from "./turn/take-turn.ts";
import { TurnQueue } from "./turn/turn-queue.ts";

/** All that a person holds between turns. */
export class PersonMind implements Mind {
  readonly who: ActorView;
  readonly context: Context;
  readonly isFork: boolean;
  /** Where the person comes from; no model reads it. */
  origin: Origin | undefined;
  readonly settings: PersonSettings;
  readonly shape: PromptShape;
  readonly kinds: ReadonlyMap<string, ActionKind>;
  readonly inbox: Mind["inbox"];
  readonly memory: LifeMemory;
  readonly reminder: Reminder;
  readonly quality: QualityControl | undefined;
  readonly stances: StanceKeeper | undefined;
  state: CognitiveState = {};
  readonly #portrait: Portrait;
  readonly #past: Past;
  /** One turn at a time. */
  readonly #queue = new TurnQueue();
  #location: string | undefined;
  #times: Map<string, number> | undefined;
  #acquaintances: Map<string, string | undefined> | undefined;

  constructor(persona: Persona, context: Context, settings: PersonSettings) {
    const { limits, id } = context.models.actor;
    this.context = context;
    this.settings = settings;
    const stances = limits.following === "small" ? undefined : settings.stances;
    const kinds = allKinds(settings, stances === undefined ? [] : [holdAction]);
    if (limits.following === "small" && kinds.length > ownActions.length) throw cannotBear(id);
    this.kinds = kinds.length === ownActions.length ? ownKinds : new Map(kinds.map((kind) => [kind.type, kind]));
    const edit = (rules: string): string => context.revisions.rules(rules, persona.name);
    this.shape = shapeFor({ kinds, following: limits.following, safety: settings.safety, edit });
    const log = new EpisodicLog();
    this.inbox = log;
    this.memory = new LifeMemory({ context, settings: settings.memory, whose: this });
    const recall = recallFor(settings.memory.recall, limits);
    this.reminder = new Reminder({ context, settings: recall, notes: this.memory.resting, whose: this });
    const { name } = persona;
    this.who = new Living({ id: idIn(context.scope, name), name, memory: this.reminder }, this);
    this.isFork = inFork(context.scope);
    const dormitory = this.isFork ? sleepless : context.dormitory;
    const history = new History(historyLimits(settings.historyTokens, limits), this.shape, this.memory);
    const guard = settings.repetition === undefined ? undefined : new RepetitionGuard(settings.repetition);
    this.#past = new Past({ log, history, guard, memory: this.memory }, dormitory);
    this.#portrait = new Portrait(persona, this.shape, dormitory);
    const { rules } = this.shape;
    this.quality = settings.quality && new QualityControl(settings.quality, context, String(rules.content));
    this.stances = stances === undefined ? undefined : new StanceKeeper(this.who, context, stances);
  }

  get persona(): Persona {
    return this.#portrait.persona;
  }

  get prose(): string {
    return this.#portrait.prose;
  }

  get portrait(): Message {
    return this.#portrait.message;
  }

  get log(): EpisodicLog {
    return this.#past.parts.log;
  }

  get history(): History {
    return this.#past.parts.history;
  }

  get guard(): RepetitionGuard | undefined {
    return this.#past.parts.guard;
  }

  /** Runs a job when those before it have ended; nothing of the past gives way meanwhile. */
  run<T>(job: () => Promise<T>, signal?: AbortSignal): Promise<T> {
    return this.#queue.run(() => this.#past.during(job), signal);
  }

  /** Takes up what was put aside of what the person lived through. */
  awaken(): void {
    void this.#past.parts;
  }

  /** Takes what quotes a source out of what the person's model reads. */
  withdraw(source: string): void {
    this.history.withdraw(source);
    this.log.withdraw(source);
  }

  /** Something was added to what the person lived through. */
  grew(): void {
    this.#past.grew();
  }

  get language(): string | undefined {
    const [first, ...others] = languagesOf(this.persona) ?? [];
    return others.length === 0 ? first : undefined;
  }

  get location(): string | undefined {
    return this.#location;
  }

  /** The person's own list of who is within reach. */
  get reachable(): readonly Reachable[] | undefined {
    if (this.#acquaintances === undefined || this.#acquaintances.size === 0) return undefined;
    return [...this.#acquaintances].map(([name, relation]) => (relation === undefined ? { name } : { name, relation }));
  }

  /** Has somebody within reach from now on, or no longer. */
  reach(name: string, relation?: string): void {
    this.#acquaintances ??= new Map();
    this.#acquaintances.set(name, relation);
  }

  lose(name: string): void {
    this.#acquaintances?.delete(name);
  }

  timesBefore(what: string): number {
    this.#times ??= new Map();
    const before = this.#times.get(what) ?? 0;
    this.#times.set(what, before + 1);
    return before;
  }

  /** Takes on a changed persona. Throws OPTION_INVALID for another name: it is how others know the person. */
  become(persona: Persona): void {
    if (persona.name !== this.who.name) throw renamed(this.who.name, persona.name);
    const event = this.context.journal.record({ type: "persona-changed", person: this.who.id, persona });
    this.stances?.begin(persona, event.id);
    this.#portrait.become(persona);
  }

  /** Goes to a place, which is perceived, or into circumstances, which are not. */
  move(location: string | undefined, context: readonly string[] | undefined): void {
    const where = location === undefined ? {} : { location };
    const circumstances = context === undefined ? {} : { context: [...context] };
    const event = this.context.journal.record({ type: "moved", person: this.who.id, ...where, ...circumstances });
    this.state = { ...this.state, ...circumstances };
    if (location === undefined) return;
    this.memory.pause("place");
    this.#location = location;
    perceive(this, { type: "LOCATION", content: location, via: event.id });
  }

  /** Goes on from where another person is at this moment, between two turns, who is not moved by it. */
  async takeOver(original: PersonMind): Promise<void> {
    await this.#past.takeOver(original.#past);
    this.restore({ state: original.state, location: original.location });
    for (const { name, relation } of original.reachable ?? []) this.reach(name, relation);
    this.origin = original.origin;
    this.#portrait.takeOver(original.#portrait);
    if (original.stances !== undefined) this.stances?.takeOver(original.stances);
  }

  /** Is where and of what mind the person was in an earlier run. */
  restore({ state, location }: { readonly state: CognitiveState; readonly location: string | undefined }): void {
    this.state = state;
    this.#location = location;
  }
}

/** How faculties see the person: their life as it is when it is looked at. */
class Living implements ActorView {
  readonly id: ActorView["id"];
  readonly name: string;
  readonly memory: ActorView["memory"];
  readonly #mind: Mind;

  constructor({ id, name, memory }: Omit<ActorView, "life">, mind: Mind) {
    this.id = id;
    this.name = name;
    this.memory = memory;
    this.#mind = mind;
  }

  get life(): ActorView["life"] {
    return this.#mind.log.turns;
  }
}

/** `lisa` in the scope `person:lisa`, `lisa/interview` in `person:lisa/fork:interview`; else after the name. */
function idIn(scope: string, name: string): PersonId {
  const [own = "", ...forks] = scope.split("/fork:");
  return [/(?:^|\/)person:([^/]+)$/u.exec(own)?.[1] ?? slug(name), ...forks].join("/");
}

/**
 * What a person is told to keep to, or by default the last few turns: every turn pays for its history again, so in long
 * runs it stays near 1,100 tokens, and grows beyond that only while fewer than seven turns stand. Small models lose
 * themselves in more than a handful of utterances.
 */
function historyLimits(told: number | undefined, { contextTokens, following }: ModelLimits): HistoryLimits {
  if (told !== undefined) return { tokens: told, turns: 1, mostTokens: told };
  const mostTokens = Math.floor(contextTokens / 4);
  if (following === "small")
    return { tokens: Math.min(400, mostTokens), turns: 1, mostTokens: Math.min(400, mostTokens) };
  return { tokens: Math.min(1_100, Math.floor(mostTokens / 2)), turns: 6, mostTokens };
}

/** Small models lose themselves in what is beside the point: the best two notes, where these are short. */
function recallFor(settings: RecallSettings, { following }: ModelLimits): RecallSettings {
  if (following !== "small") return settings;
  return { ...settings, notes: Math.min(2, settings.notes), tokens: Math.min(80, settings.tokens) };
}

function allKinds({ faculties }: PersonSettings, more: readonly ActionKind[]): readonly ActionKind[] {
  const kinds = [
    ...ownActions.slice(0, -1),
    ...more,
    ...faculties.flatMap((faculty) => faculty.actions),
    ...ownActions.slice(-1),
  ];
  const taken = kinds.find((kind, index) => kinds.findIndex((other) => other.type === kind.type) !== index);
  const wrong = taken ?? kinds.find((kind) => Object.hasOwn(kind.args.shape, "type"));
  if (wrong === undefined) return kinds;
  const why = taken === undefined ? "has an argument called type" : "is offered twice";
  throw new TinyTroupeError("OPTION_INVALID", `The action ${wrong.type} ${why}.`, {
    data: { option: "faculties", value: wrong.type },
    hint: "Give each kind of action a name of its own, and its arguments names other than type.",
  });
}

function cannotBear(model: string): TinyTroupeError<"MODEL_UNSUPPORTED"> {
  return new TinyTroupeError("MODEL_UNSUPPORTED", `The model ${model} is too small for faculties.`, {
    data: { model, feature: "faculties" },
    hint: "Leave the person's faculties out, or use a larger model.",
  });
}

function renamed(before: string, after: string): TinyTroupeError<"OPTION_INVALID"> {
  return new TinyTroupeError("OPTION_INVALID", `${before} cannot become ${after}.`, {
    data: { option: "name", value: after },
    hint: "simulation.person(person, { name }) gives somebody of another name.",
  });
}
