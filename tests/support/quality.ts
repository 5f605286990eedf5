import type { z } from "zod";
import type { ModelRequest } from "../../src/kernel/contracts/model.ts";
import type { QualityOptions } from "../../src/person/quality/options.ts";
import { type TestPersonOptions, testPerson, textOf } from "./person.ts";
import { type Script, scriptedModel } from "./scripted-model.ts";

export const done = { type: "DONE" };
export const talk = (content: string, target?: string) => ({ type: "TALK", ...(target && { target }), content });
export const think = (content: string) => ({ type: "THINK", content });
export const turn = (...actions: object[]) => ({ actions: [...actions, done] });

export const machine = turn(think("A question."), talk("As an AI language model, I have no bread."));
export const good = turn(think("Bread, then."), talk("Rye, since my knees are cold."));
export const other = turn(talk("Nothing at all, for once."));
export const dull = turn(talk("Bread is an important part of a balanced diet."));

export const fieldsOf = (request: Pick<ModelRequest<unknown>, "schema"> | undefined): string[] =>
  Object.keys((request?.schema as z.ZodObject | undefined)?.shape ?? {});

/** A judge who gives a draft that holds the words a low score, quoting them, and every other a high one. */
export const judgeOf =
  (bad: string, low = 2): Script =>
  ({ messages, schema }) => {
    const draft = textOf(messages.at(-1));
    const lines = [...draft.matchAll(/^\[(\d+)\] (?:[^:[]*: |[^:[]*\[\w+\] )(.*)$/gmu)];
    const fault = lines.find(([, , text = ""]) => text.includes(bad));
    const [, entry, quote] = fault ?? lines[0] ?? [];
    const verdict = {
      why: fault ? "Too dull." : "Good.",
      evidence: [{ entry: Number(entry), quote }],
      score: fault ? low : 8,
    };
    return Object.fromEntries(fieldsOf({ schema }).map((key) => [key, verdict]));
  };

interface Looked extends Omit<TestPersonOptions, "quality"> {
  readonly quality?: "strict" | QualityOptions;
  readonly judge?: Script;
  readonly judgeLimits?: object;
}

/** A person whose drafts are looked at, with a judge of their own. */
export function looked(
  script: Script,
  { quality = {}, judge = judgeOf("balanced diet"), judgeLimits, ...options }: Looked = {},
) {
  const judging = scriptedModel(judge, {
    id: "test/judge",
    usage: { input: 50, output: 5 },
    limits: { ...judgeLimits },
  });
  const made = testPerson(script, { ...options, quality, context: { judge: judging, ...options.context } });
  const calls = (): string[] => [...made.model.requests, ...judging.requests].map(({ purpose }) => purpose);
  return { ...made, judging, calls };
}
