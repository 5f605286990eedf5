import type { Message, ModelRequest } from "../../src/kernel/contracts/model.ts";
import type { PersonOptions } from "../../src/person/options.ts";
import { TinyPerson } from "../../src/person/tiny-person.ts";
import { parsePersona } from "../../src/persona/schema.ts";
import { type TestContext, type TestContextOptions, testContext } from "./context.ts";
import { type Script, type ScriptedModel, type ScriptedOptions, scriptedModel } from "./scripted-model.ts";

export interface TestPerson {
  readonly person: TinyPerson;
  readonly model: ScriptedModel;
  readonly context: TestContext;
}

export interface TestPersonOptions extends PersonOptions {
  readonly persona?: Record<string, unknown>;
  readonly model?: ScriptedOptions;
  readonly context?: Omit<TestContextOptions, "model">;
}

/** A person called Lisa, unless the persona says otherwise, whose model follows a script. */
export function testPerson(script: Script, options: TestPersonOptions = {}): TestPerson {
  const { persona, model: modelOptions, context: contextOptions, ...personOptions } = options;
  const model = scriptedModel(script, modelOptions);
  const context = testContext({ ...contextOptions, model });
  const data = parsePersona({ name: "Lisa", ...persona });
  return { person: new TinyPerson(data, context.fork("person:lisa"), personOptions), model, context };
}

/** An answer in which the person says one thing and is done. */
export const says = (content: string, target?: string): unknown => ({
  actions: [{ type: "TALK", ...(target === undefined ? {} : { target }), content }, { type: "DONE" }],
});

/** The text of a message; pictures stand as `[image/png]`. */
export function textOf(message: Message | undefined): string {
  if (message === undefined) return "";
  if (typeof message.content === "string") return message.content;
  return message.content.map((part) => (part.type === "text" ? part.text : `[${part.mediaType}]`)).join("\n");
}

/** All text of a request's prompt. */
export const promptOf = (request: ModelRequest<unknown> | undefined): string =>
  (request?.messages ?? []).map(textOf).join("\n\n");
