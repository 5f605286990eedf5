import { describe, expect, it } from "vitest";
import { validatePeople, validatePerson } from "../../../src/evaluation/validation/validate-person.ts";
import type { ModelRequest } from "../../../src/kernel/contracts/model.ts";
import { TinyTroupeError } from "../../../src/kernel/values/errors.ts";
import { promptOf, says, type TestPerson, type TestPersonOptions, testPerson } from "../../support/person.ts";
import { scriptedModel } from "../../support/scripted-model.ts";

const persona = {
  ...{ age: 34, nationality: "Irish", occupation: "captioner", languages: ["English", "Irish"] },
  ...{ residence: "a house in Limerick", relationships: [{ name: "Cathal", description: "Your younger brother." }] },
  beliefs: ["The secret of Lisa is that she hates marmalade."],
};

const truths: readonly (readonly [RegExp, unknown])[] = [
  [/How old|What age/, 34],
  [/nationality/, "I'm Irish."],
  [/Where do you live|go home to/, "In Limerick."],
  [/for a living|trade/, "I caption television: a captioner."],
  [/[lL]anguages/, "Irish and English"],
  [/Cathal/, "my brother"],
];
const questionOf = (request: ModelRequest<unknown>): string =>
  /<question>\n([\s\S]*?)\n<\/question>/.exec(promptOf(request))?.[1] ?? "";

interface Playing {
  /** What is answered aside, where it is not what is true. */
  readonly aside?: (question: string) => unknown;
  readonly judge?: (request: ModelRequest<unknown>) => unknown;
  readonly says?: string;
}

/** Somebody who knows who they are, interviewed by somebody who asks twice. */
function somebody(playing: Playing = {}, options: TestPersonOptions = {}): TestPerson {
  const script = (request: ModelRequest<unknown>): unknown => {
    const known = truths.find(([pattern]) => pattern.test(questionOf(request)))?.[1] ?? null;
    switch (request.purpose) {
      case "elicit": {
        const other = playing.aside?.(questionOf(request));
        return { answer: other === undefined ? known : other };
      }
      case "other":
        return { questions: ["What do you do all day?", "Why?"], complete: promptOf(request).includes("round 2") };
      case "judge":
        return playing.judge?.(request) ?? verdicts(request, 7);
      default:
        return says(playing.says ?? "I repeat what others say, for money.");
    }
  };
  return testPerson(script as never, { persona, repetition: false, ...options });
}

/** The same score for each claim, with words that were said. */
function verdicts(request: ModelRequest<unknown>, score: number): object {
  const names = [...promptOf(request).matchAll(/^- ([a-z_]+): /gm)].map(([, name]) => name as string);
  const evidence = [{ entry: 2, quote: "I repeat what others say" }];
  return Object.fromEntries(names.map((name) => [name, { why: "So it is.", evidence, score }]));
}

const dimensionsOf = (found: Awaited<ReturnType<typeof validatePerson>>) =>
  Object.fromEntries(found.dimensions.map(({ name, ...rest }) => [name, rest]));

