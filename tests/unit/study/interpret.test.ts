import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { TinyTroupeError } from "../../../src/index.ts";
import type { ModelRequest } from "../../../src/kernel/contracts/model.ts";
import { parseStudyDocument } from "../../../src/study/document/parse.ts";
import { studyOf } from "../../../src/study/interpret.ts";
import { promptOf, says } from "../../support/person.ts";
import { type PlayOptions, type Project, tempProject } from "../../support/project.ts";
import { type Script, scriptedModel } from "../../support/scripted-model.ts";

let project: Project;
beforeEach(async () => {
  project = await tempProject();
});
afterEach(() => project[Symbol.asyncDispose]());

/** Plays a YAML study on a script. */
async function play(yaml: string, script: Script, options: PlayOptions = {}) {
  const model = scriptedModel(script);
  const study = studyOf(parseStudyDocument(parse(yaml)), project.folder);
  const played = await project.play(study, { model, folder: project.folder, ...options });
  return { ...played, requests: model.requests };
}

/** Answers turns with some words, and extraction with rows from a function. */
const cast =
  (rows: (request: ModelRequest<unknown>) => unknown = () => ({ answer: "nothing" })) =>
  (request: ModelRequest<unknown>, call: number): unknown =>
    request.purpose === "act"
      ? says(`Words of ${request.scope} at ${call} ${"abcdefghijklmnop".charAt(call)}`)
      : rows(request);

const refusal = () =>
  new TinyTroupeError("MODEL_REFUSED", "The model refused.", { data: { model: "m", text: "no" }, hint: "Another." });

