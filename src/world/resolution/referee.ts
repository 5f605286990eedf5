import type { Journal } from "../../kernel/contracts/journal.ts";
import type { Action, Actor, Stimulus } from "../../kernel/contracts/person.ts";
import { TinyTroupeError } from "../../kernel/values/errors.ts";
import type { WorldId } from "../../kernel/values/ids.ts";
import type { Post } from "../delivery/post.ts";
import type { Roster } from "../delivery/roster.ts";
import type { OpenStep, Taken } from "../play/open-step.ts";
import type { Attempt, Letter, Narration, Resolution, ResolutionScene, Ruling } from "./resolution.ts";

export interface RefereeParts<P extends Actor> {
  readonly id: WorldId;
  readonly roster: Roster<P>;
  readonly resolution: Resolution;
  readonly post: Post<P>;
  tell(person: P, stimulus: Stimulus, addressed: boolean): void;
  readonly record: Journal["record"];
}

/** Has a world's resolution decide, and tells what was decided. */
export class Referee<P extends Actor> {
  readonly #parts: RefereeParts<P>;

  constructor(parts: RefereeParts<P>) {
    this.#parts = parts;
  }

  /** Settles what is to become of these turns, all of them or none; what was settled before stays. */
  async rule(taken: readonly Taken<P>[], step: OpenStep<P>, scene: ResolutionScene<P>): Promise<void> {
    const attempts = taken.flatMap(attemptsOf).filter(({ reference }) => !step.rulings.has(reference));
    if (attempts.length === 0) return;
    const { resolution } = this.#parts;
    const rulings = await resolution.resolve(attempts, scene);
    if (rulings.length !== attempts.length) throw unruled(resolution.name, attempts.length, rulings.length);
    for (const [place, { reference }] of attempts.entries()) step.rulings.set(reference, rulings[place] as Ruling);
  }

  /** What comes about of an action; what was decided of it is recorded and told first. */
  apply({ person, action, reference }: Attempt<P>, step: OpenStep<P>): Action | undefined {
    const ruling = step.rulings.get(reference);
    if (ruling === undefined) return action;
    this.#tell({ person, action, reference }, ruling, step.number);
    ruling.effect?.();
    for (const letter of ruling.letters ?? []) this.#send({ person, action, reference }, letter);
    if (ruling.outcome === "refused") return undefined;
    return ruling.outcome === "changed" ? ruling.action : action;
  }

  #send({ person, reference }: Attempt<P>, { content, to, addressed = true }: Letter): void {
    const hearers = to.flatMap((id) => this.#parts.roster.get(id) ?? []);
    if (hearers.length === 0) return;
    const ids = hearers.map((hearer) => hearer.id);
    this.#parts.post.send({ from: person, content, reference, addressed }, hearers, ids);
  }

  #tell({ person, reference, action }: Attempt<P>, ruling: Ruling, step: number): void {
    const { outcome, reason, narration } = ruling;
    if (outcome === "accepted" && reason === undefined && narration === undefined) return;
    const { id, resolution, record, tell } = this.#parts;
    const event = record({
      ...{ type: "resolved" as const, world: id, step, person: person.id, action: reference, outcome },
      ...(reason !== undefined && { reason }),
      ...(ruling.outcome === "changed" && { instead: ruling.action }),
      by: resolution.name,
    });
    if (outcome !== "accepted") {
      const how = outcome === "refused" ? "did not come about" : "came about otherwise";
      tell(person, { type: "FEEDBACK", content: `Your ${action.type} ${how}: ${reason}`, via: event.id }, true);
    }
    if (narration !== undefined) this.#narrate(narration);
  }

  #narrate({ text, source, to }: Narration): void {
    const { id, roster, record, tell } = this.#parts;
    const hearers = to === undefined ? roster.list : to.flatMap((one) => roster.get(one) ?? []);
    const stimulus: Stimulus = { type: "VISUAL", content: text, ...(source !== undefined && { source }) };
    const all = hearers.length > 1 && hearers.length === roster.size;
    const whom = all ? ("everyone" as const) : hearers.map((person) => person.id);
    const { id: via } = record({ type: "broadcast", world: id, stimulus, to: whom });
    for (const hearer of hearers) tell(hearer, { ...stimulus, via }, to !== undefined);
  }
}

function attemptsOf<P extends Actor>({ person, turn }: Taken<P>): Attempt<P>[] {
  return turn.actions.flatMap((action, index) =>
    action.type === "THINK" || action.type === "DONE" ? [] : [{ person, action, reference: `${turn.event}.${index}` }],
  );
}

function unruled(name: string, wanted: number, got: number): TinyTroupeError<"OPTION_INVALID"> {
  return new TinyTroupeError("OPTION_INVALID", `The resolution '${name}' ruled on ${got} of ${wanted} actions.`, {
    data: { option: "resolution", value: name },
    hint: "Have it return one ruling for each attempt, in their order.",
  });
}
