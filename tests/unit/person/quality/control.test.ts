import { describe, expect, it } from "vitest";
import { z } from "zod";
import { stockPropositions } from "../../../../src/judge/stock.ts";
import type { ModelRequest } from "../../../../src/kernel/contracts/model.ts";
import type { QualityOptions } from "../../../../src/person/quality/options.ts";
import { promptOf, testPerson, textOf } from "../../../support/person.ts";
import {
  done,
  dull,
  fieldsOf,
  good,
  judgeOf,
  looked,
  machine,
  other,
  talk,
  think,
  turn,
} from "../../../support/quality.ts";
import type { Script } from "../../../support/scripted-model.ts";

const contents = (actions: readonly { content?: string | undefined }[]) => actions.map(({ content }) => content);

/** A faculty that looks at a shelf, and tells where it did. */
const shelfOf = (asked: string[]) => ({
  name: "shelf",
  actions: [
    {
      ...({
        type: "LOOK",
        kind: "query",
        description: "look at the shelf",
        args: z.object({ where: z.string() }),
      } as const),
      run: async ({ where }: { where: string }) => {
        asked.push(where);
        return { text: "Two loaves." };
      },
    },
  ],
});

describe("a draft that passes", () => {
  it("takes two calls, whatever the rubrics, and is told by its verdicts", async () => {
    const { person, calls, judging, context } = looked([good], { quality: "strict" });
    const { quality, usage, warnings } = await person.listenAndAct("What shall I bake?", "Oscar");
    expect(calls()).toEqual(["act", "judge"]);
    expect(judging.requests[0]?.scope).toBe("person:lisa/judge");
    expect(quality).toMatchObject({ outcome: "passed", calls: 1, usage: { input: 50, output: 5 } });
    expect(quality?.drafts[0]?.verdicts.map(({ kind, proposition }) => [kind, proposition])).toEqual([
      ["score", "hard-persona-adherence"],
      ["score", "persona-adherence"],
      ["inapplicable", "self-consistency"],
      ["score", "fluency"],
      ["score", "suitability"],
    ]);
    expect([usage, warnings]).toEqual([{ input: 150, output: 25 }, []]);
    expect(context.events.at(-1)).toMatchObject({ type: "turn", quality: { outcome: "passed" } });
    expect(promptOf(judging.requests[0])).toContain(
      '<draft of="Lisa">\n[2] Lisa thinks: Bread, then.\n[3] Lisa: Rye, since my knees are cold.\n</draft>',
    );
  });

  it("and nobody is asked where there are no words, or where only rules are wanted", async () => {
    const silent = looked([turn({ type: "REACH_OUT", target: "Oscar" })], { quality: "strict" });
    expect((await silent.person.listenAndAct("Who is there?")).quality).toBeUndefined();
    expect([silent.calls(), silent.person.quality?.turns]).toEqual([["act"], 0]);
    const ruled = looked([good], { quality: { rubrics: [] } });
    expect((await ruled.person.listenAndAct("Well?")).quality).toMatchObject({ outcome: "passed", calls: 0 });
    expect(ruled.calls()).toEqual(["act"]);
  });

  it("is judged by its words wherever they stand, not by its first action alone", async () => {
    const { person, calls } = looked([turn({ type: "REACH_OUT", target: "Oscar" }, talk("Come over here."))]);
    await person.listenAndAct("Who is there?");
    expect(calls()).toEqual(["act", "judge"]);
  });

  it("takes no call whose answer nobody reads: all that was asked stands in the turn", async () => {
    const { person, judging } = looked([good]);
    const { quality } = await person.listenAndAct("Well?");
    const asked = fieldsOf(judging.requests[0]);
    const read = quality?.drafts[0]?.verdicts.filter(({ kind }) => kind === "score");
    expect(read?.map(({ proposition }) => proposition.replaceAll("-", "_"))).toEqual(asked);
  });

  it("off by default: no call, no record, no report", async () => {
    const { person, model, context } = testPerson([machine]);
    const { quality } = await person.listenAndAct("Well?");
    expect([quality, person.quality, model.requests.length]).toEqual([undefined, undefined, 1]);
    expect(context.events.at(-1)).not.toHaveProperty("quality");
  });
});

