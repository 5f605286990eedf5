import { z } from "zod";
import type { ItemPart } from "../../instrument/kind.ts";
import { answerShape } from "../../wording/answer-shape.ts";
import { readAnswer } from "../../wording/read-answer.ts";
import { byPart } from "../by-part.ts";
import { certain } from "../distribution.ts";
import type { Asking, Declared, Elicitation, PartAnswer } from "../elicitation.ts";

const text =
  "Answer the question of the questionnaire that you have just read, as it asks: first, in `thoughts`, a sentence or two of what goes through your mind, then the answer.";

/** The value in a schema made from the item: what is impossible cannot be said. */
export const direct: Elicitation = {
  name: "direct",
  unfit: () => undefined,
  ask: async (asking) => {
    const { item } = asking;
    const open = item.parts.some(({ options }) => options.some((option) => option.open));
    const shape = byPart<unknown>(item, "answer", {
      before: { thoughts: z.string() },
      ...(open && { after: otherWords }),
      shape: (part) => (item.optional ? readable(part).nullable() : readable(part)).describe(part.asks ?? item.text),
    });
    const schema = shape.schema.superRefine((value, { addIssue }) => {
      const [twin] = twins(item.parts, shape.read(value));
      if (twin !== undefined) addIssue({ code: "custom", message: `“${twin}” cannot be the same as the one before.` });
    });
    const value = await asking.ask({ step: "direct", text, schema, declared: declaredFor(asking, shape.pathOf) });
    const words = String(value["thoughts"] ?? "").trim();
    const other = typeof value["other"] === "string" ? value["other"].trim() : "";
    return shape.read(value).map((one, place) => {
      const part = item.parts[place] as ItemPart;
      return answered(part, one, { words, other });
    });
  },
};

const otherWords = {
  other: z.string().nullable().describe("in words, where what was chosen asks for it; else null"),
};

/** Parts that were answered alike, and must not be. */
function twins(parts: readonly ItemPart[], given: readonly unknown[]): readonly string[] {
  const answers = new Map(parts.map(({ id }, place) => [id, given[place] ?? null]));
  return parts.flatMap(({ id, asks = id, unlike }) =>
    unlike !== undefined && answers.get(id) !== null && answers.get(id) === answers.get(unlike) ? [asks] : [],
  );
}

/** The shape of an answer, in which also what the shape cannot say is held to: nothing twice, amounts that add up. */
function readable(part: ItemPart): z.ZodType {
  return answerShape(part).superRefine((value, { addIssue }) => {
    const read = readAnswer(part, value);
    if ("fault" in read) addIssue({ code: "custom", message: read.fault });
  });
}

/** The answer that a value of the part's shape comes to; null was left unanswered. */
export function answered(
  part: ItemPart,
  given: unknown,
  { words, other = "" }: { readonly words: string; readonly other?: string },
): PartAnswer {
  const said = words === "" ? {} : { words };
  const read = given === null ? { fault: "" } : readAnswer(part, given);
  if ("fault" in read) return { value: null, missing: given === null ? "skipped" : "failed", ...said };
  const { value } = read;
  const chosen = new Set([value].flat().map(String));
  const opens = part.options.some((option) => option.open && chosen.has(option.id));
  return {
    value,
    ...((typeof value === "string" || typeof value === "number") &&
      part.scale.kind !== "text" && { distribution: certain(value) }),
    ...(opens && other !== "" && { other }),
    ...said,
  };
}

/** The weights that were declared for parts, where a stand-in looks for them: by place, and by what options are called. */
function declaredFor({ item, settings }: Asking, pathOf: (part: ItemPart) => string): Declared | undefined {
  const found = item.parts.flatMap((part) => {
    const weights = settings.rehearsal?.[part.id];
    return weights === undefined ? [] : [[pathOf(part), byLabel(part, weights)] as const];
  });
  return found.length === 0 ? undefined : Object.fromEntries(found);
}

/** Weights of options by their labels; of values that are no options, as they stand. */
function byLabel({ options }: ItemPart, weights: Readonly<Record<string, number>>): Record<string, number> {
  const labels = new Map(options.map(({ id, label }) => [id, label]));
  return Object.fromEntries(Object.entries(weights).map(([id, weight]) => [labels.get(id) ?? id, weight]));
}
