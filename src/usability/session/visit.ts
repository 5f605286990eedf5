import { loadedPicture } from "../../document/pictures/load-picture.ts";
import type { Fork } from "../../kernel/contracts/asked/fork.ts";
import type { TranscriptEntry } from "../../kernel/contracts/events.ts";
import type { Action, Turn } from "../../kernel/contracts/person.ts";
import type { Move, System, SystemView } from "../../kernel/contracts/systems/system.ts";
import type { Visit, VisitEnd, VisitStep } from "../../kernel/contracts/systems/visit.ts";
import type { Limiter } from "../../model/flow/limit/limiter.ts";
import { endings } from "../../systems/use.ts";
import { KeptSession } from "./kept-session.ts";
import { secondsOf } from "./time-on-task.ts";

/** Somebody who uses a system, and is able to do what it takes (`systemUse`). */
export type Visitor = Pick<Fork, "id" | "name" | "persona" | "context" | "transcript" | "observe" | "act" | "answer">;

/** What somebody is to do with a system. */
export interface Errand {
  /** Which visit of the person it is: another one is another session. */
  readonly name: string;
  readonly system: System;
  /** What they come for, in the second person or as a wish; the system is not told of it. */
  readonly goal: string;
  /** Why they want it, in their own words; the system is not told of that, either. */
  readonly situation?: string;
  /** Moves at most. */
  readonly steps: number;
  readonly limiter: Limiter;
  /** Told after each move. */
  onStep?(step: VisitStep): void;
}

/** Turns in a row in which somebody does nothing with the system. */
const mostIdle = 2;

/**
 * Has somebody use a system for a goal of their own until they say that they have it, give up, or may do no more: in
 * turns, each of which they begin with what came back of the last. Throws the model's errors, SYSTEM_FAILED and
 * SYSTEM_REFUSED.
 */
export async function visitSystem(visitor: Visitor, errand: Errand): Promise<Visit> {
  const { name, system, limiter } = errand;
  const before = visitor.transcript().length;
  const session = new KeptSession({ name, system, context: visitor.context, limiter });
  try {
    return await new Visiting(visitor, errand, session).run(before);
  } finally {
    await session.close();
  }
}

class Visiting {
  readonly #visitor: Visitor;
  readonly #errand: Errand;
  readonly #session: KeptSession;
  readonly #steps: VisitStep[] = [];
  #heuristic = false;

  constructor(visitor: Visitor, errand: Errand, session: KeptSession) {
    this.#visitor = visitor;
    this.#errand = errand;
    this.#session = session;
  }