describe("regenerating", () => {
  it("asks once more with the feedback at the end: all before it stays as it was, and nothing of it is kept", async () => {
    const { person, model, calls } = looked([dull, good, other]);
    const { actions, quality } = await person.listenAndAct("What shall I bake?", "Oscar");
    expect(contents(actions)).toEqual(["Bread, then.", "Rye, since my knees are cold.", undefined]);
    expect(quality).toMatchObject({ outcome: "repaired", calls: 3, drafts: [{ by: "turn" }, { by: "regenerate" }] });
    expect(calls()).toEqual(["act", "repair", "judge", "judge"]);
    const [first, again] = model.requests as [ModelRequest<unknown>, ModelRequest<unknown>];
    const stays = first.messages.length - 1;
    expect(again.messages.slice(0, stays)).toEqual(first.messages.slice(0, stays));
    expect([again.schema === first.schema, again.scope]).toEqual([true, "person:lisa/repair"]);
    expect(again.messages.slice(stays).map(textOf)).toMatchInlineSnapshot(`
      [
        "{"actions":[{"type":"TALK","content":"Bread is an important part of a balanced diet."},{"type":"DONE"}]}",
        "<feedback>Nobody heard your last answer: it was taken back, and nothing of it happened. What was wrong with it:
      - persona adherence: Too dull. (“Bread is an important part of a balanced diet.”)
      - fluency: Too dull. (“Bread is an important part of a balanced diet.”)
      - suitability: Too dull. (“Bread is an important part of a balanced diet.”)
      Answer what is new to you once more, as you really would: change what was wrong and keep what was good. Say nothing of this note.</feedback>",
        "Go on as Lisa, once more: \`state\`, then \`actions\`.",
      ]
    `);
    await person.listenAndAct("And tomorrow?", "Oscar");
    expect(promptOf(model.requests[2])).toContain("Rye, since my knees are cold.");
    expect(promptOf(model.requests[2])).not.toMatch(/balanced diet|taken back/);
  });

  it("is due to rules alone without any call to the judge", async () => {
    const { person, calls } = looked([machine, good]);
    const { quality } = await person.listenAndAct("What shall I bake?");
    expect(calls()).toEqual(["act", "repair", "judge"]);
    expect(quality?.drafts.map(({ findings }) => findings)).toEqual([
      [{ check: "broken-character", action: 1, words: "As an AI language model" }],
      [],
    ]);
  });

  it("keeps what was looked up before the words that failed", async () => {
    const asked: string[] = [];
    const shelf = shelfOf(asked);
    const look = { actions: [think("How many are left?"), { type: "LOOK", where: "top" }] };
    const { person, model, calls } = looked([look, dull, good, other], { faculties: [shelf as never] });
    const { actions } = await person.listenAndAct("What shall I bake?");
    expect(actions.map(({ type }) => type)).toEqual(["THINK", "LOOK", "THINK", "TALK", "DONE"]);
    expect([asked, calls()]).toEqual([["top"], ["act", "act", "repair", "judge", "judge"]]);
    await person.listenAndAct("And tomorrow?");
    expect(promptOf(model.requests[3])).toContain("Two loaves.");
    expect(promptOf(model.requests[3])).not.toContain("balanced diet");
  });

  it("shows what was wrong once: an answer that goes on from there is like any other", async () => {
    const look = { actions: [{ type: "LOOK", where: "top" }] };
    const { person, model, calls } = looked([dull, look, good], { faculties: [shelfOf([]) as never] });
    expect((await person.listenAndAct("What shall I bake?")).quality?.outcome).toBe("repaired");
    expect(promptOf(model.requests[1])).toContain("balanced diet");
    expect(promptOf(model.requests[2])).not.toContain("balanced diet");
    expect(calls()).toEqual(["act", "repair", "act", "judge", "judge"]);
  });

  it("takes back what was shown of a draft that does not stand", async () => {
    const { person, context } = looked([dull, good], { context: { streaming: true } });
    await person.listenAndAct("What shall I bake?");
    const shown = context.shown.flatMap((event) =>
      event.type === "speaking" || event.type === "speaking-restarted" ? [event] : [],
    );
    const last = shown.findLastIndex((event) => event.type === "speaking-restarted");
    expect(shown.filter((event) => event.type === "speaking-restarted")).toHaveLength(1);
    const before = shown.slice(0, last).flatMap((event) => (event.type === "speaking" ? [event.text] : []));
    expect(before.join("")).toBe("Bread is an important part of a balanced diet.");
    const words = shown.slice(last + 1).flatMap((event) => (event.type === "speaking" ? [event.text] : []));
    expect([last > 0, words.join("")]).toEqual([true, "Bread, then.Rye, since my knees are cold."]);
  });
});