describe("validatePerson", () => {
  it("scores each dimension by code where it can, else by the judge, each with its interval", async () => {
    const { person } = somebody();
    const found = await validatePerson(person, { samples: 3 });
    const by = dimensionsOf(found);
    expect(Object.keys(by)).toEqual([
      "facts",
      "consistency",
      "unknowns",
      "in-character",
      "self-consistency",
      "fluency",
    ]);
    // Wilson for 6 of 6, as statsmodels' proportion_confint gives it.
    expect(by["facts"]).toMatchObject({ by: "rule", score: 1, n: 6, interval: { high: 1, level: 0.95 } });
    expect(by["facts"]?.interval).toHaveProperty("low", expect.closeTo(0.609666, 5));
    expect(by["consistency"]).toMatchObject({ score: 1, n: 6 });
    expect(by["unknowns"]).toMatchObject({ score: 1, n: 6 });
    // A talk of several answers counts once.
    expect(by["in-character"]).toMatchObject({ score: 1, n: 3 });
    expect(by["fluency"]).toMatchObject({ by: "judge", n: 3 });
    expect(by["fluency"]?.score).toBeCloseTo(7 / 9, 12);
    expect(found.score).toBeCloseTo((4 + 14 / 9) / 6, 12);
    expect(found.heuristic).toBeUndefined();
    expect(found.interviews.map(({ fork, rounds }) => [fork, rounds.length])).toEqual([
      [expect.stringMatching(/^lisa\/validation:\w{12}$/), 2],
      [expect.stringMatching(/:2$/), 2],
      [expect.stringMatching(/:3$/), 2],
    ]);
  });

  it("says where the judge is the model that acted, and of another nothing", async () => {
    const { person, model } = somebody();
    expect(await validatePerson(person, { samples: 1 })).toMatchObject({
      judgesItself: true,
      interviews: [{ judgesItself: true }],
    });
    const talks = { questions: ["What do you do all day?"], complete: true };
    const judge = scriptedModel((one) => (one.purpose === "other" ? talks : verdicts(one, 7)), { id: "test/judge" });
    const other = somebody({}, { context: { judge }, model: { id: model.id } });
    expect(await validatePerson(other.person, { samples: 1 })).not.toHaveProperty("judgesItself");
  });

  it("finds what is wrong, answered otherwise when it is asked otherwise, made up, or said as a machine", async () => {
    const aside = (question: string): unknown => {
      if (question.startsWith("How old")) return 43;
      if (question.startsWith("What do you do")) return "I am a pilot.";
      if (question.startsWith("What do you put")) return "sailor";
      if (/passport|steps/.test(question)) return "4711";
      if (question.startsWith("How many hairs")) return "Ah now, I couldn't tell you.";
      return undefined;
    };
    const { person } = somebody({ aside, says: "As an AI language model, I repeat what others say." });
    const by = dimensionsOf(await validatePerson(person, { samples: 1 }));
    expect(by["facts"]?.score).toBeCloseTo(4 / 6, 12);
    expect(by["consistency"]?.score).toBeCloseTo(4 / 6, 12);
    expect(by["unknowns"]?.score).toBeCloseTo(4 / 6, 12);
    expect(by["in-character"]?.score).toBe(0);
    expect(by["fluency"]?.interval).toEqual({ reason: expect.any(String) });
  });

  it("leaves the person as they were: their story and transcript to the byte (A37)", async () => {
    const [plain, asked] = [somebody(), somebody()];
    for (const { person } of [plain, asked]) await person.listenAndAct("Hello?", "Oscar");
    for (const { person } of [plain, asked]) person.listen("There is somebody at the door.", "Oscar");
    await validatePerson(asked.person);
    for (const { person } of [plain, asked]) await person.act();
    const own = asked.context.events.filter(({ id }) => !id.includes("/fork:"));
    expect(own).toEqual(plain.context.events);
    expect(asked.person.transcript()).toEqual(plain.person.transcript());
    expect(JSON.stringify(await asked.person.snapshot())).toBe(JSON.stringify(await plain.person.snapshot()));
  });

  it("tells neither interviewer nor judge who the person is, unless it is asked for (A37)", async () => {
    const readBy = async (showPersona: boolean) => {
      const { person, model } = somebody();
      await validatePerson(person, { samples: 1, showPersona, expectations: "Somebody who is dry." });
      const outside = model.requests.filter(({ purpose }) => purpose === "other" || purpose === "judge");
      expect(outside).toHaveLength(3);
      for (const request of outside) expect(promptOf(request)).toContain("Somebody who is dry.");
      return outside.map((request) => promptOf(request).includes("marmalade"));
    };
    expect(await readBy(false)).toEqual([false, false, false]);
    expect(await readBy(true)).toEqual([true, true, true]);
  });

  it("scores expectations and what the persona says only where it is told to", async () => {
    const { person } = somebody();
    const found = await validatePerson(person, { samples: 1, expectations: "Dry.", showPersona: true });
    expect(found.dimensions.map(({ name }) => name).slice(-2)).toEqual(["expectations", "persona-adherence"]);
  });

  it.each([
    ["refuses", () => Promise.reject(refusal()), "MODEL_REFUSED"],
    ["quotes what was never said", (request: ModelRequest<unknown>) => nonsense(request), "MODEL_INVALID"],
  ])("gives an error and no score where the judge %s (A35)", async (_what, judge, code) => {
    const { person } = somebody({ judge: judge as never });
    await expect(validatePerson(person, { samples: 1 })).rejects.toMatchObject({ code });
    await expect(validatePeople([person])).rejects.toMatchObject({ code });
  });

  it("has no score where the judge says that nothing bears on it", async () => {
    const judge = (request: ModelRequest<unknown>) =>
      Object.fromEntries(
        Object.entries(verdicts(request, 0)).map(([name]) => [
          name,
          { why: "Who can say?", evidence: [], score: null },
        ]),
      );
    const by = dimensionsOf(await validatePerson(somebody({ judge }).person, { samples: 2 }));
    expect(by["fluency"]).toMatchObject({ score: { reason: expect.any(String) }, n: 0 });
  });

  it("is not done by a judge that is too small, nor with options that are none", async () => {
    const small = testPerson([], { persona, model: { limits: { following: "small" } } });
    await expect(validatePerson(small.person)).rejects.toMatchObject({ code: "MODEL_UNSUPPORTED" });
    const { person } = somebody();
    await expect(validatePerson(person, { samples: 0 })).rejects.toMatchObject({ code: "OPTION_INVALID" });
    await expect(validatePerson(person, { rounds: 1.5 })).rejects.toMatchObject({ code: "OPTION_INVALID" });
  });
});

const refusal = (): TinyTroupeError =>
  new TinyTroupeError("MODEL_REFUSED", "No.", { data: { model: "test", text: "No." }, hint: "Ask otherwise." });

const nonsense = (request: ModelRequest<unknown>): object =>
  Object.fromEntries(
    Object.entries(verdicts(request, 9)).map(([name, verdict]) => [
      name,
      { ...verdict, evidence: [{ entry: 1, quote: "Never said." }] },
    ]),
  );
