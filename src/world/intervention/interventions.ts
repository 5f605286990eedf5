import type { Judgeable } from "../../judge/bench.ts";
import type { Context } from "../../kernel/contracts/context.ts";
import type { TranscriptEntry } from "../../kernel/contracts/events.ts";
import type { Journal } from "../../kernel/contracts/journal.ts";
import type { Verdict } from "../../kernel/contracts/judging/verdict.ts";
import type { Actor } from "../../kernel/contracts/person.ts";
import { checkAble, checkFunction, checkKeys, type KeysOf } from "../../kernel/text/known-keys.ts";
import { concernsOneAnswer, errorRecord, TinyTroupeError } from "../../kernel/values/errors.ts";
import type { PersonId, WorldId } from "../../kernel/values/ids.ts";
import { checkCount } from "../check-number.ts";
import type { Gathering } from "../gathering.ts";
import { checkedClaim, isMet, judged } from "./claim.ts";
import type { Intervention, InterventionScene } from "./intervention.ts";
import { mayHappen, type Past } from "./limits.ts";

const keys: KeysOf<Intervention> = {
  ...{ name: true, of: true, when: true, claim: true, do: true },
  ...{ once: true, maxFirings: true, cooldown: true },
};

/** What interventions need of their world. */
export interface InterventionParts<P extends Actor> {
  readonly id: WorldId;
  readonly world: Gathering<P> & Judgeable;
  readonly context: Context;
  readonly record: Journal["record"];
}

/** The step that begins, or is gone on with. */
export interface Occasion {
  readonly number: number;
  readonly label?: string;
  readonly signal?: AbortSignal;
}

/** Whom a firing is about: a person, or nobody for the world. */
interface Target<P> {
  readonly key: string;
  readonly person: P | undefined;
}

interface Finding<P> {
  readonly target: Target<P>;
  /** Why it is to happen; undefined when it is not. */
  readonly because?: { readonly reason?: string; readonly evidence?: Verdict };
  readonly error?: unknown;
}

/** The interventions of one world. What they remember of themselves is what they recorded. */
export class Interventions<P extends Actor> {
  readonly #parts: InterventionParts<P>;
  readonly #list: Intervention<P>[] = [];
  readonly #past = new Map<string, Past>();
  /** The last entry of a record in which a claim was not met: it is judged again when there is more. */
  readonly #unmet = new Map<string, string>();
  /** What was found out in this step, and what of it was acted upon: it stays, though the step is cut short. */
  #looked = { step: 0, found: new Map<string, Finding<P>>(), done: new Set<string>() };

  #firing: string | undefined;

  constructor(parts: InterventionParts<P>) {
    this.#parts = parts;
  }

  /** The one that does something just now. */
  get firing(): string | undefined {
    return this.#firing;
  }

  /** NAME_TAKEN for a second one of a name; OPTION_INVALID for what is no intervention, and limits and claims that are none. */
  add(interventions: readonly Intervention<P>[]): void {
    for (const given of interventions) {
      this.#check(given);
      const one = this.#parts.context.revisions.intervention(given);
      if (one !== undefined && one !== given) this.#check(one);
      if (one !== undefined) this.#list.push(one);
    }
  }