describe("rewriting", () => {
  it("puts right the words that failed, whichever of several actions they are, and leaves the others", async () => {
    const several = turn(
      think("A question."),
      talk("Bread is an important part of a balanced diet.", "Oscar"),
      talk("Hello.", "Ann"),
    );
    const mended = {
      texts: [
        { number: 2, content: "Rye. Ask me no more." },
        { number: 9, content: "Nothing." },
      ],
    };
    const { person, model, calls } = looked([several, mended, good], { quality: { repair: "rewrite" } });
    const { actions, quality } = await person.listenAndAct("What shall I bake?", "Oscar");
    expect(actions).toEqual([think("A question."), talk("Rye. Ask me no more.", "Oscar"), talk("Hello.", "Ann"), done]);
    expect([quality?.outcome, calls()]).toEqual(["repaired", ["act", "repair", "judge", "judge"]]);
    expect(textOf(model.requests[1]?.messages.at(-1))).toMatchInlineSnapshot(`
      "The words:
      [1] THINK: A question.
      [2] TALK to Oscar: Bread is an important part of a balanced diet.
      [3] TALK to Ann: Hello.

      What is wrong with them:
      - persona adherence: Too dull. (“Bread is an important part of a balanced diet.”)
      - fluency: Too dull. (“Bread is an important part of a balanced diet.”)
      - suitability: Too dull. (“Bread is an important part of a balanced diet.”)"
    `);
    await person.listenAndAct("And tomorrow?", "Oscar");
    expect(promptOf(model.requests[2])).toContain("Rye. Ask me no more.");
    expect(promptOf(model.requests[2])).not.toContain("balanced diet");
  });

  it("is no way to mend what was said before: that is answered anew", async () => {
    const again = turn(talk("I bake rye on Mondays and wheat on Fridays, never both."));
    const { person, calls } = looked([again, again, good], { quality: { repair: "rewrite" } });
    await person.listenAndAct("What do you bake?");
    const { quality } = await person.listenAndAct("Why is that so?");
    expect(quality?.drafts.map(({ by, findings }) => [by, findings[0]?.check])).toEqual([
      ["turn", "repetition"],
      ["regenerate", undefined],
    ]);
    expect(calls().filter((purpose) => purpose !== "judge")).toEqual(["act", "act", "repair"]);
  });
});

describe("when no draft passes", () => {
  const worse = turn(think("Hm."), talk("A balanced diet is a balanced diet."));
  const scores: Script = (request, call) =>
    (judgeOf("balanced diet", call === 0 ? 4 : 1) as (...of: unknown[]) => unknown)(request, call);

  it("the best is taken, and says so", async () => {
    const { person, context, calls } = looked([dull, worse], { judge: scores });
    const { actions, quality, warnings } = await person.listenAndAct("Well?");
    expect(contents(actions)[0]).toBe("Bread is an important part of a balanced diet.");
    expect([quality?.outcome, calls().length, warnings.length]).toEqual(["failed", 4, 1]);
    expect(context.events.filter(({ type }) => type === "turn")).toHaveLength(1);
  });

  it("what failed is left out, and the rest stands", async () => {
    const { person, model } = looked([worse, worse, good], { quality: { otherwise: "drop" } });
    const { actions, quality, stop } = await person.listenAndAct("Well?");
    expect([contents(actions), quality?.outcome, stop]).toEqual([["Hm.", undefined], "dropped", "done"]);
    await person.listenAndAct("And?");
    expect(promptOf(model.requests[2])).not.toContain("balanced diet");
  });

  it("and where nothing is left, that is why the turn ended", async () => {
    const { person } = looked([machine, machine], { quality: { otherwise: "drop", rubrics: [] } });
    expect((await person.listenAndAct("Well?")).stop).toBe("done");
    const bare = looked([dull, dull], { quality: { otherwise: "drop" } });
    expect(await bare.person.listenAndAct("Well?")).toMatchObject({ stop: "quality", actions: [done] });
  });

  it("it is an error that says what was wrong, and the turn never was", async () => {
    const { person, context } = looked([dull, dull, good], { quality: { otherwise: "raise" } });
    await expect(person.listenAndAct("Well?")).rejects.toMatchObject({
      code: "QUALITY_FAILED",
      data: { person: "Lisa", drafts: 2 },
    });
    expect([person.turns.length, person.pending.length]).toEqual([0, 1]);
    expect(context.events.at(-1)).toMatchObject({ type: "turn-failed", error: { code: "QUALITY_FAILED" } });
    expect((await person.act()).quality?.outcome).toBe("passed");
    expect(person.quality).toMatchObject({ turns: 2, raised: 1, passed: 1, firstTryShare: 0.5 });
  });

  const fiveOf = ({
    personaAdherence,
    hardPersonaAdherence,
    selfConsistency,
    fluency,
    suitability,
  }: typeof stockPropositions) => [personaAdherence, hardPersonaAdherence, selfConsistency, fluency, suitability];

  it.each([1, 2, 3])("with %i attempts there are at most twice as many calls", async (attempts) => {
    const { person, calls } = looked(() => dull, { quality: { attempts, rubrics: fiveOf(stockPropositions) } });
    await person.listenAndAct("Well?");
    expect(calls()).toHaveLength(2 * attempts);
  });
});

