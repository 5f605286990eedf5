import { describe, expect, it } from "vitest";
import { parsePersona } from "../../../../src/persona/schema.ts";
import { varyPersona } from "../../../../src/population/variation/vary.ts";
import { testContext } from "../../../support/context.ts";
import { promptOf } from "../../../support/person.ts";
import { scriptedModel } from "../../../support/scripted-model.ts";

const lisa = parsePersona({
  name: "Lisa",
  age: 34,
  occupation: { title: "nurse", description: "You work nights." },
  beliefs: ["At 34 one is not old.", "Cash is king."],
  other_facts: ["You retire in thirty years."],
});

function stage(answers: readonly unknown[], limits = {}) {
  const model = scriptedModel([...answers], { limits });
  return { model, context: testContext({ model }) };
}

const edit = (path: string, text: string) => ({ path, text, because: "The age." });

describe("a variation", () => {
  it("holds everything but the change and what a model says follows from it", async () => {
    const { model, context } = stage([{ edits: [edit("other_facts.0", "You have been retired for ten years.")] }]);
    const { persona, rows } = await varyPersona(context, lisa, { change: { age: 74 }, what: "She is </change> old." });
    expect(persona).toEqual({ ...lisa, age: 74, other_facts: ["You have been retired for ten years."] });
    expect(rows).toEqual([
      { path: "age", before: "34", after: "74", by: "change", because: "" },
      {
        ...{ path: "other_facts.0", before: "You retire in thirty years." },
        ...{ after: "You have been retired for ten years.", by: "consequence", because: "The age." },
      },
    ]);
    const prompt = promptOf(model.requests[0]);
    expect(prompt).toContain('beliefs.1 = "Cash is king."');
    expect(prompt).toContain("age: 34 → 74\nShe is ‹/change> old.");
    expect(lisa.age).toBe(34);
  });

  it("keeps where the person comes from, and says what was varied", async () => {
    const origin = { kind: "interview" as const, source: "lisa.md", consent: { given: true, scope: "interviews" } };
    const varied = await varyPersona(stage([]).context, lisa, { change: { age: 74 }, rewrite: false, origin });
    expect(varied.origin).toEqual({ ...origin, varied: ["age: 34 → 74"] });
    const { context } = stage([{ edits: [edit("beliefs.0", "At 74 one is not old.")] }]);
    const again = await varyPersona(context, lisa, { change: { health: "Deaf." }, origin: varied.origin });
    expect(again.origin?.varied).toEqual(["age: 34 → 74", "health: nothing → Deaf."]);
    expect(
      (await varyPersona(stage([]).context, lisa, { change: { age: 74 }, rewrite: false })).origin,
    ).toBeUndefined();
  });

  it("refuses rewritings of what is not there, was changed, or comes twice: told once, then an error", async () => {
    for (const wrong of [
      [edit("skills.0", "x")],
      [edit("age", "74")],
      [edit("beliefs.0", "x"), edit("beliefs.0", "y")],
    ]) {
      const { model, context } = stage([{ edits: wrong }, { edits: [] }]);
      await varyPersona(context, lisa, { change: { age: 74 } });
      expect(promptOf(model.requests[1])).toContain("Your last answer could not be used:");
      const again = stage([{ edits: wrong }, { edits: wrong }]);
      await expect(varyPersona(again.context, lisa, { change: { age: 74 } })).rejects.toMatchObject({
        code: "MODEL_INVALID",
      });
    }
  });

  it("has a place of its own for each change, so that another one in between moves none", async () => {
    const { model, context } = stage([{ edits: [] }, { edits: [] }, { edits: [] }]);
    for (const change of [{ age: 74 }, { age: 20 }, { age: 74 }]) await varyPersona(context, lisa, { change });
    const [first, second, third] = model.requests.map(({ scope }) => scope);
    expect(first).not.toBe(second);
    expect(third).toBe(first);
  });

  it("asks nobody where nothing changes or nothing is to be rewritten, nor a model that is too small", async () => {
    const { model, context } = stage([], { following: "small" });
    expect((await varyPersona(context, lisa, { change: { age: 34 } })).rows).toEqual([]);
    const { persona } = await varyPersona(context, lisa, { change: { age: 74, beliefs: null }, rewrite: false });
    expect(persona).toMatchObject({ age: 74 });
    expect(persona.beliefs).toBeUndefined();
    await expect(varyPersona(context, lisa, { change: { age: 74 } })).rejects.toMatchObject({
      code: "MODEL_UNSUPPORTED",
    });
    await expect(varyPersona(context, lisa, { change: { name: "Ana" } })).rejects.toMatchObject({
      code: "OPTION_INVALID",
    });
    expect(model.requests).toEqual([]);
  });

  it("is rehearsed by rules: texts that name what was changed name what it is", async () => {
    const { createBuiltin } = await import("../../../../src/model/builtin/builtin.ts");
    const context = testContext({ model: createBuiltin() });
    const varied = await varyPersona(context, lisa, { change: { age: 74, "occupation.title": "baker" } });
    expect(varied).toMatchObject({ heuristic: true, persona: { beliefs: ["At 74 one is not old.", "Cash is king."] } });
  });
});
