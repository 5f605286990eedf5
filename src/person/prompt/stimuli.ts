import type { Message, Part } from "../../kernel/contracts/model.ts";
import type { Stimulus, StimulusType } from "../../kernel/contracts/person.ts";
import { clockTime } from "../../kernel/values/clock.ts";
import type { Quotation } from "../memory/history/digest.ts";
import { asData, enclose, type Tag } from "./delimit.ts";

const tagOf: Readonly<Record<StimulusType, Tag>> = {
  CONVERSATION: "conversation",
  SOCIAL: "social",
  LOCATION: "location",
  VISUAL: "visual",
  THOUGHT: "thought",
  INTERNAL_GOAL_FORMULATION: "goal",
  FEEDBACK: "feedback",
};

/** A stimulus and when it came, in simulated time (ISO 8601). */
export interface Perceived {
  readonly stimulus: Stimulus;
  readonly time?: string;
}

/** What was perceived, for one message. */
export interface Perception {
  readonly perceived: readonly Perceived[];
  /** The person's own name. */
  readonly name: string;
  /** The time that the history before it last told. */
  readonly lastTime?: string;
}

/** One message with all that reached a person, in order; nothing is cut. A time is written only where it changes. */
export function stimuliMessage({ perceived, name, lastTime }: Perception): Message {
  if (perceived.length === 0) return { role: "user", content: "(Nothing new.)" };
  const lines = perceived.map((item, index) => {
    const before = index === 0 ? lastTime : perceived[index - 1]?.time;
    return { text: stimulusLine(item, name, before), images: item.stimulus.images ?? [] };
  });
  if (lines.every((line) => line.images.length === 0)) {
    return { role: "user", content: lines.map((line) => line.text).join("\n") };
  }
  const parts = lines.flatMap((line): Part[] => [{ type: "text", text: line.text }, ...line.images]);
  return { role: "user", content: parts };
}

/** What of the first message of a turn, in any shape, quotes what can be purged. */
export function quotationsIn(perceived: readonly Perceived[]): readonly Quotation[] {
  return perceived.flatMap(({ stimulus: { type, content, quotes = [] } }) =>
    quotes.length === 0 ? [] : [{ message: 0, type, text: asData(content), sources: quotes }],
  );
}

function stimulusLine({ stimulus, time }: Perceived, name: string, before: string | undefined): string {
  const from = stimulus.source === name ? undefined : stimulus.source;
  const at = time === undefined || time === before ? undefined : clockTime(time);
  return enclose(tagOf[stimulus.type], stimulus.content, { from, at });
}