describe("what was looked at", () => {
  it("is counted by turns, not by drafts, and a share of nothing is none", async () => {
    const { person } = looked([good, dull, turn(talk("Oats, on my word.")), dull, dull], { repetition: false });
    expect(person.quality).toMatchObject({ turns: 0, firstTryShare: undefined, repairedShare: undefined, scores: {} });
    for (const question of ["One?", "Two?", "Three?"]) await person.listenAndAct(question);
    expect(person.quality).toMatchObject({
      ...{ turns: 3, passed: 1, repaired: 1, failed: 1, dropped: 0, unjudged: 0, raised: 0, drafts: 5 },
      ...{ firstTryShare: 1 / 3, repairedShare: 1 / 2, calls: 7, usage: { input: 450, output: 65 } },
      scores: { fluency: { count: 5, mean: (8 + 2 + 8 + 2 + 2) / 5, least: 2 } },
    });
  });

  it("stays within a budget: then rules alone look", async () => {
    const { person, calls } = looked(() => dull, { quality: { budget: { calls: 2 } }, repetition: false });
    const { quality } = await person.listenAndAct("Well?");
    expect([quality?.drafts.map(({ unjudged }) => unjudged), calls()]).toEqual([
      [undefined, "the budget is spent"],
      ["act", "repair", "judge"],
    ]);
    await person.listenAndAct("And?");
    expect(calls().filter((purpose) => purpose !== "act")).toEqual(["repair", "judge"]);
    expect(person.quality).toMatchObject({ unjudged: 2, firstTryShare: undefined });
  });

  it("is unjudged, and says so, where the judge gives no usable verdict or is too small", async () => {
    const lying: Script = ({ schema }) =>
      Object.fromEntries(
        fieldsOf({ schema }).map((key) => [
          key,
          { why: "So.", evidence: [{ entry: 1, quote: "never said" }], score: 1 },
        ]),
      );
    const { person } = looked([good], { judge: lying });
    const { quality, warnings } = await person.listenAndAct("Well?");
    expect([quality?.outcome, quality?.calls, warnings.length]).toEqual(["unjudged", 1, 1]);
    const half: Script = (request) => {
      const [first = "", ...others] = fieldsOf(request);
      const quote = { entry: 2, quote: "Bread is an important part" };
      const unproved = { why: "So.", evidence: [{ entry: 1, quote: "never said" }], score: 9 };
      const bad = others.map((key) => [key, { why: "Dull.", evidence: [quote], score: 1 }]);
      return Object.fromEntries([[first, unproved], ...bad]);
    };
    const halfway = looked(() => dull, { judge: half, quality: { attempts: 1 } });
    const found = (await halfway.person.listenAndAct("Well?")).quality;
    expect([found?.outcome, found?.drafts[0]?.verdicts.map(({ kind }) => kind).includes("error")]).toEqual([
      "failed",
      true,
    ]);
    const small = looked([good], { judgeLimits: { following: "small" } });
    expect((await small.person.listenAndAct("Well?")).quality?.outcome).toBe("unjudged");
    expect(small.calls()).toEqual(["act"]);
  });

  it("fails the whole turn when the judge cannot be reached, and nothing happened", async () => {
    const down: Script = [new Error("down"), ...Array(3).fill(new Error("down"))];
    const { person, context } = looked([good], { judge: down });
    await expect(person.listenAndAct("Well?")).rejects.toThrow("down");
    expect([person.turns.length, person.pending.length]).toEqual([0, 1]);
    expect(context.events.map(({ type }) => type)).toEqual(["person-created", "stimulus", "turn-failed"]);
  });
});

it("small models are looked at by rules and never asked again", async () => {
  const { person, model } = looked([{ content: "As an AI, I cannot say." }], {
    ...{ quality: { otherwise: "drop" }, model: { limits: { following: "small" } } },
  });
  const { quality, stop } = await person.listenAndAct("Well?");
  expect([quality?.outcome, stop, model.requests.length]).toEqual(["dropped", "quality", 1]);
});

it.each<[string, unknown]>([
  ["quality", "lax"],
  ["quality.threshold", { threshold: 10 }],
  ["quality.threshold", { threshold: Number.NaN }],
  ["quality.attempts", { attempts: 0 }],
  ["quality.repair", { repair: "pray" }],
  ["quality.otherwise", { otherwise: "hope" }],
  ["quality.budget.calls", { budget: { calls: -1 } }],
  ["propositions", { rubrics: [stockPropositions.fluency, stockPropositions.fluency] }],
])("refuses what makes no sense: %s of %j", (option, quality) => {
  expect(() => testPerson([], { quality: quality as QualityOptions })).toThrow(
    expect.objectContaining({ code: "OPTION_INVALID", data: expect.objectContaining({ option }) }),
  );
});
