import { describe, expect, it } from "vitest";
import { z } from "zod";
import type { ActionKind, Faculty } from "../../../src/kernel/contracts/faculty.ts";
import { TinyTroupeError } from "../../../src/kernel/values/errors.ts";
import { says, testPerson, textOf } from "../../support/person.ts";

const down = () =>
  new TinyTroupeError("MODEL_UNAVAILABLE", "The model is down.", { data: { model: "test" }, hint: "Try again later." });

const recallKind = (run: ActionKind<{ about: string }>["run"]): Faculty => ({
  name: "recall",
  actions: [
    {
      type: "RECALL",
      kind: "query",
      description: "remember",
      args: z.object({ about: z.string() }),
      run,
    } as ActionKind,
  ],
});

describe("faculties", () => {
  it("bring memories to mind in the order they are given", async () => {
    const faculties = ["b", "a"].map(
      (name): Faculty => ({
        name,
        actions: [],
        recall: async ({ stimuli }) => [{ text: `${name} knows of ${stimuli[0]?.content}` }],
      }),
    );
    const { person, model } = testPerson([says("I remember it well.")], { faculties });
    await person.listenAndAct("Paris");
    expect(textOf(model.requests[0]?.messages.at(-1))).toContain("- b knows of Paris\n- a knows of Paris");
  });
  it("run effects only once the turn is durable, and tell the person what came of them", async () => {
    const seen: string[] = [];
    const { person, context, model } = testPerson(
      [
        { actions: [{ type: "BUY", item: "bread" }, { type: "BUY", item: "gold" }, { type: "DONE" }] },
        says("Fine by me, then."),
      ],
      {
        faculties: [
          {
            name: "shop",
            actions: [
              {
                type: "BUY",
                kind: "effect",
                description: "buy",
                args: z.object({ item: z.string() }),
                run: async (args) => {
                  const { item } = args as { item: string };
                  seen.push(`${item} after ${context.events.at(-1)?.type}, settled ${context.settled.count}`);
                  if (item === "gold") throw new Error("too dear");
                  return { text: `one ${item}` };
                },
              },
            ],
          },
        ],
      },
    );
    const turn = await person.listenAndAct("Buy something.");
    expect(seen).toEqual(["bread after effect-begun, settled 1", "gold after effect-begun, settled 3"]);
    expect(turn.warnings).toEqual(["BUY failed: too dear"]);
    await person.act();
    expect(textOf(model.requests[1]?.messages.at(-2))).toBe(
      "<feedback>BUY: one bread</feedback>\n<feedback>BUY failed: too dear</feedback>",
    );
  });
  it("that cannot do something tell the person why within the turn, and the caller", async () => {
    const shut = recallKind(async () => Promise.reject(new Error("the archive is shut")));
    const { person, model } = testPerson(
      [{ actions: [{ type: "RECALL", about: "x" }] }, says("They say it is shut.")],
      { faculties: [shut] },
    );
    const turn = await person.listenAndAct("What is x?");
    expect(textOf(model.requests[1]?.messages.at(-2))).toBe(
      '<result of="RECALL" failed="FAILED">the archive is shut</result>',
    );
    expect(turn.warnings).toEqual(["RECALL failed: the archive is shut"]);
    expect(turn.stop).toBe("done");
  });
  it.each([
    ["a fault in the program of a query", new TypeError("a bug"), "a bug"],
    ["what concerns the whole run", down(), "The model is down."],
  ])("throw %s: it is no experience of the person", async (_what, error, message) => {
    const { person } = testPerson([{ actions: [{ type: "RECALL", about: "x" }] }], {
      faculties: [recallKind(async () => Promise.reject(error))],
    });
    await expect(person.listenAndAct("What is x?")).rejects.toThrow(message);
    expect(person.turns).toEqual([]);
  });
  it("run no effect when the turn fails", async () => {
    let bought = 0;
    const buy: ActionKind = {
      type: "BUY",
      kind: "effect",
      description: "buy",
      args: z.object({}),
      run: async () => ({ text: String(++bought) }),
    };
    const ask: Faculty = recallKind(async () => Promise.reject(down()));
    const { person } = testPerson([{ actions: [{ type: "BUY" }, { type: "RECALL", about: "x" }, { type: "DONE" }] }], {
      faculties: [{ name: "shop", actions: [buy] }, ask],
    });
    await expect(person.listenAndAct("Buy.")).rejects.toMatchObject({ code: "MODEL_UNAVAILABLE" });
    expect(bought).toBe(0);
    expect(person.turns).toEqual([]);
  });
  it("are asked a bounded number of times in one turn", async () => {
    const { person, model } = testPerson(() => ({ actions: [{ type: "RECALL", about: "x" }] }), {
      faculties: [recallKind(async () => ({ text: "nothing" }))],
      maxQueries: 2,
    });
    const turn = await person.listenAndAct("What is x?");
    expect(model.requests).toHaveLength(3);
    expect(turn.stop).toBe("complete");
    expect(turn.usage).toEqual({ input: 300, output: 60 });
    expect(textOf(model.requests[2]?.messages.at(-1))).toContain("ask no more");
    expect(turn.warnings).toEqual([
      "RECALL was left out: no more than the allowed questions are answered in one turn.",
    ]);
  });
  it("do not widen the cap: it counts over all answers of a turn", async () => {
    const asks = {
      actions: [
        { type: "THINK", content: "Let me see." },
        { type: "RECALL", about: "x" },
      ],
    };
    const talks = ["Oscar", "Marcos", "Ana"].map((target) => ({
      type: "TALK",
      target,
      content: `Nothing for you, ${target}.`,
    }));
    const { person } = testPerson([asks, { actions: talks }], {
      faculties: [recallKind(async () => ({ text: "nothing" }))],
      maxActions: 4,
    });
    const turn = await person.listenAndAct("What is x?");
    expect(turn.actions.map((action) => action.type)).toEqual(["THINK", "RECALL", "TALK", "TALK"]);
    expect(turn.stop).toBe("cap");
  });
  it("cannot take the name of another action", () => {
    expect(() => testPerson([], { faculties: [recallKind(undefined), recallKind(undefined)] })).toThrow(
      "RECALL is offered twice",
    );
  });
  it("are refused to a model that is too small for them", () => {
    expect(() =>
      testPerson([], { faculties: [recallKind(undefined)], model: { limits: { following: "small" } } }),
    ).toThrow(expect.objectContaining({ code: "MODEL_UNSUPPORTED" }));
  });
});
