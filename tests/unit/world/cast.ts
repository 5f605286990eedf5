import type { Context } from "../../../src/kernel/contracts/context.ts";
import type { JournalEvent } from "../../../src/kernel/contracts/events.ts";
import type { Action, ActOptions, Actor, Stimulus, Turn } from "../../../src/kernel/contracts/person.ts";
import { slug } from "../../../src/kernel/values/ids.ts";
import { TinyWorld, type WorldOptions } from "../../../src/world/tiny-world.ts";
import { type TestContextOptions, testContext } from "../../support/context.ts";

/** What a scripted person does in a turn, from what is new to them. */
export type Script = (news: readonly Stimulus[], options: ActOptions, turn: number) => readonly Action[] | Error;

export interface Player extends Actor {
  /** Everything ever perceived, in order. */
  readonly heard: readonly Stimulus[];
  /** The options of every call of `act`. */
  readonly asked: readonly ActOptions[];
  readonly pending: readonly Stimulus[];
  location?: string | undefined;
}

export interface PlayerOptions {
  readonly script?: Script;
  /** How many turns of the event loop pass before an act is finished. */
  readonly delay?: () => number;
  /** Acts without news, too. */
  readonly restless?: boolean;
  readonly location?: string;
  readonly interests?: readonly string[];
}

/** A person without a model who keeps the Actor contract: news since the last committed turn, all or nothing. */
export function player(name: string, context: Context, options: PlayerOptions = {}): Player {
  const id = slug(name);
  const { journal } = context.fork(`person:${id}`);
  const heard: Stimulus[] = [];
  const asked: ActOptions[] = [];
  let seen = 0;
  let turns = 0;
  const turnOf = (rest: Pick<Turn, "actions" | "stop"> & { event?: string }): Turn => ({
    person: id,
    name,
    state: {},
    usage: { input: 0, output: 0 },
    warnings: [],
    ...rest,
  });
  return {
    id,
    name,
    heard,
    asked,
    location: options.location,
    ...(options.interests && { interests: options.interests }),
    get pending() {
      return heard.slice(seen);
    },
    observe: (...stimuli) => {
      heard.push(...stimuli);
      for (const stimulus of stimuli) journal.record({ type: "stimulus", person: id, stimulus });
    },
    act: async (act = {}) => {
      asked.push(act);
      const upTo = heard.length;
      if (upTo === seen && !options.restless && act.idle !== "ask") return turnOf({ actions: [], stop: "idle" });
      for (let wait = options.delay?.() ?? 0; wait > 0; wait--) await new Promise((next) => setImmediate(next));
      const actions = options.script?.(heard.slice(seen, upTo), act, turns) ?? [];
      if (actions instanceof Error) throw actions;
      seen = upTo;
      turns += 1;
      const event = journal.record({ type: "turn", person: id, name, actions, state: {}, stop: "done" });
      return turnOf({ actions, stop: "done", event: event.id });
    },
  };
}

export const talk = (content: string, target?: string): Action => ({
  type: "TALK",
  content,
  ...(target !== undefined && { target }),
});
export const think = (content: string): Action => ({ type: "THINK", content });
export const reachOut = (target: string, content?: string): Action => ({
  type: "REACH_OUT",
  target,
  ...(content !== undefined && { content }),
});
export const done: Action = { type: "DONE" };

/** Says the same in every turn. */
export const always =
  (...actions: readonly Action[]): Script =>
  () =>
    actions;

/** Says one thing a turn, and nothing more at the end. */
export const once =
  (...turns: readonly (readonly Action[])[]): Script =>
  (_news, _options, turn) =>
    turns[turn] ?? [done];

/** How the players of a room are. */
export interface Casting {
  readonly each?: (name: string) => PlayerOptions;
  readonly context?: TestContextOptions;
}

/** A world of players who all hear each other, and what was told of it. */
export function roomOf(
  names: readonly string[],
  options: WorldOptions,
  { each = () => ({}), context: more }: Casting = {},
) {
  const context = testContext(more);
  const people = names.map((name) => player(name, context, each(name)));
  const room = new TinyWorld("Room", people, { ...options, context: context.fork("world:room") });
  const told = <T extends JournalEvent["type"]>(type: T) =>
    context.events.filter((event): event is Extract<JournalEvent, { type: T }> => event.type === type);
  return { context, room: room.makeEveryoneAccessible(), people, told };
}
