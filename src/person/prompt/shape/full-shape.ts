import type { ActionKind } from "../../../kernel/contracts/faculty.ts";
import { ownActions } from "../../actions/own-actions.ts";
import { readTurn, turnSchema, writeAction } from "../../actions/turn-schema.ts";
import { leftOutText } from "../../memory/history/digest.ts";
import { enclose } from "../delimit.ts";
import { personaMessage } from "../persona-message.ts";
import { presentMessage, questionMessage } from "../present.ts";
import { stimuliMessage } from "../stimuli.ts";
import type { PromptShape } from "./shape.ts";

/** Kinds of actions whose words are shown as they are produced. */
const spoken: ReadonlySet<string> = new Set(["TALK", "THINK"]);

/** The prompt for models that follow long rules and fill a list of typed actions. */
export function fullShape(kinds: readonly ActionKind[], rules: string): PromptShape {
  const schema = turnSchema(kinds);
  const own = new Set(ownActions.map((kind) => kind.type));
  const queries = new Set(kinds.filter((kind) => kind.kind === "query").map((kind) => kind.type));
  return {
    schema,
    prose: "full",
    rules: { role: "system", content: rules, cacheUpToHere: true },
    persona: personaMessage,
    // Every turn's new part is marked: the next call then finds all before it in the provider's cache.
    stimuli: (perception) => ({ ...stimuliMessage(perception), cacheUpToHere: true }),
    turn: (actions) => {
      const written = actions.map(writeAction);
      return { role: "assistant", content: JSON.stringify({ actions: written }) };
    },
    result: ({ type }, { text, failed }) => {
      const tag = queries.has(type) && failed?.code !== "INVALID_ACTION" ? "result" : "feedback";
      return { role: "user", content: enclose(tag, text, { of: type, failed: failed?.code }) };
    },
    note: (left) => ({ role: "user", content: enclose("earlier", leftOutText(left)) }),
    end: (fresh, present) => [...fresh, presentMessage(present)],
    question: (fresh, present, question) => [...fresh, questionMessage(present, question)],
    read: (value) => readTurn(schema.parse(value), own),
    speech: { in: "actions", speech: spoken, stopAt: queries },
  };
}
