import { describe, expect, it } from "vitest";
import { z } from "zod";
import { strictSchema } from "../../../src/model/structured/strict-schema.ts";
import { defineAction } from "../../../src/person/actions/define-action.ts";
import { ownActions } from "../../../src/person/actions/own-actions.ts";
import { readTurn, turnSchema } from "../../../src/person/actions/turn-schema.ts";
import { says, testPerson, textOf } from "../../support/person.ts";

const book = defineAction({
  type: "BOOK",
  kind: "effect",
  description: "book a table",
  args: z.object({ seats: z.int().min(1).max(8), day: z.iso.date() }),
  run: async ({ seats }) => ({ text: `${seats} seats` }),
});
const faculties = [{ name: "restaurant", actions: [book] }];

describe("an action that cannot be read", () => {
  it("of a type the person does not have comes back within the turn; what was before it stands", async () => {
    const { person, model } = testPerson(
      [
        {
          actions: [
            { type: "TALK", content: "Let me dance for you." },
            { type: "DANCE", style: "tango" },
            { type: "TALK", content: "There, I have danced." },
          ],
        },
        says("I am afraid that I cannot dance here."),
      ],
      { faculties },
    );
    const turn = await person.listenAndAct("Dance!");
    const [asked, told] = (model.requests[1]?.messages ?? []).slice(-3, -1);
    expect(JSON.parse(textOf(asked)).actions).toEqual([
      { type: "TALK", content: "Let me dance for you." },
      { type: "DANCE", style: "tango" },
    ]);
    expect(textOf(told)).toBe(
      '<feedback of="DANCE" failed="INVALID_ACTION">type: There is no such action; there are THINK, TALK, REACH_OUT, BOOK, DONE.</feedback>',
    );
    expect(textOf(model.requests[1]?.messages.at(-1))).toContain("Nothing came of your last action");
    expect(turn.actions.map((action) => action.content)).toEqual([
      "Let me dance for you.",
      "I am afraid that I cannot dance here.",
      undefined,
    ]);
    expect(turn.warnings).toEqual([
      "DANCE could not be read. type: There is no such action; there are THINK, TALK, REACH_OUT, BOOK, DONE.",
    ]);
  });
  it("for its arguments says which, and can be put right", async () => {
    const wrong = { actions: [{ type: "BOOK", seats: 20, day: "soon" }] };
    const right = { actions: [{ type: "BOOK", seats: 8, day: "2030-01-31" }, { type: "DONE" }] };
    const { person, model } = testPerson([wrong, right], { faculties });
    const turn = await person.listenAndAct("Book a table.");
    expect(textOf(model.requests[1]?.messages.at(-2))).toMatch(/seats: This must be at most 8\. day: /);
    expect(turn.outcomes?.map((one) => one.outcome.text)).toEqual(["8 seats"]);
  });
  it("is told of twice a turn and then left out; a turn that has nothing else fails", async () => {
    const { person, model } = testPerson(() => ({ actions: [{ type: "DANCE" }] }));
    await expect(person.listenAndAct("Dance!")).rejects.toMatchObject({ code: "MODEL_INVALID" });
    expect(model.requests).toHaveLength(3);
    expect(person.pending).toHaveLength(1);
  });
  it("and that nobody comes to is none", async () => {
    const { person, model } = testPerson([{ actions: [{ type: "DONE" }, { type: "DANCE" }] }]);
    expect(await person.listenAndAct("Hello.")).toMatchObject({ stop: "done", warnings: [] });
    expect(model.requests).toHaveLength(1);
  });
});

describe("the schema of a turn", () => {
  const schema = turnSchema([...ownActions, book]);
  const answer = { actions: [{ type: "BOOK", seats: 0, day: "2030-01-31" }, "DONE", { type: "DONE" }] };

  it("tells models nothing of what it forgives", () => {
    const strict = JSON.stringify(strictSchema(schema).json);
    expect(strict).not.toMatch(/default|misfit|written/);
    expect(JSON.parse(strict).properties.actions.items.anyOf).toHaveLength(5);
  });
  it("reads what it has read to the same: answers are served again", () => {
    const once = schema.parse(answer);
    expect(schema.parse(JSON.parse(JSON.stringify(once)))).toEqual(once);
    expect(readTurn(once, new Set(["DONE"])).actions).toMatchObject([
      { type: "BOOK", args: { seats: 0, day: "2030-01-31" }, misfit: [{ path: "seats" }] },
      { type: "?", args: { written: "DONE" }, misfit: [{ path: "type" }] },
      { type: "DONE" },
    ]);
  });
});
