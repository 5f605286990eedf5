import { isOfFork, type Listener, type LiveEvent, type SimulationEvent } from "../../index.ts";
import type { Screen } from "../terminal/screen.ts";
import type { Style } from "../terminal/style.ts";
import { eventLines, type Look, note, numbering, visitLine, warning } from "./lines.ts";
import { createProgress } from "./progress.ts";
import { createStage, type Stage } from "./stage.ts";

export interface ViewOptions {
  readonly screen: Screen;
  readonly style: Style;
  readonly thoughts: boolean;
  /** A clock in milliseconds. */
  readonly now: () => number;
  /** The run is a fork: it is meant to differ from its journal, and one line says from where on. */
  readonly isFork?: boolean;
  /** What the last line says in place of calls and cost, within so many columns. */
  readonly status?: (width: number) => string;
}

export interface LiveView {
  readonly listener: Listener;
  /** Draws the status line anew, for a clock that goes on while nothing happens. */
  tick(): void;
  /** Says something above the status line, and goes on saying it. */
  notice(text: string): void;
  /** Prints what waits and takes the status line away; the view can be used again. */
  rest(): void;
  /** Shows thoughts, or no longer; returns which. */
  toggleThoughts(): boolean;
  /** Prints what waits, takes the status line away and returns it. */
  end(): string;
}

/**
 * A run as it happens. Of several who speak at once, one is shown word by word and the others when they are done,
 * so that no two voices mix.
 */
export function createView(options: ViewOptions): LiveView {
  const { screen, style } = options;
  const progress = createProgress(options.now);
  const status = options.status ?? progress.line;
  let thoughts = options.thoughts;
  const look: Look = {
    style,
    get thoughts() {
      return thoughts;
    },
    get width() {
      return screen.width;
    },
    indexOf: numbering(),
  };
  const scene = sceneOn(createStage(screen, look), look, options.isFork ?? false);
  let notices: readonly string[] = [];
  const footer = (): void => {
    const last = style.dim(status(screen.width - 2));
    screen.footer([...scene.stage.open(), ...visitLines(scene), ...notices, last]);
  };
  const rest = (): void => {
    scene.stage.end();
    screen.footer([]);
  };
  return {
    listener: (event) => {
      if (isLive(event)) progress.take(event);
      // What is told to a fork of somebody happens to nobody here.
      if (isOfFork(event)) return footer();
      if ("name" in event && "person" in event) scene.names.set(event.person, event.name);
      show(event, scene);
      follow(event, scene);
      footer();
    },
    tick: footer,
    notice: (text) => {
      const lines = warning(text, look);
      if (screen.live) notices = lines;
      else screen.print(...lines);
      footer();
    },
    rest,
    toggleThoughts: () => {
      thoughts = !thoughts;
      return thoughts;
    },
    end: () => {
      rest();
      return progress.line();
    },
  };
}

interface Scene {
  readonly look: Look;
  readonly stage: Stage;
  readonly names: Map<string, string>;
  /** Who is in which world, in its order. */
  readonly casts: Map<string, readonly string[]>;
  /** Visits to systems that are under way. */
  readonly visits: Map<string, Visiting>;
  readonly isFork: boolean;
  /** A fork has begun to go its own way, and that was said. */
  parted?: boolean;
}

const sceneOn = (stage: Stage, look: Look, isFork: boolean): Scene => ({
  ...{ stage, look, isFork },
  ...{ names: new Map(), casts: new Map(), visits: new Map() },
});

/** Follows who is where: in a step, people are shown in the order of their world. */
function follow(event: SimulationEvent, { stage, names, casts }: Scene): void {
  if (!("world" in event)) return;
  const { type, world } = event;
  const cast = casts.get(world) ?? [];
  if (type === "world-created") {
    names.set(world, event.name);
    casts.set(world, event.people);
  } else if (type === "person-entered") casts.set(world, [...cast, event.person]);
  else if (type === "person-left") {
    casts.set(
      world,
      cast.filter((person) => person !== event.person),
    );
  } else if (type === "step-finished") stage.leave(cast);
  else if (type === "step-started") stage.enter(cast);
}

function show(event: SimulationEvent, scene: Scene): void {
  const { look, stage, names, visits } = scene;
  switch (event.type) {
    case "diverged":
      if (!scene.parted) stage.say(partingLines(event, scene));
      scene.parted = scene.isFork;
      break;
    case "visiting":
      if (event.isOver) visits.delete(visitKey(event));
      else visits.set(visitKey(event), event);
      break;
    case "acted":
      stage.takeUp(event.person);
      break;
    case "call-started":
      stage.begins(event.scope);
      break;
    case "speaking":
      stage.speak(event);
      break;
    case "speaking-restarted":
      stage.restart(event.person);
      break;
    case "turn":
      stage.turn(event);
      break;
    case "turn-failed":
      stage.drop(event.person);
      break;
    case "effect-begun":
    case "effect-done":
      stage.follow(event.person, linesOf(event, look, names));
      break;
    default:
      stage.say(linesOf(event, look, names));
  }
}

type Visiting = Extract<LiveEvent, { type: "visiting" }>;

const visitKey = ({ visitor, system, goal, session }: Visiting): string =>
  JSON.stringify([visitor, system, goal, session]);

/** Visits that the status shows. */
const shownVisits = 4;

const visitLines = ({ visits, look }: Scene): string[] =>
  [...visits.values()].slice(0, shownVisits).map((visit) => visitLine(visit, look));

function partingLines({ scope, what }: Diverged, { look, isFork, names }: Scene): string[] {
  const id = scope.replace(/^(?:person|world):/, "");
  if (isFork) return note(`(from here the fork goes its own way, first in ${names.get(id) ?? scope})`, look);
  return warning(`From here the journal differs (${scope}): ${what}`, look);
}

type Diverged = Extract<LiveEvent, { type: "diverged" }>;

/** What is told of an event beside the words that people speak. */
function linesOf(event: SimulationEvent, look: Look, names: ReadonlyMap<string, string>): string[] {
  const nameOf = (id: string): string => names.get(id) ?? id;
  switch (event.type) {
    case "warning":
      return warning(event.message, look);
    default:
      return isLive(event) ? [] : eventLines(event, nameOf, look);
  }
}

function isLive(event: SimulationEvent): event is LiveEvent {
  return !("id" in event);
}
