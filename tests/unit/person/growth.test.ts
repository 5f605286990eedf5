import { describe, expect, it } from "vitest";
import type { Message } from "../../../src/kernel/contracts/model.ts";
import type { Stimulus } from "../../../src/kernel/contracts/person.ts";
import { createKeys, stored } from "../../../src/model/replay/keys.ts";
import { History } from "../../../src/person/memory/history/history.ts";
import { says, testPerson } from "../../support/person.ts";

/** A thing whose text tells how often it was read. */
function counted<T extends object>(
  thing: T,
  text: string,
): T & { readonly content: string; readonly reads: () => number } {
  let reads = 0;
  return Object.defineProperty({ ...thing, reads: () => reads }, "content", {
    enumerable: true,
    get: () => {
      reads += 1;
      return text;
    },
  }) as T & { readonly content: string; readonly reads: () => number };
}

describe("what a turn costs does not grow with the turns before it", () => {
  it("each thing heard is read a few times in its own turn, and never again", async () => {
    const { person } = testPerson((_request, call) => says(`Answer number ${call}.`), {
      historyTokens: 1e6,
      memory: false,
    });
    const heard = Array.from({ length: 80 }, (_, turn) =>
      counted<Omit<Stimulus, "content">>({ type: "CONVERSATION", source: "Oscar" }, `Question number ${turn}?`),
    );
    const inItsTurn: number[] = [];
    for (const stimulus of heard) {
      await person.observe(stimulus).act();
      inItsTurn.push(stimulus.reads());
    }
    expect(Math.max(...inItsTurn)).toBe(inItsTurn[0]);
    expect(heard.map((stimulus) => stimulus.reads())).toEqual(inItsTurn);
  });
  it("a history reads each message once, and copies nothing until it is shortened", () => {
    const history = new History(
      { tokens: 1e6, turns: 1, mostTokens: 1e6 },
      {
        note: () => undefined,
        result: () => ({ role: "user", content: "" }),
      },
    );
    const { messages } = history;
    const said = Array.from({ length: 80 }, (_, turn) => counted({ role: "user" as const }, `Turn ${turn}`));
    for (const message of said) history.append({ messages: [message], perceived: [], actions: [] });
    expect(Math.max(...said.map((message) => message.reads()))).toBeLessThanOrEqual(2);
    expect(history.messages).toBe(messages);
    expect(history.messages).toHaveLength(80);
  });
  it("a person's messages stay the same objects, and a key reads each of them once", async () => {
    const { person, model } = testPerson((_request, call) => says(`Answer number ${call}.`), { historyTokens: 1e6 });
    for (let turn = 0; turn < 40; turn++) await person.listenAndAct(`Question number ${turn}?`, "Oscar");
    const known = new Set<Message>();
    const added = model.requests.map(
      ({ messages }) => messages.filter((message) => !known.has(message) && known.add(message)).length,
    );
    // Rules, persona, what was heard and the present; from then on the answer before, what was heard and the present.
    expect(added).toEqual([4, ...Array.from({ length: 39 }, () => 3)]);
    const keys = createKeys();
    const reads = new Map(
      [...known].map((message) => [message, counted({ role: message.role }, String(message.content))]),
    );
    for (const { messages } of model.requests) {
      const asked = messages.flatMap((message) => reads.get(message) ?? []);
      keys.asked({ model: "m", messages: asked, shape: stored("{}"), parameters: "" });
    }
    expect(Math.max(...[...reads.values()].map((message) => message.reads()))).toBe(1);
  });
});