  async run(before: number): Promise<Visit> {
    const { system, goal, situation } = this.#errand;
    const { name } = this.#visitor;
    const first = await this.#session.first();
    this.#visitor.observe({ type: "INTERNAL_GOAL_FORMULATION", content: goal, source: name });
    if (situation !== undefined) this.#think(situation);
    this.#show(first, `What ${system.name} (${system.about}) shows when you come:`);
    const { end, why } = await this.#until();
    const transcript = this.#told(this.#visitor.transcript().slice(before));
    const heuristic = this.#heuristic ? { heuristic: true as const } : {};
    const ended = { end, ...(why !== undefined && { why }), ...(situation !== undefined && { situation }) };
    return { system: system.name, person: name, goal, first, steps: this.#steps, ...ended, transcript, ...heuristic };
  }

  async #until(): Promise<{ end: VisitEnd; why?: string }> {
    if (this.#visitor.context.simulating === true) return this.#rehearsed();
    for (let idle = 0; ; ) {
      const turn = await this.#visitor.act();
      if (turn.heuristic) this.#heuristic = true;
      const { moves, ending } = this.#read(turn);
      if (moves.length === 0 && ending === undefined && ++idle >= mostIdle) return { end: "idle" };
      if (moves.length > 0) idle = 0;
      const over = await this.#carryOut(turn, moves);
      if (ending !== undefined) {
        const why = ending.content ?? "";
        return { end: ending.type === endings.reached ? "reached" : "gave up", why };
      }
      if (over) return { end: "over" };
      if (this.#steps.length >= this.#errand.steps) return { end: "out of steps" };
      if (moves.length === 0) this.#think(`I have done nothing with it yet.`);
    }
  }

  /** In a dry run nothing comes back that could end a visit: it is counted to its last step, a turn each. */
  async #rehearsed(): Promise<{ end: VisitEnd }> {
    for (let turns = 1; ; turns++) {
      const turn = await this.#visitor.act();
      if (turn.heuristic) this.#heuristic = true;
      if (turns >= this.#errand.steps) return { end: "out of steps" };
      const { text } = await this.#session.first();
      this.#show({ text }, `What ${this.#errand.system.name} shows:`);
    }
  }

  /** What of a turn is done with the system: what comes after the word that ends it is not. */
  #read({ actions }: Turn): { moves: readonly [Action, number][]; ending: Action | undefined } {
    const kinds = new Set(this.#errand.system.moves.map(({ type }) => type));
    const isEnding = ({ type }: Action): boolean => type === endings.reached || type === endings.gaveUp;
    const at = actions.findIndex(isEnding);
    const ending = at < 0 ? undefined : actions[at];
    const done = at < 0 ? actions : actions.slice(0, at);
    return {
      moves: done.flatMap((action, place) => (kinds.has(action.type) ? [[action, place] as const] : [])) as [
        Action,
        number,
      ][],
      ending,
    };
  }

  /** Makes the moves in their order, up to one that fails; tells whether the system has ended the visit. */
  async #carryOut(turn: Turn, moves: readonly [Action, number][]): Promise<boolean> {
    const aloud = turn.actions.flatMap(({ type, content }) =>
      (type === "THINK" || type === "TALK") && content !== undefined ? [content] : [],
    );
    for (const [nth, [action, place]] of moves.entries()) {
      const move: Move = { type: action.type, args: (action.args ?? {}) as Move["args"] };
      const shown = await this.#session.do(move);
      const step: VisitStep = {
        ...{ number: this.#steps.length + 1, id: `${turn.event}.${place}`, move, shown },
        ...{ aloud: nth === 0 ? aloud : [], seconds: secondsOf(move, shown) },
      };
      this.#steps.push(step);
      this.#errand.onStep?.(step);
      const left = moves.length - nth - 1;
      const isLast = shown.failed !== undefined || shown.over === true || this.#steps.length >= this.#errand.steps;
      const undone = isLast && left > 0 ? ` (what you meant to do next, ${left} more, was not done)` : "";
      const failed = shown.failed === undefined ? "" : " It did not work:";
      this.#show(shown, `What ${this.#errand.system.name} shows after your ${move.type}${undone}:${failed}`);
      if (shown.over) return true;
      if (isLast) return false;
    }
    return false;
  }

  #show({ text, title, url, picture }: SystemView, head: string): void {
    const where = [title, url].filter((part) => part !== undefined && part !== "").join(" · ");
    const content = [head, ...(where === "" ? [] : [where]), text].join("\n");
    const eyes = this.#visitor.context.models.actor.limits.images && picture !== undefined;
    const images = eyes ? { images: [loadedPicture(picture.data)] } : {};
    this.#visitor.observe({ type: "VISUAL", content, source: this.#errand.system.name, ...images });
    this.#think(`I am here for this: ${this.#errand.goal}`);
  }

  #think(content: string): void {
    this.#visitor.observe({ type: "THOUGHT", content, source: this.#visitor.name });
  }

  /** Without what reminds them of their goal again and again. */
  #told(entries: readonly TranscriptEntry[]): readonly TranscriptEntry[] {
    const reminder = `I am here for this: ${this.#errand.goal}`;
    return entries.filter(({ text, type }) => type !== "THOUGHT" || text !== reminder);
  }
}
