import type { Action, QualityFinding } from "../../../kernel/contracts/person.ts";
import { brokenCharacter } from "../../../kernel/language/sayings/broken-character.ts";
import { type Instructions, leakedInstructions } from "./leaked-instructions.ts";
import { type PersonaRuns, parrotsPersona } from "./parroted-persona.ts";

/** What a draft is held against. */
export interface Against {
  readonly instructions: Instructions;
  readonly persona: PersonaRuns;
  /** The person is a machine by their persona, and may say so. */
  readonly isMachine: boolean;
  /** What others said of late. */
  readonly heard: string;
}

/** What the turn engine made of an answer. */
export interface Drafted {
  readonly actions: readonly Action[];
  /** What was taken out because it had been said before. */
  readonly repeated: readonly Action[];
}

const quoted = 80;

/** Whether an action is words, which can be out of character. */
export const isSpoken = (action: Action): boolean =>
  (action.type === "TALK" || action.type === "THINK") && action.content !== undefined;

/** What is wrong with a draft as far as rules can tell: every action is looked at, whatever comes first. */
export function checkDraft({ actions, repeated }: Drafted, against: Against): readonly QualityFinding[] {
  return [
    ...repeated.map(({ content = "" }) => ({ check: "repetition", words: begin(content) }) as const),
    ...actions.flatMap((action, index) => [...duplicate(actions, index), ...outOfCharacter(action, index, against)]),
  ];
}

/**
 * What is said to somebody is said in one action: another of the same kind for the same target is one too many, unless
 * something else was done in between, such as looking something up.
 */
function duplicate(actions: readonly Action[], index: number): readonly QualityFinding[] {
  const action = actions[index];
  if (action === undefined || !isSpoken(action)) return [];
  const from = actions.slice(0, index).findLastIndex((other) => !isSpoken(other)) + 1;
  const isSecond = actions.slice(from, index).some((other) => keyOf(other) === keyOf(action));
  return isSecond ? [{ check: "duplicate", action: index, words: begin(action.content ?? "") }] : [];
}

const keyOf = ({ type, target = "" }: Action): string => `${type} ${target.trim().toLowerCase()}`;

function outOfCharacter(action: Action, index: number, against: Against): readonly QualityFinding[] {
  if (!isSpoken(action)) return [];
  const text = action.content ?? "";
  const machine = against.isMachine ? undefined : brokenCharacter(text);
  const leaked = leakedInstructions(text, against);
  return [
    ...(machine === undefined ? [] : [{ check: "broken-character", action: index, words: machine } as const]),
    ...(leaked === undefined ? [] : [{ check: "leaked-instructions", action: index, words: leaked } as const]),
    ...(parrotsPersona(text, against.persona)
      ? [{ check: "parroted-persona", action: index, words: begin(text) } as const]
      : []),
  ];
}

function begin(text: string): string {
  const whole = text.replace(/\s+/gu, " ").trim();
  return whole.length <= quoted
    ? whole
    : `${whole
        .slice(0, quoted)
        .toWellFormed()
        .replace(/\ufffd$/u, "")
        .trimEnd()} …`;
}
