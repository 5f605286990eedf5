import { describe, expect, it } from "vitest";
import type { Delta, Layer, Model } from "../../../../src/kernel/contracts/model.ts";
import { around, wrap } from "../../../../src/model/flow/wrap.ts";
import { scriptedModel } from "../../../support/scripted-model.ts";
import { request } from "./fixture.ts";

const noting =
  (name: string, notes: string[]): Layer =>
  (model) =>
    around(model, async (call, ask) => {
      notes.push(`${name}:${call.purpose}`);
      return ask();
    });

describe("wrap", () => {
  it("asks the last layer first", async () => {
    const notes: string[] = [];
    const model = wrap(scriptedModel([{ said: "hi" }]), noting("inner", notes), noting("outer", notes));
    expect((await model.generate(request())).value).toEqual({ said: "hi" });
    expect(notes).toEqual(["outer:act", "inner:act"]);
  });

  it("offers choose and close only where the model inside does", async () => {
    const plain = wrap(scriptedModel([]), noting("layer", []));
    expect("choose" in plain || "close" in plain).toBe(false);
    const notes: string[] = [];
    const full: Model = {
      ...scriptedModel([]),
      choose: async ({ options }) => ({
        probabilities: options.map(() => 1 / options.length),
        usage: { input: 1, output: 1 },
      }),
      close: async () => void notes.push("closed"),
    };
    const layered = wrap(full, noting("layer", notes));
    const answer = await layered.choose?.({ messages: [], options: ["a", "b"], scope: "person:lisa" });
    await layered.close?.();
    expect(answer?.probabilities).toEqual([0.5, 0.5]);
    expect(notes).toEqual(["layer:elicit", "closed"]);
  });

  it("keeps `this` of a model that is an object with methods", async () => {
    class Counting {
      readonly id = "test/counting";
      readonly limits = scriptedModel([]).limits;
      asked = 0;
      async generate() {
        this.asked++;
        return { value: { said: "x" } as never, usage: { input: 1, output: 1 }, origin: "model" as const };
      }
    }
    const counting = new Counting();
    await wrap(counting, noting("layer", [])).generate(request());
    expect(counting.asked).toBe(1);
  });

  it("mixes no late words of an attempt that was given up into the next one", async () => {
    const late: ((delta: Delta) => void)[] = [];
    const inner: Model = {
      ...scriptedModel([]),
      async generate(asked) {
        asked.onDelta?.({ type: "text", text: "first" });
        if (asked.onDelta) late.push(asked.onDelta);
        throw new Error("cut");
      },
    };
    const twice: Layer = (model) =>
      around(model, async (call, ask) => {
        await ask().catch(() => call.restart());
        late[0]?.({ type: "text", text: "late" });
        return ask();
      });
    const heard: Delta[] = [];
    await expect(wrap(inner, twice).generate(request({ onDelta: (delta) => heard.push(delta) }))).rejects.toThrow(
      "cut",
    );
    expect(heard).toEqual([{ type: "text", text: "first" }, { type: "restart" }, { type: "text", text: "first" }]);
  });
});
