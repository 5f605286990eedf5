import type { Action, JournalEvent, Stimulus } from "../../index.ts";
import type { Style } from "../terminal/style.ts";
import { harmless, isolate, wrap } from "../terminal/text.ts";

/** How people and worlds appear: colours by person, the width, whether thoughts are shown. */
export interface Look {
  readonly style: Style;
  readonly width: number;
  readonly thoughts: boolean;
  /** The steady number of a person, for the colour. */
  indexOf(name: string): number;
}

const indent = "  ";

/** A heading: a rule with a title in it. */
export function heading(title: string, look: Look): string {
  const text = harmless(title);
  return look.style.dim(`── ${text} ${"─".repeat(Math.max(0, look.width - text.length - 4))}`);
}

/** The line above what somebody says or thinks. */
export function speaker(name: string, action: Pick<Action, "type" | "target">, look: Look): string {
  const who = look.style.person(isolate(harmless(name)), look.indexOf(name));
  const to = action.target ? look.style.dim(` → ${isolate(harmless(action.target))}`) : "";
  return action.type === "TALK" ? `${who}${to}` : `${who}${look.style.dim(` ${verb(action.type)}`)}${to}`;
}

/** The words under it, indented; thoughts and the like are dimmed. */
function words(text: string, type: string, look: Look): string[] {
  return wrap(harmless(text), look.width - indent.length).map((line) => body(line, type, look));
}

/** One line of words, as `words` gives it. */
export function body(line: string, type: string, look: Look): string {
  const shown = isolate(line);
  return indent + (type === "TALK" || type === "CONVERSATION" ? shown : look.style.dim(shown));
}

/** An action as it stands in the terminal; empty for what is not shown. */
export function actionLines(name: string, action: Action, look: Look): string[] {
  if (action.type === "DONE" || (action.type === "THINK" && !look.thoughts)) return [];
  const text = action.content ?? (action.args === undefined ? "" : JSON.stringify(action.args));
  return [speaker(name, action, look), ...(text === "" ? [] : words(text, action.type, look))];
}

/** What the world or the experimenter says to people. */
export function stimulusLines(to: string, stimulus: Stimulus, look: Look): string[] {
  const from = stimulus.source ?? "You";
  const head = look.style.bold(`${harmless(from)} → ${harmless(to)}`);
  const kind =
    stimulus.type === "CONVERSATION" ? "" : look.style.dim(` (${kinds[stimulus.type] ?? stimulus.type.toLowerCase()})`);
  return [head + kind, ...words(stimulus.content, "CONVERSATION", look)];
}

const kinds: Readonly<Record<string, string>> = {
  VISUAL: "to see",
  THOUGHT: "on the mind",
  INTERNAL_GOAL_FORMULATION: "a goal",
  LOCATION: "a place",
  SOCIAL: "a meeting",
};

/** What went wrong or astray, in one dim or warning line; empty for events that are not shown. */
export function incidentLines(event: JournalEvent, names: (id: string) => string, look: Look): string[] {
  switch (event.type) {
    case "undelivered":
      return [
        look.style.dim(
          `${indent}(${harmless(names(event.from))} did not reach ${harmless(event.target)}: ${event.reason})`,
        ),
      ];
    case "failed":
      return [look.style.warn(`${harmless(names(event.person))} lost this turn: ${harmless(event.error.message)}`)];
    case "extracted":
      return [look.style.dim(`Extracted from ${harmless(event.subject)}: ${harmless(event.objective)}`)];
    default:
      return [];
  }
}

function verb(type: string): string {
  return type === "THINK" ? "thinks" : type === "REACH_OUT" ? "reaches out" : type.toLowerCase().replaceAll("_", " ");
}
