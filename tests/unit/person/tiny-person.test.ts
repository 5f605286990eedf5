import { expect, it } from "vitest";
import { TinyPerson } from "../../../src/person/tiny-person.ts";
import { parsePersona } from "../../../src/persona/schema.ts";
import { testContext } from "../../support/context.ts";
import { scriptedModel } from "../../support/scripted-model.ts";

it("takes a turn, recorded and shown as it is spoken", async () => {
  const model = scriptedModel([
    {
      state: { emotions: "calm" },
      actions: [
        { type: "THINK", content: "Hm." },
        { type: "TALK", content: "Hello there, all of you." },
        { type: "DONE" },
      ],
    },
  ]);
  const context = testContext({ model, streaming: true });
  const lisa = new TinyPerson(parsePersona({ name: "Lisa" }), context.fork("person:lisa"));
  const turn = await lisa.listenAndAct("Hi!", "Oscar");
  expect(turn.stop).toBe("done");
});
