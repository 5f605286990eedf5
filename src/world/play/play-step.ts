import { setImmediate as breath } from "node:timers/promises";
import type { Actor, StepOutcome } from "../../kernel/contracts/person.ts";
import { inLanes } from "../../kernel/rows/lanes.ts";
import { type Asked, type Cut, cutBy, type OpenStep, outcomeOf, type Stage } from "./open-step.ts";
import { Settling } from "./settling.ts";

export interface Played {
  readonly cut?: Cut;
  /** In the order of acting, without those who left before their turn; when cut short, without those who had not begun. */
  readonly outcomes: readonly StepOutcome[];
}

/**
 * Plays a step, or what is left of it. One person's failure is that person's outcome as long as somebody has an answer: in
 * this step or, where what they met is their own (`Trials`), before or after it. Otherwise what they met is thrown. Then,
 * and when the budget or the signal cuts the step short, the step stays open.
 */
export async function playStep<P extends Actor>(step: OpenStep<P>, stage: Stage<P>): Promise<Played> {
  // Steps in which nobody is asked anything would else leave no moment for a signal to come in.
  await breath();
  if (stage.isStopped()) return { cut: "signal", outcomes: ordered(step) };
  try {
    step.plan ??= await stage.plan();
    return await (step.plan.together ? playTogether(step, stage) : playInTurn(step, stage));
  } catch (error) {
    // Nobody's turn was cut short, but what stands around them.
    const cut = cutBy(error);
    if (cut === undefined) throw error;
    return { cut, outcomes: ordered(step) };
  }
}

async function playTogether<P extends Actor>(step: OpenStep<P>, stage: Stage<P>): Promise<Played> {
  const cast = castOf(step).filter((person) => hasPart(person, step, stage));
  const asked = await inLanes(
    cast,
    (person) => ask(person, step, stage),
    stage.isAnsweredAtOnce ? oneByOne : thinkingAtOnce,
  );
  const cut = asked.map(cutOf).find((one) => one !== undefined);
  if (cut !== undefined) return { cut, outcomes: asked.map(outcomeOf) };
  const unsettled = asked.filter((one) => !step.outcomes.has(one.person.id));
  for (const one of unsettled) stage.ended(one);
  await stage.resolve?.(unsettled.filter((one) => "turn" in one));
  const settling = new Settling(step, stage);
  for (const one of unsettled) settling.take(one);
  settling.end();
  return { outcomes: ordered(step) };
}

async function playInTurn<P extends Actor>(step: OpenStep<P>, stage: Stage<P>): Promise<Played> {
  const settling = new Settling(step, stage);
  for (const person of castOf(step)) {
    if (step.outcomes.has(person.id) || !hasPart(person, step, stage)) continue;
    if (stage.isStopped()) return { cut: "signal", outcomes: ordered(step) };
    const one = await ask(person, step, stage);
    const cut = cutOf(one);
    if (cut !== undefined) return { cut, outcomes: [...ordered(step), outcomeOf(one)] };
    stage.ended(one);
    if ("turn" in one) await stage.resolve?.([one]);
    settling.take(one);
  }
  settling.end();
  return { outcomes: ordered(step) };
}

/** More than providers answer at once; of a larger crowd the rest waits, and its prompts are not made yet. */
const thinkingAtOnce = 1_024;
/** Who is answered by this very process waits for those before: what more of them hold meanwhile only grows old. */
const oneByOne = 64;

const castOf = <P extends Actor>(step: OpenStep<P>): readonly P[] => step.plan?.cast ?? [];

/** What was said before somebody left was said: a turn taken stands. */
function hasPart<P extends Actor>(person: P, step: OpenStep<P>, stage: Stage<P>): boolean {
  return step.turns.has(person.id) || step.outcomes.has(person.id) || stage.isHere(person);
}

async function ask<P extends Actor>(person: P, step: OpenStep<P>, stage: Stage<P>): Promise<Asked<P>> {
  const kept = step.turns.get(person.id);
  if (kept !== undefined) return { person, turn: kept };
  try {
    const turn = await stage.act(person);
    step.turns.set(person.id, turn);
    return { person, turn };
  } catch (error) {
    return { person, error };
  }
}

const cutOf = <P extends Actor>(one: Asked<P>): Cut | undefined => ("error" in one ? cutBy(one.error) : undefined);

function ordered<P extends Actor>(step: OpenStep<P>): readonly StepOutcome[] {
  return castOf(step).flatMap((person) => step.outcomes.get(person.id) ?? []);
}
