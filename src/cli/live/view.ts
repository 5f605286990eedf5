import type { Listener, LiveEvent, SimulationEvent } from "../../index.ts";
import type { Screen } from "../terminal/screen.ts";
import type { Style } from "../terminal/style.ts";
import { eventLines, type Look, numbering, warning } from "./lines.ts";
import { createProgress } from "./progress.ts";
import { createStage, type Stage } from "./stage.ts";

export interface ViewOptions {
  readonly screen: Screen;
  readonly style: Style;
  readonly thoughts: boolean;
  /** A clock in milliseconds. */
  readonly now: () => number;
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
  const scene = { stage: createStage(screen, look), look, names: new Map(), casts: new Map() };
  let notices: readonly string[] = [];
  const footer = (): void =>
    screen.footer([...scene.stage.open(), ...notices, style.dim(progress.line(screen.width - 2))]);
  const rest = (): void => {
    scene.stage.end();
    screen.footer([]);
  };
  return {
    listener: (event) => {
      if (isLive(event)) progress.take(event);
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
}

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

function show(event: SimulationEvent, { look, stage, names }: Scene): void {
  switch (event.type) {
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

/** What is told of an event beside the words that people speak. */
function linesOf(event: SimulationEvent, look: Look, names: ReadonlyMap<string, string>): string[] {
  const nameOf = (id: string): string => names.get(id) ?? id;
  switch (event.type) {
    case "diverged":
      return warning(`From here the journal differs (${event.scope}): ${event.what}`, look);
    case "warning":
      return warning(event.message, look);
    default:
      return isLive(event) ? [] : eventLines(event, nameOf, look);
  }
}

function isLive(event: SimulationEvent): event is LiveEvent {
  return !("id" in event);
}
