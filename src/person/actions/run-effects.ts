import type { EffectBegun, EffectDone, JournalEvent, TurnTaken } from "../../kernel/contracts/events.ts";
import type { ActionKind, EffectPolicy } from "../../kernel/contracts/faculty.ts";
import type { EarlierEffect } from "../../kernel/contracts/journal.ts";
import type { Action, EffectEnd, Outcome } from "../../kernel/contracts/person.ts";
import { concernsTheRun } from "../../kernel/values/errors.ts";
import { digestJson } from "../../kernel/values/hash.ts";
import { slug } from "../../kernel/values/ids.ts";
import type { Mind } from "../turn/mind.ts";
import { turnAborted } from "../turn/turn-queue.ts";
import { outcomeOfError, ownership } from "./outcome.ts";

/** An effect that has ended: it is durable, and nobody was told of it yet. */
export interface EndedEffect {
  readonly action: Action;
  readonly event: JournalEvent<EffectDone>;
}

interface Effect {
  readonly mind: Mind;
  readonly kind: ActionKind;
  readonly action: Action;
  readonly place: string;
  readonly id: string;
}

type End = Pick<EffectDone, "how" | "outcome">;

/**
 * Runs the effects of a turn, one after the other, once the turn is durable. Before each an `effect-begun` is durable,
 * and before its outcome is given out an `effect-done`: what an earlier opening of the run did is not done again.
 */
export async function* runEffects(mind: Mind, turn: JournalEvent<TurnTaken>): AsyncGenerator<EndedEffect> {
  for (const [index, action] of turn.actions.entries()) {
    const kind = mind.kinds.get(action.type);
    if (kind?.kind !== "effect") continue;
    if (mind.context.signal.aborted) throw turnAborted(mind.context.signal.reason);
    const effect = { mind, kind, action, place: `${turn.id}.${index}`, id: effectId(mind, action) };
    const { how, outcome } = await endOf(effect);
    const { journal } = mind.context;
    const event = journal.record({ type: "effect-done", ...placeOf(effect), how, outcome });
    await journal.settle();
    yield { action, event };
  }
}

/** The same in every telling: over who does it, what, and how often they did the same before. */
function effectId(mind: Mind, { type, args }: Action): string {
  const what = digestJson({ scope: mind.context.scope, type, args });
  const before = mind.timesBefore(what);
  return `${slug(type)}-${digestJson([what, before]).slice(0, 12)}`;
}

async function endOf(effect: Effect): Promise<End> {
  const { mind, kind, id } = effect;
  const notTheirs = ownership(kind, mind);
  if (notTheirs !== undefined) return { how: "refused", outcome: notTheirs };
  if (mind.isFork) return simulated(effect);
  const { realWorld, policy = realWorld ? "simulate" : "allow", repeat = "never" } = kind.effect ?? {};
  const always = repeat === "always";
  if (always && policy === "allow") return run(effect);
  if (mind.context.simulating === true) return simulated(effect);
  const earlier = (await mind.context.journal.effects.find(id)) ?? {};
  if (!always && (earlier.done?.how === "run" || earlier.done?.how === "unsure")) {
    begin(effect, earlier.begun?.approved);
    return earlier.done;
  }
  if (policy === "simulate" || (realWorld && mind.context.simulating)) return simulated(effect);
  return decided(effect, { policy, earlier, isUnsure: repeat === "never" && earlier.begun !== undefined });
}

interface Decision {
  readonly policy: EffectPolicy;
  readonly earlier: EarlierEffect;
  /** A process was killed in the middle of it, and twice would do harm. */
  readonly isUnsure: boolean;
}

async function decided(effect: Effect, { policy, earlier, isUnsure }: Decision): Promise<End> {
  let approved = earlier.begun?.approved;
  if (policy === "ask" && (isUnsure || !approved)) {
    const was = isUnsure ? "begun" : earlier.done?.how === "refused" ? "refused" : undefined;
    approved = (await mayHappen(effect, was)) || undefined;
    if (!approved && !isUnsure) return refused();
  }
  if (isUnsure && (policy === "allow" || !approved)) {
    begin(effect, earlier.begun?.approved);
    return unsure();
  }
  begin(effect, approved);
  await effect.mind.context.journal.settle();
  return run(effect);
}

function mayHappen({ mind, action, id }: Effect, earlier: "begun" | "refused" | undefined): Promise<boolean> {
  const question = { id, person: mind.who.name, type: action.type, args: action.args ?? {} };
  return mind.context.approve({ ...question, ...(earlier && { earlier }) });
}

async function run({ mind, kind, action, id }: Effect): Promise<End> {
  try {
    const outcome = await kind.run?.(action.args ?? {}, mind.who, mind.context.fork(`effect:${id}`));
    return ended("run", outcome ?? done);
  } catch (thrown) {
    if (concernsTheRun(thrown)) throw thrown;
    // The turn stands by now: the failure is part of what happened, told to the person and to the caller.
    return ended("run", outcomeOfError(thrown));
  }
}

async function simulated({ mind, kind, action, id }: Effect): Promise<End> {
  const outcome = await kind.effect?.simulate?.(action.args ?? {}, mind.who, mind.context.fork(`effect:${id}`));
  return ended("simulated", outcome ?? done);
}

const done: Outcome = { text: "done" };

const ended = (how: EffectEnd, outcome: Outcome): End => ({ how, outcome });

const refused = (): End => ended("refused", { text: "It was not allowed.", failed: { code: "REFUSED" } });

const unsure = (): End => ended("unsure", { text: "Nobody knows whether it took place.", failed: { code: "UNSURE" } });

function begin(effect: Effect, approved: true | undefined): void {
  const body = { type: "effect-begun" as const, ...placeOf(effect), ...(approved && { approved }) };
  effect.mind.context.journal.record<EffectBegun>(body);
}

function placeOf({ mind, place, id }: Effect): Pick<EffectDone, "person" | "action" | "effect"> {
  return { person: mind.who.id, action: place, effect: id };
}