describe("a study from a file", () => {
  it("keeps people whole in files, who can be somebody's source, and none of them in a rehearsal", async () => {
    const yaml = `
name: kept
people: [lisa, oscar]
steps:
  - ask: { question: What do you sell? }
  - save: { who: Oscar Ramsaran, folder: people/of today }`;
    await play(yaml, cast(), { effects: "simulate" });
    await expect(project.read("people/of today/oscar-ramsaran.person.json")).rejects.toThrow("ENOENT");
    await play(yaml, cast());
    await expect(project.read("people/of today/lisa-brannigan.person.json")).rejects.toThrow("ENOENT");
    const { requests } = await play(
      `
name: next
people: [people/of today/oscar-ramsaran.person.json]
steps:
  - ask: { question: And today? }`,
      cast(),
    );
    expect(promptOf(requests[0])).toContain("What do you sell?");
    const { error } = await play(yaml.replace("Oscar Ramsaran", "Nobody"), cast());
    expect(error).toMatchObject({ code: "STUDY_INVALID", data: { issues: [{ path: "steps.1.save.who" }] } });
  });
  it("steers its world: each of those who are named alone, and all of them, when it holds", async () => {
    const yaml = `
name: steered
people: [lisa, oscar]
world: { name: Room }
interventions:
  - { name: rain, fromStep: 2, once: true, do: [{ broadcast: It rains. }] }
  - { name: nudge, of: [Oscar], claim: Somebody talks., atLeast: 5, maxFirings: 1, do: [{ think: I am late. }, { tell: Hurry! }] }
steps:
  - broadcast: Hello.
  - run: 3`;
    const judge = () => ({ claim: { why: "So it is.", evidence: [{ entry: 1, quote: "Hello." }], score: 7 } });
    const { requests } = await play(yaml, cast(judge));
    const judged = requests.filter(({ purpose }) => purpose === "intervene");
    expect(judged.map(({ scope, step }) => [scope, step])).toEqual([
      [expect.stringMatching(/^person:oscar-ramsaran\/judge:\w{12}$/), "room/1"],
    ]);
    const heard = (who: string, step: string, text: string) =>
      requests.some((one) => one.scope.includes(who) && one.step === step && promptOf(one).includes(text));
    expect(["It rains.", "I am late.", "Hurry!"].map((text) => heard("oscar", "room/2", text))).toEqual([
      true,
      true,
      true,
    ]);
    expect(heard("oscar", "room/1", "It rains.")).toBe(false);
    expect(heard("lisa", "room/3", "Hurry!")).toBe(false);
    const wrong = await play(yaml.replace("[Oscar]", "[Zoe]").replace("steered", "wrong"), cast());
    expect(wrong).toMatchObject({ error: { data: { issues: [{ path: "interventions.1.of" }] } } });
  });

  it("switches a safety rule off for everybody", async () => {
    const yaml = `
name: safety
people: [lisa]
safety: { copyright: false }
steps:
  - ask: { question: Hello? }`;
    const [off] = (await play(yaml, cast())).requests;
    const [on] = (await play(yaml.replace("copyright: false", "copyright: true"), cast())).requests;
    const rulesOf = (request: ModelRequest<unknown> | undefined) => String(request?.messages[0]?.content);
    expect(rulesOf(on).length).toBeGreaterThan(rulesOf(off).length);
  });
  it("shows, tells, lets think, and asks those who are named, by any part of their name that is theirs alone", async () => {
    const yaml = `
name: senses
people: [lisa, oscar]
steps:
  - context: [A waiting room.]
  - tell: { who: lisa, what: The train is late. }
  - think: { who: OSCAR, what: I left the stove on. }
  - show: { what: A red light. }
  - ask: { who: [Brannigan, Oscar Ramsaran], question: What now?, from: A guard }
  - ask: { who: Oscar, question: And then? }`;
    const { error, requests, result, story } = await play(yaml, cast());
    expect(error).toBeUndefined();
    expect(result).toEqual({});
    expect(requests.map(({ scope }) => scope)).toEqual([
      "person:lisa-brannigan",
      "person:oscar-ramsaran",
      "person:oscar-ramsaran",
    ]);
    const [lisa = "", oscar = ""] = requests.map(promptOf);
    for (const words of ["The train is late.", "A red light.", 'from="A guard"', "A waiting room."])
      expect(lisa).toContain(words);
    expect(lisa).not.toContain("stove");
    expect(oscar).toContain("stove");
    expect(story.filter(({ type }) => type === "turn").length).toBe(3);
  });

  it("shows everybody in a world the same once, and tells a story of it in as many steps as there are", async () => {
    await project.write("offer.md", "Forty euros.");
    const yaml = `
name: stories
people: [lisa, oscar]
world: { name: Room }
steps:
  - show: { what: The offer, document: offer.md, name: Offer }
  - run: 1
  - story: { as: beats, purpose: To warn., words: 30 }
  - story: { as: beats, words: 20, plotTwist: true, broadcast: true }
  - story: { as: hers, from: Lisa }`;
    const beat = { heading: "H", text: "It rains.", people: ["Lisa"], from: [1] };
    const { error, requests, result, story } = await play(
      yaml,
      cast(() => ({ beats: [beat, beat] })),
    );
    expect(error).toBeUndefined();
    const row = { ...beat, people: ["Lisa Brannigan"], from: [expect.stringMatching(/^world:room#\d+$/)] };
    expect(result).toEqual({
      beats: [row, row, row, row],
      hers: Array.from({ length: 2 }, () => ({ ...row, from: ["world:room#2"] })),
    });
    const asked = requests.filter(({ purpose }) => purpose === "story").map(promptOf);
    expect(asked.map((prompt) => prompt.includes("a plot twist"))).toEqual([false, true, false]);
    expect(asked[1]).toContain("Its purpose: To warn.");
    const broadcasts = story.filter((event) => event.type === "broadcast");
    expect(broadcasts).toMatchObject([{ shown: { name: "Offer", version: 1 }, to: "everyone" }, {}, {}]);
    expect(promptOf(requests[0])).toContain("The offer\n(The document Offer.)\nForty euros.");
  });

  it("lays fragments over people before they enter, and takes personas written out", async () => {
    const fragment = { type: "Fragment", persona: { beliefs: ["Umbrellas are for cowards."] } };
    await project.write("brave.json", JSON.stringify(fragment));
    const yaml = `
name: layers
people:
  - { file: lisa, fragments: [price-sensitive, ./brave.json] }
  - { persona: { name: Ann Other, age: 40 }, fragments: [brave.json] }
steps: [{ ask: { question: Rain? } }]`;
    const { error, requests, story } = await play(yaml, cast());
    expect(error).toBeUndefined();
    for (const request of requests) expect(promptOf(request)).toContain("Umbrellas are for cowards.");
    expect(story.filter(({ type }) => type === "persona-changed")).toEqual([]);
  });

  it("passes time in its world from the moment at which it begins", async () => {
    const yaml = `
name: hours
startAt: 2030-01-31T09:00
people: [lisa, oscar]
world: { name: Room, schedule: sequential }
steps:
  - broadcast: Good morning.
  - run: { steps: 2, every: { minutes: 90 } }`;
    const { error, story } = await play(yaml, cast(), { startAt: "2030-01-31T09:00" });
    expect(error).toBeUndefined();
    const starts = story.flatMap((event) => (event.type === "step-started" ? [event.time] : []));
    expect(starts).toEqual(["2030-01-31T10:30:00.000Z", "2030-01-31T12:00:00.000Z"]);
  });

  it("gives each row the events that it rests on", async () => {
    const yaml = `
name: evidence
people: [lisa, oscar]
steps:
  - ask: { question: Tea? }
  - extract: { objective: what was said, from: Oscar, evidence: true, rows: { what: the words }, as: said }
  - extract: { objective: what was said, from: each, evidence: true, fields: { what: the words, price: { about: what they pay, notApplicable: true } }, as: each }`;
    const evidence = [
      { path: "rows.1", entry: 1, quote: "Tea?" },
      { path: "what", entry: 1, quote: "Tea?" },
      { path: "what", entry: 99, quote: "Tea?" },
    ];
    const { error, result } = await play(
      yaml,
      cast(({ schema }) => {
        const many = { rows: [{ what: "a" }, { what: "b" }] };
        const value = schema.safeParse({ value: many, evidence }).success
          ? many
          : { what: "c", price: { notApplicable: "Tea?" } };
        return { value, evidence };
      }),
    );
    expect(error).toBeUndefined();
    expect(result["said"]).toEqual([
      { what: "a", evidence: [], quotes: [], unfounded: ["all"] },
      { what: "b", evidence: ["person:oscar-ramsaran#1"], quotes: ["Tea?"], unfounded: [] },
    ]);
    const row = { what: "c", price: "not applicable", quotes: ["Tea?"], unfounded: [] };
    expect(result["each"]).toEqual([
      { person: "Lisa Brannigan", ...row, evidence: ["person:lisa-brannigan#1"] },
      { person: "Oscar Ramsaran", ...row, evidence: ["person:oscar-ramsaran#1"] },
    ]);
  });

  it("goes on without somebody for whom the model refuses, says so, and has a row that says why", async () => {
    const yaml = `
name: refusal
people: [lisa, oscar, marcos]
steps:
  - ask: { question: Tea? }
  - extract: { objective: drink, from: each, fields: { drink: { options: [tea, coffee] } }, as: drinks }
  - tally: { table: drinks, by: drink, as: counts, winner: best }`;
    const { error, result, shown } = await play(yaml, (request, call) =>
      request.scope === "person:oscar-ramsaran" ? refusal() : cast(() => ({ drink: "tea" }))(request, call),
    );
    expect(error).toBeUndefined();
    expect(result["drinks"]).toEqual([
      { person: "Lisa Brannigan", drink: "tea" },
      { person: "Oscar Ramsaran", error: "The model refused." },
      { person: "Marcos Benítez Ovelar", drink: "tea" },
    ]);
    expect(result["best"]).toEqual([{ drink: "tea", count: 2, share: 1 }]);
    expect(shown).toContainEqual({ type: "warning", message: "Oscar Ramsaran did not answer: The model refused." });
  });

  const tea = (who: string) => `  - ask: { question: Tea?${who} }\n`;
  it.each([
    [
      "all who were asked",
      tea("") + tea(""),
      2,
      "None of the 2 who were asked has a usable answer. The first: The mod",
    ],
    ["the only one who was asked, at first", tea(", who: Lisa") + tea(", who: Oscar"), 1, "The model refused."],
  ])("stops when nobody has an answer: %s", async (_who, steps, calls, message) => {
    const asked: string[] = [];
    const { error, story } = await play(`name: mute\npeople: [lisa, oscar]\nsteps:\n${steps}`, ({ scope }) => {
      asked.push(scope);
      return refusal();
    });
    expect(error).toMatchObject({ code: "MODEL_REFUSED", message: expect.stringContaining(message) });
    expect([asked.length, story.filter(({ type }) => type === "turn").length]).toEqual([calls, 0]);
  });

  it("lets somebody who is asked alone miss questions where others answer, else one", async () => {
    const warnings = (shown: readonly { readonly type: string }[]) =>
      shown.filter(({ type }) => type === "warning").length;
    const yaml = `name: picky\npeople: [lisa, oscar]\nsteps:\n${tea(", who: Lisa")}${tea(", who: Oscar").repeat(3)}`;
    const picky = await play(yaml, (request, call) =>
      request.scope === "person:oscar-ramsaran" ? refusal() : cast()(request, call),
    );
    expect(picky.error).toBeUndefined();
    expect(warnings(picky.shown)).toBe(3);
    let asked = 0;
    const alone = await play(`name: alone\npeople: [lisa]\nsteps:\n${tea("").repeat(9)}`, (request, call) =>
      asked++ > 0 ? refusal() : cast()(request, call),
    );
    expect(alone.error).toMatchObject({ code: "MODEL_REFUSED", message: "The model refused." });
    expect([asked, warnings(alone.shown)]).toEqual([3, 1]);
  });

  it("extracts nothing from those who took no turn", async () => {
    const yaml = (from: string) => `
name: unasked-${from}
people: [lisa, oscar]
world: { name: Room }
steps:
  - ask: { question: Tea?, who: Lisa }
  - extract: { objective: drink, from: ${from}, fields: { drink: d }, as: drinks }`;
    const script = cast(() => ({ drink: "tea" }));
    expect((await play(yaml("Oscar"), script)).error).toMatchObject({
      code: "OPTION_INVALID",
      message: "Nothing can be extracted: Oscar Ramsaran took no turn before.",
    });
    expect((await play(yaml("each"), script)).result["drinks"]).toEqual([
      { person: "Lisa Brannigan", drink: "tea" },
      { person: "Oscar Ramsaran", error: "Was never asked." },
    ]);
  });

  it("throws what would meet everybody, and that the run is over", async () => {
    const yaml = "name: down\npeople: [lisa, oscar]\nsteps: [{ ask: { question: Tea? } }]";
    const down = new TinyTroupeError("MODEL_REJECTED", "No such key.", { data: { model: "m" }, hint: "A key." });
    expect((await play(yaml, () => down)).error).toBe(down);
    const stop = new AbortController();
    const stopping: Script = (request, call) => {
      stop.abort("enough");
      return cast()(request, call);
    };
    const stopped = await play(yaml, stopping, { seed: 2, signal: stop.signal, concurrency: 1 });
    expect(stopped.error).toMatchObject({ code: "ABORTED", data: { reason: "enough" } });
    expect(stopped.story.filter(({ type }) => type === "turn").length).toBe(1);
  });

  it("finds a name that means nobody, or two people, before anybody is asked", async () => {
    const yaml = (who: string) => `
name: names
people: [lisa, { persona: { name: Lisa Other } }]
steps: [{ ask: { question: Tea? } }, { ask: { who: ${who}, question: Why? } }]`;
    for (const [who, words] of [
      ["Lisa", "several people"],
      ["Bob", "nobody"],
      ["Ann", "nobody"], // which is part of Brannigan, and nobody's name
    ] as const) {
      const { error, requests } = await play(yaml(who), cast());
      expect(requests).toEqual([]);
      expect(error).toMatchObject({
        code: "STUDY_INVALID",
        message: expect.stringContaining(words),
        data: { issues: [{ path: "steps.1.ask.who" }] },
        hint: "Its people: Lisa Brannigan, Lisa Other.",
      });
    }
  });
});
