import { describe, expect, it } from "vitest";
import type { ModelRequest } from "../../../src/kernel/contracts/model.ts";
import { TinyTroupeError } from "../../../src/kernel/values/errors.ts";
import { createBuiltin } from "../../../src/model/builtin/builtin.ts";
import { createLexicalEmbedder } from "../../../src/model/embed/lexical.ts";
import { TinyPerson } from "../../../src/person/tiny-person.ts";
import { parsePersona } from "../../../src/persona/schema.ts";
import { administer } from "../../../src/survey/administer/administer.ts";
import type { AdministerOptions } from "../../../src/survey/administer/options.ts";
import type { Instrument } from "../../../src/survey/instrument/document.ts";
import { testContext } from "../../support/context.ts";
import { promptOf } from "../../support/person.ts";
import { type Script, scriptedModel } from "../../support/scripted-model.ts";
import { surveyOf } from "./instruments.ts";

const everybody = ["Ann", "Bob", "Cem", "Dot"];

/** What comes of an instrument that is put to some people, whose model follows a script. */
async function taken(
  instrument: Instrument,
  script: Script,
  { names = everybody, ...options }: Partial<AdministerOptions> & { readonly names?: readonly string[] } = {},
) {
  const model = scriptedModel(script);
  const context = testContext({ model, embedder: createLexicalEmbedder() });
  const people = names.map(
    (name) => new TinyPerson(parsePersona({ name }), context.fork(`person:${name.toLowerCase()}`)),
  );
  const run = await administer(context, { instrument, people, method: "direct", ...options });
  return { run, model, context, people };
}

const nameIn = (request: ModelRequest<unknown>): string => /person:(\w+)/.exec(request.scope)?.[1] ?? "";
const drinks = { id: "drinks", kind: "yes-no", text: "Do you drink tea?" };
const cups = {
  id: "cups",
  kind: "number",
  text: "How many cups of it?",
  low: 0,
  high: 9,
  if: { item: "drinks", is: "yes" },
};
/** Says yes but for Bob, and three cups. */
const drinking: Script = (request) => ({
  thoughts: `${nameIn(request)} thinks.`,
  answer: request.scope.includes("cups") ? 3 : nameIn(request) === "bob" ? "No" : "Yes",
});

