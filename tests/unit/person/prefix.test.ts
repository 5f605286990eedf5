import fc from "fast-check";
import { expect, it } from "vitest";
import { z } from "zod";
import type { Message, ModelRequest } from "../../../src/kernel/contracts/model.ts";
import type { StimulusType } from "../../../src/kernel/contracts/person.ts";
import { testPerson, textOf } from "../../support/person.ts";

const types: readonly StimulusType[] = ["CONVERSATION", "SOCIAL", "LOCATION", "VISUAL", "THOUGHT", "FEEDBACK"];
const stimulus = fc.record({
  type: fc.constantFrom(...types),
  content: fc.oneof(fc.string({ maxLength: 300 }), fc.string({ unit: "grapheme", maxLength: 80 })),
  source: fc.option(fc.constantFrom("Oscar", "Lisa", "곽민지"), { nil: undefined }),
});
const turn = fc.record({
  heard: fc.array(stimulus, { minLength: 1, maxLength: 4 }),
  said: fc.string({ unit: "grapheme", minLength: 1, maxLength: 200 }),
  goals: fc.string({ maxLength: 30 }),
  questions: fc.nat({ max: 2 }),
});

/** The notes on what was left out: as long as they are the same, nothing was shortened in between. */
const notes = (request: ModelRequest<unknown>): readonly string[] =>
  request.messages.map(textOf).filter((text) => text.startsWith("<earlier>"));
const bytes = ({ role, content, cacheUpToHere }: Message): string => JSON.stringify([role, content, cacheUpToHere]);

it("a prompt begins with the one before it, byte by byte, but for its last message, unless the history was shortened", async () => {
  const seen = { kept: 0, shortened: 0, asked: 0 };
  await fc.assert(
    fc.asyncProperty(
      fc.array(turn, { minLength: 2, maxLength: 12 }),
      fc.integer({ min: 150, max: 900 }),
      async (turns, historyTokens) => {
        let at = 0;
        let asked = 0;
        const script = (): unknown => {
          const now = turns[at];
          if (asked < (now?.questions ?? 0)) return { actions: [{ type: "ASK", about: `${at} ${asked++}` }] };
          return { state: { goals: now?.goals }, actions: [{ type: "TALK", content: now?.said }, { type: "DONE" }] };
        };
        const args = z.object({ about: z.string() });
        const run = async (): Promise<{ text: string }> => ({ text: `It is ${at}.` });
        const ask = { type: "ASK", kind: "query" as const, description: "ask", args, run };
        const faculties = [{ name: "asking", actions: [ask] }];
        const { person, model } = testPerson(script, { faculties, historyTokens, repetition: false });
        for (const { heard } of turns) {
          person.observe(...heard.map(({ source, ...rest }) => (source === undefined ? rest : { ...rest, source })));
          asked = 0;
          await person.act();
          at += 1;
        }
        for (const [index, request] of model.requests.entries()) {
          const before = model.requests[index - 1];
          if (before === undefined) continue;
          const same = notes(before).join() === notes(request).join();
          // Rules and persona stay in any case.
          const stable = same ? before.messages.length - 1 : 2;
          const [one, other] = [before, request].map(({ messages }) => messages.slice(0, stable).map(bytes));
          expect(other).toEqual(one);
          seen[same ? "kept" : "shortened"] += 1;
          if (request.messages.length === before.messages.length + 2) seen.asked += 1;
        }
      },
    ),
    { numRuns: 60 },
  );
  expect(Math.min(seen.kept, seen.shortened, seen.asked)).toBeGreaterThan(0);
});
