import type { Action } from "../../kernel/contracts/person.ts";
import type { StimulusEpisode } from "./episodic-log.ts";

/** A part of the past as one turn holds it. */
export interface Past {
  readonly perceived: readonly StimulusEpisode[];
  readonly actions: readonly Action[];
}

/** What is left of turns that no longer stand in the prompt. */
export interface LeftOut {
  readonly turns: number;
  readonly events: number;
  /** How often each speaker was heard, by name; "" where nobody in particular spoke. */
  readonly heard: ReadonlyMap<string, number>;
  /** How the person's own last talks began, oldest first. */
  readonly said: readonly string[];
}

export const nothingLeftOut: LeftOut = { turns: 0, events: 0, heard: new Map(), said: [] };

const talksKept = 6;
const lettersKept = 60;

/** What is left out once these turns are, too. Whoever can make better sense of the past puts it in this place. */
export function leaveOut(before: LeftOut, turns: readonly Past[]): LeftOut {
  const heard = new Map(before.heard);
  for (const { stimulus } of turns.flatMap((turn) => turn.perceived)) {
    if (stimulus.type !== "CONVERSATION") continue;
    heard.set(stimulus.source ?? "", (heard.get(stimulus.source ?? "") ?? 0) + 1);
  }
  const actions = turns.flatMap((turn) => turn.actions).filter((action) => action.type !== "DONE");
  const talks = actions.flatMap((action) => (action.type === "TALK" ? [opening(action)] : []));
  return {
    turns: before.turns + turns.length,
    events: before.events + actions.length + turns.reduce((sum, turn) => sum + turn.perceived.length, 0),
    heard,
    said: [...before.said, ...talks].slice(-talksKept),
  };
}

/** The note that stands in the prompt in place of what was left out. */
export function leftOutText(left: LeftOut): string {
  const speakers = [...left.heard].map(([name, times]) => `${name === "" ? "someone" : name} ${times}×`);
  const lines = [
    `${left.events} things that you perceived and did (${left.turns} of your turns) lie further back and are not shown here.`,
    ...(speakers.length > 0 ? [`You heard: ${speakers.slice(0, 12).join(", ")}.`] : []),
    ...(left.said.length > 0 ? ["Among what you said then:", ...left.said.map((text) => `- ${text}`)] : []),
  ];
  return lines.join("\n");
}

function opening(action: Action): string {
  const whom = action.target === undefined ? "" : `to ${action.target}: `;
  const text = (action.content ?? "").replace(/\s+/gu, " ").trim();
  return `${whom}“${text.length <= lettersKept ? text : `${cutAtWord(text)} …`}”`;
}

function cutAtWord(text: string): string {
  const cut = text.slice(0, lettersKept);
  const space = cut.lastIndexOf(" ");
  return (space > lettersKept / 2 ? cut.slice(0, space) : cut).replace(/[\ud800-\udbff]$/u, "").trimEnd();
}