describe("a survey", () => {
  it("asks everybody what the flow wants of them, and leaves them as they were", async () => {
    const { run, model, people, context } = await taken(surveyOf([drinks, cups]), drinking);
    expect(
      run.answers.filter(({ item }) => item === "cups").map(({ respondent, value }) => [respondent, value]),
    ).toEqual([
      ["ann", 3],
      ["bob", null],
      ["cem", 3],
      ["dot", 3],
    ]);
    expect(run.answers[3]).toMatchObject({
      respondent: "bob",
      item: "cups",
      missing: "not-asked",
      variant: "as-written",
    });
    expect(run.respondents.every(({ end }) => end === "complete")).toBe(true);
    expect(model.requests).toHaveLength(7);
    for (const person of people) expect(person.transcript()).toEqual([]);
    const told = context.events.filter(({ type }) => type === "answered");
    expect(told).toHaveLength(7);
    expect(told.find((event) => event.id.includes("ann"))).toMatchObject({
      person: "ann",
      name: "Ann",
      instrument: "tea",
      answer: { item: "drinks", value: "yes" },
    });
  });

  it("asks each item of a fork that knows of no other, or of one that goes on", async () => {
    const items = [drinks, { id: "why", kind: "text", text: "Why?" }];
    const script: Script = (request) => ({
      thoughts: "I think so.",
      answer: request.scope.includes("why") ? "Because." : "Yes",
    });
    const none = await taken(surveyOf(items), script, { names: ["Ann"] });
    expect(promptOf(none.model.requests[1])).not.toContain("Do you drink tea?");
    const all = await taken(surveyOf(items), script, { names: ["Ann"], memory: "all" });
    const last = promptOf(all.model.requests[1]);
    expect(last).toMatch(/Do you drink tea\?[\s\S]*I answered:\nYes\nI think so\.[\s\S]*Why\?/);
    const blocks = [
      { id: "one", items: [drinks] },
      { id: "two", items: [items[1] as object] },
    ];
    const { run, model } = await taken(surveyOf(undefined as never, { blocks }), script, {
      names: ["Ann"],
      memory: "block",
    });
    expect(run.answers).toHaveLength(2);
    expect(promptOf(model.requests[1])).not.toContain("Do you drink tea?");
  });

  it("has what there is to read before the eyes of each fork", async () => {
    const items = [{ id: "note", kind: "note", text: "A new tea from Assam." }, drinks, { ...drinks, id: "again" }];
    const { model } = await taken(surveyOf(items, { intro: "Welcome." }), () => ({ thoughts: "", answer: "Yes" }), {
      names: ["Ann"],
    });
    for (const request of model.requests)
      expect(promptOf(request)).toMatch(/Welcome\.[\s\S]*Assam[\s\S]*Do you drink tea\?/);
  });

  it("keeps an error with its answer, a refusal as one, and whoever fails otherwise apart", async () => {
    const script: Script = (request) => {
      const details = { data: { model: "m", text: "" }, hint: "" };
      if (nameIn(request) === "ann") throw new TinyTroupeError("MODEL_REFUSED", "No.", details);
      if (nameIn(request) === "bob") throw new TinyTroupeError("MODEL_MALFORMED", "Odd.", details);
      if (nameIn(request) === "cem")
        throw new TinyTroupeError("MODEL_UNAVAILABLE", "Away.", { data: { model: "m" }, hint: "" });
      return { thoughts: "", answer: "Yes" };
    };
    const { run } = await taken(surveyOf([drinks]), script);
    expect(
      run.answers.map(({ respondent, ...answer }) => [
        respondent,
        answer.value ?? ("missing" in answer && answer.missing),
      ]),
    ).toEqual([
      ["ann", "refused"],
      ["bob", "failed"],
      ["dot", "yes"],
    ]);
    expect(run.failures.map(({ respondent, item, error }) => [respondent, item, error.code])).toEqual([
      ["ann", "drinks", "MODEL_REFUSED"],
      ["bob", "drinks", "MODEL_MALFORMED"],
      ["cem", undefined, "MODEL_UNAVAILABLE"],
    ]);
    expect(run.respondents[2]).toMatchObject({ respondent: "cem", end: "failed" });
  });

  it("names who did not read, and whom it is not for", async () => {
    const check = {
      ...{ id: "check", kind: "choice", text: "Choose green.", options: ["red", "green"] },
      expect: "green",
    };
    const screened = { ...drinks, screenOut: [{ if: { item: "drinks", is: "no" }, reason: "drinks none" }] };
    const script: Script = (request) =>
      request.scope.includes("check")
        ? { thoughts: "", answer: nameIn(request) === "cem" ? "red" : "green" }
        : (drinking as (request: ModelRequest<unknown>, call: number) => unknown)(request, 0);
    const { run } = await taken(surveyOf([screened, check]), script);
    expect(run.respondents.map(({ end, because, failedChecks }) => [end, because, failedChecks])).toEqual([
      ["complete", undefined, []],
      ["screened-out", "drinks none", []],
      ["complete", undefined, ["check"]],
      ["complete", undefined, []],
    ]);
  });

  it("fills quotas in the order of people, whoever is quicker", async () => {
    const quotas = [{ name: "drinkers", if: { item: "drinks", is: "yes" }, most: 2 }];
    const waiting = new Map<string, () => void>();
    const slow: Script = async (request) => {
      // Those who come later are done first.
      if (nameIn(request) === "ann") await new Promise<void>((go) => waiting.set("ann", go));
      if (nameIn(request) === "dot") queueMicrotask(() => waiting.get("ann")?.());
      return { thoughts: "", answer: "Yes" };
    };
    const { run } = await taken(
      surveyOf([drinks, { id: "why", kind: "text", text: "Why?", if: { item: "drinks", is: "no" } }], { quotas }),
      slow,
    );
    expect(run.respondents.map(({ respondent, end }) => [respondent, end])).toEqual([
      ["ann", "complete"],
      ["bob", "complete"],
      ["cem", "quota-full"],
      ["dot", "quota-full"],
    ]);
  });

  it("counts quotas in each variant and sample by itself", async () => {
    const quotas = [{ name: "drinkers", if: { item: "drinks", is: "yes" }, most: 2 }];
    const { run } = await taken(surveyOf([drinks], { quotas }), () => ({ thoughts: "", answer: "Yes" }), {
      ...{ names: ["Ann", "Bob", "Cem"], samples: 2, variants: [{ name: "backwards", options: "reversed" }] },
    });
    const complete = run.respondents.filter(({ end }) => end === "complete");
    expect(complete.map(({ variant, sample, respondent }) => `${variant} ${sample} ${respondent}`)).toEqual(
      ["as-written 0", "as-written 1", "backwards 0", "backwards 1"].flatMap((round) => [
        `${round} ann`,
        `${round} bob`,
      ]),
    );
  });

  it("has on record what came of quotas, and counts what a failed second pass had paid", async () => {
    const quotas = [{ name: "drinkers", if: { item: "drinks", is: "yes" }, most: 1 }];
    const { run, context } = await taken(
      surveyOf([drinks, { ...drinks, id: "hot" }], { quotas }),
      () => ({ thoughts: "", answer: "Yes" }),
      {
        names: ["Ann", "Bob"],
      },
    );
    const told = context.events.flatMap((event) =>
      event.type === "answered" ? [`${event.person} ${event.answer.item}`] : [],
    );
    const kept = run.answers.filter((answer) => answer.value !== null);
    expect(told.toSorted()).toEqual(kept.map(({ respondent, item }) => `${respondent} ${item}`).toSorted());
    expect(told).toContain("ann hot");
    expect(told).not.toContain("bob hot");
    const failing: Script = (request) => {
      if (request.scope.includes("code:"))
        throw new TinyTroupeError("MODEL_MALFORMED", "Odd.", { data: { model: "m", text: "" }, hint: "" });
      return { said: { words: "Yes, daily.", outcome: "answered" } };
    };
    const paid = await taken(surveyOf([drinks]), failing, { names: ["Ann"], method: "two-pass" });
    expect(paid.run.failures).toHaveLength(1);
    expect(paid.run.calls.map(({ item, method }) => [item, method])).toEqual([["drinks", "two-pass"]]);
  });

  it("asks each item in the way that it declares, by its sentences, unless it is told otherwise", async () => {
    const rated = {
      ...{ id: "likes", kind: "likert", text: "Ich mag Tee.", labels: ["Ja", "Teils", "Nein"] },
      ...{ method: "similarity-rating", anchors: { family: "agreement", first: "most" } },
    };
    const script: Script = () => ({ said: { words: "I agree with that.", outcome: "answered" } });
    const { run } = await taken(surveyOf([rated]), script, { names: ["Ann"], temperature: 0 });
    expect(run.answers).toMatchObject([{ method: "similarity-rating", value: "Ja" }]);
    const direct: Script = () => ({ thoughts: "", answer: "Nein" });
    const told = await taken(surveyOf([rated]), direct, { names: ["Ann"], methods: { likes: "direct" } });
    expect(told.run.answers).toMatchObject([{ method: "direct", value: "Nein" }]);
  });

  it("turns no ordered scale from its middle on", async () => {
    const likes = { id: "likes", kind: "likert", text: "I like tea.", labels: ["no", "partly", "yes"] };
    const { model } = await taken(surveyOf([likes]), () => ({ thoughts: "", answer: "yes" }), {
      ...{ names: ["Ann"], variants: [{ name: "shifted", options: "rotated" }] },
    });
    const shown = model.requests.map((request) =>
      [...promptOf(request).matchAll(/^- (no|partly|yes)/gm)].map(([, label]) => label).join(),
    );
    expect(shown).toEqual(["no,partly,yes", "no,partly,yes"]);
  });

  it("tells askings of the same questionnaire apart by name", async () => {
    const scopesOf = async (...names: readonly (string | undefined)[]) => {
      const model = scriptedModel(drinking);
      const context = testContext({ model, embedder: createLexicalEmbedder() });
      const people = [new TinyPerson(parsePersona({ name: "Ann" }), context.fork("person:ann"))];
      for (const name of names) {
        await administer(context, {
          instrument: surveyOf([drinks]),
          people,
          method: "direct",
          ...(name !== undefined && { name }),
        });
      }
      return model.requests.map(({ scope }) => scope);
    };
    const [before, after] = await scopesOf("before", "after");
    expect(before).not.toBe(after);
    expect(await scopesOf("after")).toEqual([after]);
    const [first, second] = await scopesOf(undefined, undefined);
    expect(second).not.toBe(first);
  });

  it("asks in variants, each on forks of its own, with options turned and other words", async () => {
    const kind = { id: "kind", kind: "choice", text: "Which?", options: ["black", "green", "mint"], other: true };
    const script: Script = () => ({ thoughts: "", answer: "mint", other: null });
    const { run, model } = await taken(surveyOf([kind]), script, {
      names: ["Ann"],
      variants: [
        { name: "backwards", options: "reversed" },
        { name: "shifted", options: "rotated" },
        { name: "reworded", texts: { kind: "Which one is yours?" } },
      ],
    });
    expect(run.answers.map(({ variant }) => variant)).toEqual(["as-written", "backwards", "shifted", "reworded"]);
    const shown = model.requests.map((request) =>
      [...promptOf(request).matchAll(/^- (\w+)$/gm)].map(([, label]) => label),
    );
    expect(shown).toEqual([
      ["black", "green", "mint", "Other"],
      ["mint", "green", "black", "Other"],
      ["mint", "black", "green", "Other"],
      ["black", "green", "mint", "Other"],
    ]);
    expect(promptOf(model.requests[3])).toContain("Which one is yours?");
    await expect(
      taken(surveyOf([kind]), script, { variants: [{ name: "x", texts: { nothing: "?" } }] }),
    ).rejects.toThrow(/variants/);
  });

  it("asks in the same places, whatever the order of people and of what came before", async () => {
    const instrument = surveyOf([drinks, cups], { blockOrder: "shuffled" });
    const scopes = async (names: readonly string[]) =>
      (await taken(instrument, drinking, { names })).model.requests.map(({ scope }) => scope).toSorted();
    expect(await scopes(everybody.toReversed())).toEqual(await scopes(everybody));
    const some = await scopes(["Cem"]);
    expect(some.length).toBe(2);
    expect(await scopes(everybody)).toEqual(expect.arrayContaining(some));
    const kind = {
      id: "kind",
      kind: "choice",
      text: "Which?",
      options: ["a", "b", "c", "d", "e"],
      optionOrder: "shuffled",
    };
    const order = async (names: readonly string[]) => {
      const { model } = await taken(surveyOf([kind]), () => ({ thoughts: "", answer: "a" }), { names });
      const own = model.requests.find((request) => nameIn(request) === "cem");
      return [...promptOf(own).matchAll(/^- (\w)$/gm)].map(([, label]) => label).join("");
    };
    expect(await order(["Dot", "Cem", "Ann"])).toBe(await order(["Cem"]));
  });

  it("goes on from a pilot without asking anybody again", async () => {
    const instrument = surveyOf([drinks]);
    const model = scriptedModel(drinking);
    const context = testContext({ model, embedder: createLexicalEmbedder() });
    const people = everybody.map(
      (name) => new TinyPerson(parsePersona({ name }), context.fork(`person:${name.toLowerCase()}`)),
    );
    const pilot = await administer(context, { instrument, people: people.slice(1, 3), method: "direct" });
    const run = await administer(context, { instrument, people, method: "direct", pilot });
    expect(model.requests).toHaveLength(4);
    expect(run.answers.map(({ respondent, value }) => [respondent, value])).toEqual([
      ["ann", "yes"],
      ["bob", "no"],
      ["cem", "yes"],
      ["dot", "yes"],
    ]);
  });

  it("goes on from no pilot of another questionnaire, or that was asked otherwise", async () => {
    const instrument = surveyOf([drinks]);
    const { run: pilot, context, people } = await taken(instrument, drinking, { names: ["Ann"] });
    const goOn = (options: Partial<AdministerOptions>) =>
      administer(context, { instrument, people, method: "direct", pilot, ...options });
    const refused = { code: "OPTION_INVALID", data: { option: "pilot" } };
    await expect(goOn({ instrument: surveyOf([{ ...drinks, text: "Do you drink any tea?" }]) })).rejects.toMatchObject(
      refused,
    );
    await expect(goOn({ memory: "all" })).rejects.toMatchObject(refused);
    await expect(goOn({ method: "two-pass" })).rejects.toMatchObject(refused);
    await expect(goOn({ variants: [{ name: "other", options: "reversed" }] })).rejects.toMatchObject(refused);
    expect((await goOn({ memory: "none" })).answers).toEqual(pilot.answers);
  });

  it("throws what all met, and before anything is asked what cannot be", async () => {
    const gone: Script = () => {
      throw new TinyTroupeError("MODEL_UNAVAILABLE", "Away.", { data: { model: "m" }, hint: "" });
    };
    await expect(taken(surveyOf([drinks]), gone)).rejects.toMatchObject({ code: "MODEL_UNAVAILABLE" });
    await expect(taken(surveyOf([drinks]), drinking, { names: [] })).rejects.toMatchObject({ code: "OPTION_INVALID" });
    for (const wrong of [{ samples: 0 }, { temperature: -1 }, { epsilon: -1 }, { temperature: Number.NaN }]) {
      const [option] = Object.keys(wrong);
      await expect(taken(surveyOf([drinks]), drinking, wrong)).rejects.toMatchObject({
        ...{ code: "OPTION_INVALID", data: { option } },
      });
    }
  });

  it("is rehearsed by weights that are declared for its options", async () => {
    const context = testContext({ model: createBuiltin(), embedder: createLexicalEmbedder() });
    const person = new TinyPerson(parsePersona({ name: "Ann" }), context.fork("person:ann"));
    const kind = {
      id: "kind",
      kind: "choice",
      text: "Which?",
      options: [
        { id: "b", label: "Black" },
        { id: "g", label: "Green" },
      ],
    };
    const rehearsal = { kind: { b: 0, g: 1 } };
    for (const method of ["direct", "option-probabilities"]) {
      const options = { instrument: surveyOf([kind]), people: [person], samples: 3, method, rehearsal };
      const { answers, heuristic } = await administer(context, options);
      expect([answers.map(({ value }) => value), heuristic]).toEqual([["g", "g", "g"], true]);
    }
  });
});
