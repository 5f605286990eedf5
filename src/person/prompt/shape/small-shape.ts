import { z } from "zod";
import type { Message } from "../../../kernel/contracts/model.ts";
import type { Action, Stimulus } from "../../../kernel/contracts/person.ts";
import type { Safety } from "../../options.ts";
import { asData, asLabel } from "../delimit.ts";
import type { Present } from "../present.ts";
import type { Perception } from "../stimuli.ts";
import type { PromptShape } from "./shape.ts";

/** One text alone: models of this size write whole sentences when no frame is asked of them. */
const SmallAnswer = z.object({ content: z.string() });

/** The rules for small models; answers are too short to recite anybody's works, so that needs no rule. */
export function smallRules(safety: Safety): string {
  const harm = safety.harmfulContent ? " Turn down anything harmful in your own words." : "";
  return `Answer in the first person, in two or three short sentences, as this person would.${harm}`;
}

/**
 * The prompt for small models, as measured on models of 135 to 270 million parameters: one line of rules, the persona
 * in prose, what others said as plain chat, and what was heard last at the very end. They say one thing a turn.
 */
export function smallShape(rules: string): PromptShape {
  return {
    schema: SmallAnswer,
    prose: "small",
    rules: { role: "system", content: rules },
    persona: ({ prose }) => ({ role: "system", content: asData(prose.trim()), cacheUpToHere: true }),
    stimuli: smallStimuli,
    turn: (actions) => ({ role: "assistant", content: spokenIn(actions) }),
    result: (_action, { text }) => ({ role: "user", content: asData(text) }),
    note: () => undefined,
    end: (fresh, present) => [...circumstances(present), ...fresh],
    question: (fresh, present, question) => {
      return [...circumstances(present), ...fresh, { role: "user", content: asData(question) }];
    },
    read: (value) => {
      const { content } = SmallAnswer.parse(value);
      const talk: Action[] = content.trim() === "" ? [] : [{ type: "TALK", content }];
      return { state: {}, actions: [...talk, { type: "DONE" }] };
    },
    speech: { in: "fields", fields: new Map([["content", "TALK"]]) },
  };
}

function smallStimuli({ perceived, name }: Perception): Message {
  const lines = perceived.map(({ stimulus }) => smallLine(stimulus, name));
  return { role: "user", content: lines.length === 0 ? "What do you say?" : lines.join("\n") };
}

function smallLine({ type, content, source }: Stimulus, name: string): string {
  const text = asData(content);
  switch (type) {
    case "CONVERSATION":
      return source === undefined || source === name ? text : `${asLabel(source)} says: “${text}”`;
    case "LOCATION":
      return `You are now here: ${text}`;
    case "VISUAL":
      return `You see: ${text}`;
    case "THOUGHT":
      return `You think: ${text}`;
    case "INTERNAL_GOAL_FORMULATION":
      return `You want: ${text}`;
    case "FEEDBACK":
      return `(${text})`;
    case "SOCIAL":
      return text;
  }
}

function spokenIn(actions: readonly Action[]): string {
  const said = actions.flatMap((action) => (action.type === "TALK" ? [action.content ?? ""] : []));
  return said.length === 0 ? "…" : said.join(" ");
}

/** Place and circumstances, before what was heard: a small model answers what stands last. */
function circumstances({ location, state, notes }: Present): readonly Message[] {
  const lines = [
    ...(location === undefined ? [] : [`You are in ${asLabel(location)}.`]),
    ...(state.context ?? []).map(asLabel),
    ...notes.map((note) => asLabel(note.text)),
  ];
  return lines.length === 0 ? [] : [{ role: "user", content: lines.join(" ") }];
}
