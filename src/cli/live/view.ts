import type { Listener, LiveEvent, SimulationEvent } from "../../index.ts";
import type { Screen } from "../terminal/screen.ts";
import { createSpeech, type Speech } from "../terminal/speech.ts";
import type { Style } from "../terminal/style.ts";
import { fit, harmless } from "../terminal/text.ts";
import { actionLines, body, heading, incidentLines, type Look, speaker, stimulusLines } from "./lines.ts";
import { createProgress } from "./progress.ts";

export interface ViewOptions {
  readonly screen: Screen;
  readonly style: Style;
  readonly thoughts: boolean;
  readonly now: () => number;
}

export interface LiveView {
  readonly listener: Listener;
  /** Draws the status line anew, for a clock that goes on while nothing happens. */
  tick(): void;
  /** Shows thoughts, or no longer; returns which. */
  toggleThoughts(): boolean;
  /** Takes the status line away and returns it. */
  end(): string;
}

interface Speaking {
  readonly person: string;
  readonly action: string;
  readonly index: number;
  readonly speech: Speech;
}

/**
 * A run as it happens. Of several who speak at once, one is shown word by word and the others when they are done,
 * so that no two voices mix.
 */
export function createView(options: ViewOptions): LiveView {
  const { screen, style } = options;
  const progress = createProgress(options.now);
  const names = new Map<string, string>();
  const order: string[] = [];
  let thoughts = options.thoughts;
  const look: Look = {
    style,
    get thoughts() {
      return thoughts;
    },
    get width() {
      return screen.width;
    },
    indexOf: (name) => {
      if (!order.includes(name)) order.push(name);
      return order.indexOf(name);
    },
  };
  const stage = createStage(screen, look);
  const footer = (): void => screen.footer([...stage.open(), style.dim(fit(progress.line(), screen.width))]);
  return {
    listener: (event) => {
      if (isLive(event)) progress.take(event);
      if ("name" in event && "person" in event) names.set(event.person, event.name);
      show(event, { screen, look, stage, names });
      footer();
    },
    tick: footer,
    toggleThoughts: () => {
      thoughts = !thoughts;
      return thoughts;
    },
    end: () => {
      screen.footer([]);
      return progress.line();
    },
  };
}

interface Scene {
  readonly screen: Screen;
  readonly look: Look;
  readonly stage: Stage;
  readonly names: Map<string, string>;
}

function show(event: SimulationEvent, { screen, look, stage, names }: Scene): void {
  const nameOf = (id: string): string => names.get(id) ?? id;
  switch (event.type) {
    case "step-started":
      screen.print("", heading(stepTitle(event, names), look));
      break;
    case "world-created":
      names.set(event.world, event.name);
      break;
    case "broadcast":
      screen.print("", ...stimulusLines("everyone", event.stimulus, look));
      break;
    case "stimulus":
      if (event.stimulus.via === undefined && event.stimulus.type !== "FEEDBACK") {
        screen.print("", ...stimulusLines(nameOf(event.person), event.stimulus, look));
      }
      break;
    case "speaking":
      stage.speak(event);
      break;
    case "speaking-restarted":
      stage.restart(event.person);
      break;
    case "turn":
      for (const [index, action] of event.actions.entries()) {
        if (!stage.shown(event.person, index)) screen.print(...actionLines(event.name, action, look));
      }
      stage.finish(event.person);
      break;
    case "turn-failed":
      stage.finish(event.person);
      break;
    case "diverged":
      screen.print(
        look.style.warn(`From here the journal differs (${harmless(event.scope)}): ${harmless(event.what)}`),
      );
      break;
    case "warning":
      screen.print(look.style.warn(harmless(event.message)));
      break;
    default:
      if (!isLive(event)) screen.print(...incidentLines(event, nameOf, look));
  }
}

function stepTitle(event: Extract<SimulationEvent, { type: "step-started" }>, names: Map<string, string>): string {
  const of = event.of === undefined ? "" : ` of ${event.of}`;
  const time = event.time === undefined ? "" : ` · ${event.time.slice(0, 16).replace("T", " ")}`;
  return `${names.get(event.world) ?? event.world} · step ${event.step}${of}${time}`;
}

interface Stage {
  speak(event: Extract<LiveEvent, { type: "speaking" }>): void;
  restart(person: string): void;
  /** The lines of the one who is speaking that may still change. */
  open(): string[];
  /** Whether this action of the person was already shown word by word. */
  shown(person: string, index: number): boolean;
  finish(person: string): void;
}

/** Holds the one who is shown word by word. */
function createStage(screen: Screen, look: Look): Stage {
  let now: Speaking | undefined;
  const close = (): void => {
    if (now) screen.print(...now.speech.open().map((line) => body(line, now?.action ?? "TALK", look)));
  };
  return {
    speak: (event) => {
      if (now !== undefined && now.person !== event.person) return;
      if (event.action === "THINK" && !look.thoughts) return;
      if (now === undefined || now.index !== event.index) {
        close();
        now = { person: event.person, action: event.action, index: event.index, speech: createSpeech(look.width - 2) };
        screen.print(speaker(event.name, { type: event.action, ...(event.target && { target: event.target }) }, look));
      }
      screen.print(...now.speech.add(harmless(event.text)).map((line) => body(line, event.action, look)));
    },
    restart: (person) => {
      if (now?.person !== person) return;
      close();
      screen.print(look.style.dim("  (the connection broke; once more)"));
      now = undefined;
    },
    open: () => now?.speech.open().map((line) => body(line, now?.action ?? "TALK", look)) ?? [],
    shown: (person, index) => now?.person === person && index <= now.index,
    finish: (person) => {
      if (now?.person !== person) return;
      close();
      now = undefined;
    },
  };
}

function isLive(event: SimulationEvent): event is LiveEvent {
  return !("id" in event);
}