  #check(one: Intervention<P>): void {
    checkAble(one, "do", "intervene");
    checkKeys(one, keys, "an intervention");
    if (typeof one.name !== "string" || one.name.trim() === "") throw nameless();
    checkFunction(one.when, "when", "({ step }) => step > 3");
    if (this.#list.some(({ name }) => name === one.name)) throw nameTaken(one.name);
    if (one.claim !== undefined) checkedClaim(one.claim, one.name);
    checkCount(one.maxFirings ?? 1, "maxFirings");
    const { cooldown } = one;
    if (typeof cooldown === "number") checkCount(cooldown, "cooldown");
    else if (cooldown !== undefined && this.#parts.context.clock.now() === undefined) throw withoutCalendar(one.name);
  }

  /** Looks at each once. Throws what ends the run; a judge that failed in one answer is on record, and nothing happens. */
  async look(occasion: Occasion): Promise<void> {
    if (this.#looked.step !== occasion.number) {
      this.#looked = { step: occasion.number, found: new Map(), done: new Set() };
    }
    const { found, done } = this.#looked;
    for (const intervention of this.#list) {
      const targets = this.#targetsOf(intervention).filter(({ key }) => !done.has(key));
      const asked = targets.map(async (target) => found.get(target.key) ?? this.#find(intervention, target, occasion));
      const findings = await Promise.all(asked);
      for (const one of findings) if (one.error === undefined) found.set(one.target.key, one);
      for (const finding of findings) {
        if (finding.error !== undefined) this.#tell(intervention, finding, occasion);
        done.add(finding.target.key);
        if (finding.because !== undefined) await this.#fire(intervention, finding, occasion);
      }
    }
  }

  #targetsOf({ name, of = "world" }: Intervention<P>): readonly Target<P>[] {
    if (of === "world") return [{ key: name, person: undefined }];
    const { world } = this.#parts;
    const people = of === "each" ? world.people : of.flatMap((who) => this.#here(who));
    return people.map((person) => ({ key: `${name}/${person.id}`, person }));
  }

  /** Who is not here, or not any more, is left alone. */
  #here(who: P | string): readonly P[] {
    const { world } = this.#parts;
    if (typeof who === "string") return world.people.filter(({ id, name }) => id === who || name === who);
    return world.people.filter((person) => person === who);
  }

  async #find(intervention: Intervention<P>, target: Target<P>, occasion: Occasion): Promise<Finding<P>> {
    const { clock } = this.#parts.context;
    const now = { step: occasion.number, time: clock.now(), zone: clock.zone };
    if (!mayHappen(intervention, this.#past.get(target.key), now)) return { target };
    const scene = this.#scene(target, occasion);
    const holds = (await intervention.when?.(scene)) ?? true;
    if (holds === false) return { target };
    const reason = typeof holds === "string" ? { reason: holds } : {};
    if (intervention.claim === undefined) return { target, because: reason };
    const last = scene.transcript().at(-1)?.id;
    if (last === undefined || last === this.#unmet.get(target.key)) return { target };
    try {
      const claim = checkedClaim(intervention.claim, intervention.name);
      const evidence = await judged(claim, this.#subjectOf(target, intervention), this.#call(occasion));
      if (isMet(claim, evidence)) return { target, because: { ...reason, evidence } };
      this.#unmet.set(target.key, last);
      return { target };
    } catch (error) {
      return { target, error };
    }
  }

  #call({ number, label, signal }: Occasion) {
    const named = label === undefined ? {} : { label };
    return { step: `${this.#parts.id}/${number}`, ...named, ...(signal && { signal }) };
  }

  #scene({ key, person }: Target<P>, { number }: Occasion): InterventionScene<P> {
    const { world, context } = this.#parts;
    return {
      ...{ world, people: person === undefined ? world.people : [person], step: number, time: context.clock.now() },
      firings: this.#past.get(key)?.count ?? 0,
      transcript: () => (person === undefined ? world.transcript() : transcriptOf(person)),
    };
  }

  #subjectOf({ person }: Target<P>, { name }: Intervention<P>): Judgeable {
    const { world } = this.#parts;
    if (person === undefined) return world;
    if (isJudgeable(person)) return person;
    throw new TinyTroupeError("OPTION_INVALID", `Nothing of ${person.name} can be judged.`, {
      data: { option: "claim", value: name },
      hint: "Give the intervention a `when` alone, or have it be about the world.",
    });
  }

  async #fire(intervention: Intervention<P>, { target, because }: Finding<P>, occasion: Occasion): Promise<void> {
    const { key, person } = target;
    const { id, context, record } = this.#parts;
    const count = (this.#past.get(key)?.count ?? 0) + 1;
    const scene = this.#scene(target, occasion);
    record({
      ...{ type: "intervention-fired" as const, world: id, step: occasion.number, intervention: intervention.name },
      ...aboutOf(person),
      firing: count,
      ...because,
    });
    this.#past.set(key, { count, step: occasion.number, time: context.clock.now() });
    this.#firing = intervention.name;
    try {
      await intervention.do(scene);
    } finally {
      this.#firing = undefined;
    }
  }

  #tell({ name }: Intervention<P>, { target, error }: Finding<P>, { number }: Occasion): void {
    if (!concernsOneAnswer(error)) throw error;
    const { id, record, context } = this.#parts;
    const about = aboutOf(target.person);
    const failure = errorRecord(error);
    record({ type: "intervention-failed", world: id, step: number, intervention: name, ...about, error: failure });
    const message = `Nobody could judge whether the intervention '${name}' is due in step ${number}: ${failure.message}`;
    context.watch({ type: "warning", message });
  }
}

const aboutOf = (person: Actor | undefined): { readonly about?: PersonId } => (person ? { about: person.id } : {});

const isJudgeable = (person: object): person is Judgeable => "transcript" in person && "context" in person;

const transcriptOf = (person: object): readonly TranscriptEntry[] => (isJudgeable(person) ? person.transcript() : []);

function nameTaken(name: string): TinyTroupeError<"NAME_TAKEN"> {
  return new TinyTroupeError("NAME_TAKEN", `This world already has an intervention called '${name}'.`, {
    data: { name },
    hint: "Give the second one another name.",
  });
}

function nameless(): TinyTroupeError<"OPTION_INVALID"> {
  return new TinyTroupeError("OPTION_INVALID", "An intervention has no name.", {
    data: { option: "name" },
    hint: 'Give it one by which the journal tells of it, as in name: "nudge".',
  });
}

function withoutCalendar(name: string): TinyTroupeError<"OPTION_INVALID"> {
  return new TinyTroupeError(
    "OPTION_INVALID",
    `The intervention '${name}' rests by time: this simulation has no calendar.`,
    {
      data: { option: "cooldown", value: name },
      hint: "Open the simulation with startAt, as in startAt: '2030-01-31T09:00', or rest for so many steps.",
    },
  );
}
