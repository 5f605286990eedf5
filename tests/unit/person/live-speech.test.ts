import { describe, expect, it } from "vitest";
import { z } from "zod";
import type { LiveEvent } from "../../../src/kernel/contracts/events.ts";
import type { Faculty } from "../../../src/kernel/contracts/faculty.ts";
import { says, testPerson } from "../../support/person.ts";

describe("words while they are produced", () => {
  const spoken = (shown: readonly { type: string }[]) =>
    shown.filter((event) => event.type.startsWith("speaking")) as Extract<LiveEvent, { type: "speaking" }>[];
  it("are shown piece by piece to those who watch", async () => {
    const { person, context } = testPerson(
      [
        {
          actions: [
            { type: "THINK", content: "Hm, soup?" },
            { type: "TALK", target: "Oscar", content: "안녕하세요, 오스카!" },
            { type: "DONE" },
          ],
        },
      ],
      { context: { streaming: true }, model: { piece: 3 } },
    );
    await person.listenAndAct("Hello.");
    const pieces = spoken(context.shown);
    expect(
      pieces
        .filter((piece) => piece.index === 0)
        .map((piece) => piece.text)
        .join(""),
    ).toBe("Hm, soup?");
    expect(
      pieces
        .filter((piece) => piece.index === 1)
        .map((piece) => piece.text)
        .join(""),
    ).toBe("안녕하세요, 오스카!");
    expect(pieces.at(-1)).toMatchObject({
      type: "speaking",
      person: "lisa",
      action: "TALK",
      target: "Oscar",
      index: 1,
    });
    expect(context.shown.at(-1)?.type).toBe("turn");
  });
  it("are not asked for when nobody watches", async () => {
    const { person, model } = testPerson([says("Nobody listens.")]);
    await person.listenAndAct("Hello.");
    expect(model.requests[0]?.onDelta).toBeUndefined();
  });
  it("are taken back when the model starts anew", async () => {
    const { person, context } = testPerson(
      (request) => {
        request.onDelta?.({ type: "text", text: '{"actions":[{"type":"TALK","content":"Wro' });
        request.onDelta?.({ type: "restart" });
        return says("Right it is.");
      },
      { context: { streaming: true }, model: { piece: 100 } },
    );
    await person.listenAndAct("Hello.");
    expect(spoken(context.shown).map((event) => event.text ?? event.type)).toEqual([
      "Wro",
      "speaking-restarted",
      "Right it is.",
    ]);
  });
  it("are counted over all answers of a turn, and those of an answer before a restart are shown again", async () => {
    const recall: Faculty = {
      name: "memory",
      actions: [
        {
          type: "RECALL",
          kind: "query",
          description: "remember",
          args: z.object({}),
          run: async () => ({ text: "no" }),
        },
      ],
    };
    const { person, context } = testPerson(
      (request, call) => {
        const early = { type: "TALK", content: "It was me." };
        if (call === 0) return { actions: [{ type: "THINK", content: "Who was it?" }, { type: "RECALL" }, early] };
        request.onDelta?.({ type: "text", text: '{"actions":[{"type":"TALK","content":"Wro' });
        request.onDelta?.({ type: "restart" });
        return says("I forgot his name.");
      },
      { context: { streaming: true }, model: { piece: 500 }, faculties: [recall] },
    );
    await person.listenAndAct("Who was it?");
    expect(spoken(context.shown).map((event) => `${event.index ?? ""} ${event.text ?? event.type}`)).toEqual([
      "0 Who was it?",
      "2 Wro",
      " speaking-restarted",
      "0 Who was it?",
      "2 I forgot his name.",
    ]);
  });
  it("are put right when not all of them stand", async () => {
    const again = "I would never pay five euros for a plain bread roll.";
    const { person, context } = testPerson(
      [
        says(again),
        { actions: [{ type: "THINK", content: "Same thing." }, { type: "TALK", content: again }, { type: "DONE" }] },
      ],
      { context: { streaming: true }, model: { piece: 500 } },
    );
    await person.listenAndAct("Is it too dear?");
    await person.listenAndAct("Would others pay?");
    expect(spoken(context.shown).map((event) => event.text ?? event.type)).toEqual([
      again,
      "Same thing.",
      again,
      "speaking-restarted",
      "Same thing.",
    ]);
  });
});
