import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { afterAll, describe, expect, it } from "vitest";
import { schemaFiles } from "../../../scripts/generate-schemas.ts";
import { isTinyTroupeError } from "../../../src/kernel/values/errors.ts";
import { itemsOf } from "../../../src/survey/instrument/document.ts";
import { itemKinds, partsOf } from "../../../src/survey/instrument/items.ts";
import { loadInstrument } from "../../../src/survey/instrument/read/load.ts";
import { parseInstrument } from "../../../src/survey/instrument/read/parse.ts";
import { common, further, surveyOf } from "./instruments.ts";

const folder = mkdtempSync(join(tmpdir(), "tinytroupe-survey-"));
afterAll(() => rmSync(folder, { recursive: true }));

const thrown = (play: () => unknown): unknown => {
  try {
    return play();
  } catch (error) {
    return error;
  }
};
const issuesOf = (error: unknown): readonly string[] =>
  isTinyTroupeError(error, "SURVEY_INVALID")
    ? error.data.issues.map(({ path, message }) => `${path}: ${message}`)
    : [String(error)];
/** What is wrong with an instrument of these items. */
const wrong = (items: readonly object[], more: object = {}): readonly string[] =>
  issuesOf(thrown(() => surveyOf(items, more)));
const yes = (id: string, more: object = {}): object => ({ id, kind: "yes-no", text: `${id}?`, ...more });

describe("the scales of items", () => {
  it("are declared, each by its kind", () => {
    const scales = itemsOf(surveyOf(common)).map((item) => [item.id, ...partsOf(item).map(({ scale }) => scale)]);
    expect(scales).toEqual([
      ["why", { kind: "text", most: 500 }],
      ["intro"],
      ["drinks", { kind: "nominal", options: ["yes", "no"] }],
      ["kind", { kind: "nominal", options: ["black", "green", "herb", "other"] }],
      [
        "where",
        { kind: "choices", options: ["at home", "at work", "in cafés", "none"], least: 2, most: 3, alone: ["none"] },
      ],
      ["likes", { kind: "ordinal", options: ["not at all", "a little", "very much"] }],
      ["rank", { kind: "ranking", options: ["milk", "lemon", "sugar"] }],
      ["best", { kind: "ranking", options: ["milk", "lemon", "sugar"], most: 2 }],
      ["cups", { kind: "number", low: 0, high: 40, whole: true }],
      ["points", { kind: "ordinal", options: ["1", "2", "3", "4", "5", "6", "7"] }],
      ["warm", { kind: "number", low: 20, high: 100, whole: false }],
    ]);
  });
  it("each kind has a name of its own", () => expect(new Set(itemKinds).size).toBe(itemKinds.length));
});

describe("an instrument that contradicts itself", () => {
  it.each([
    [
      "a name twice",
      [yes("a"), yes("a")],
      "items.1.id: 'a' stands for something else already: give it an id of its own.",
    ],
    [
      "what tables have a column for",
      [yes("a"), yes("name")],
      "items.1.id: 'name' is a column of every table of respondents: give it another id.",
    ],
    [
      "a way in which it cannot be asked",
      [{ id: "a", kind: "number", text: "?", method: "pairwise" }],
      "items.0.method: It cannot be asked by pairwise: only a choice or an order comes of pairs.",
    ],
    [
      "sentences that are not one a point",
      [{ id: "a", kind: "likert", text: "?", labels: ["x", "y"], anchors: [["1", "2", "3"]] }],
      "items.0.anchors: Give sets of 2 sentences for a, one a point, lowest first.",
    ],
    [
      "sentences for what has no points",
      [yes("a", { anchors: { family: "agreement" } })],
      "items.0.anchors: Only the points of an ordered scale have sentences: leave `anchors` out.",
    ],
    [
      "limits that nothing meets",
      [{ id: "a", kind: "checkbox", text: "?", options: ["x", "y"], least: 3 }],
      "items.0.least: Only 2 can be chosen together.",
    ],
    [
      "limits the wrong way round",
      [{ id: "a", kind: "checkbox", text: "?", options: ["x", "y"], least: 2, most: 1 }],
      "items.0.least: `least` is above `most`.",
    ],
    [
      "more to rank than there is",
      [{ id: "a", kind: "top", text: "?", options: ["x", "y"], most: 3 }],
      "items.0.most: There are only 2 options.",
    ],
    [
      "nothing between bounds",
      [{ id: "a", kind: "number", text: "?", low: 0.2, high: 0.8, whole: true }],
      "items.0.low: No answer lies between `low` and `high`.",
    ],
    [
      "options alike",
      [{ id: "a", kind: "choice", text: "?", options: ["x", { id: "y", label: "X" }] }],
      "items.0.: Two options have the label 'X'.",
    ],
    [
      "a skip to nowhere",
      [yes("drinks", { skip: [{ if: { item: "drinks", is: "no" }, to: "drnks" }] }), yes("b")],
      "items.0.skip.0.to: There is no item or block 'drnks'. Did you mean drinks?",
    ],
    [
      "a skip back",
      [yes("a"), yes("b", { skip: [{ if: { item: "b", is: "no" }, to: "a" }] })],
      "items.1.skip.0.to: 'a' does not always come after this: nobody can be sent back.",
    ],
    [
      "piping from later",
      [yes("a", { text: "Why {{b}}?" }), yes("b")],
      "items.0.text: {{b}}: 'b' is not always asked before this.",
    ],
    [
      "piping from nowhere",
      [yes("a", { text: "Why {{nobody}}?" })],
      "items.0.text: {{nobody}}: There is no item 'nobody'.",
    ],
    [
      "a condition on what comes later",
      [yes("a", { if: { item: "b", is: "yes" } }), yes("b")],
      "items.0.if: 'b' is not always asked before this.",
    ],
    [
      "a condition on itself",
      [yes("a", { if: { item: "a", is: "yes" } })],
      "items.0.if: 'a' is not always asked before this.",
    ],
    [
      "a condition on no option",
      [yes("a"), yes("b", { if: { item: "a", is: "yess" } })],
      "items.1.if: 'yess' is no option of 'a'. Did you mean yes?",
    ],
    [
      "an answer that nobody can give",
      [yes("a", { expect: "maybe" })],
      "items.0.expect: Nobody can answer this: 'maybe' is none of its options.",
    ],
    [
      "an ordered scale shuffled",
      [{ id: "a", kind: "likert", text: "?", labels: ["x", "y"], optionOrder: "shuffled" }],
      "items.0.optionOrder: An ordered scale can only be `reversed`: else it has no order.",
    ],
    [
      "a temperature of what is not rated",
      [{ id: "a", kind: "likert", text: "?", labels: ["x", "y"], method: "direct", temperature: 0.2 }],
      "items.0.temperature: Only ratings by similarity on an ordered scale have a temperature.",
    ],
    [
      "options reversed that have no order",
      [yes("a", { optionOrder: "reversed" })],
      "items.0.optionOrder: Only an ordered scale can be `reversed`: take shuffled or balanced.",
    ],
    [
      "a point that there is none of",
      [{ id: "a", kind: "scale", text: "?", low: 1, high: 5, labels: { 6: "x" } }],
      "items.0.labels.6: There is no point 6.",
    ],
    [
      "an unknown kind",
      [{ id: "a", kind: "likrt", text: "?", labels: ["x", "y"] }],
      /^items\.0\.kind: "likrt" is none of .* Did you mean "?likert/,
    ],
    [
      "a key of another kind",
      [{ id: "a", kind: "likert", text: "?", labels: ["x", "y"], options: ["x"] }],
      /^items\.0\.options: There is no 'options' here\./,
    ],
  ])("%s", (...[, items, message, more]: readonly [string, readonly object[], string | RegExp, object?]) => {
    const found = wrong(items, more);
    expect(found).toHaveLength(1);
    if (typeof message === "string") expect(found[0]).toBe(message);
    else expect(found[0]).toMatch(message);
  });

  it("where blocks move, what stands before is not always asked before", () => {
    const blocks = (more: object) => ({
      survey: 1,
      name: "x",
      blockOrder: "shuffled",
      blocks: [
        { id: "A", items: [yes("a")], ...more },
        { id: "B", items: [yes("b", { if: { item: "a", is: "yes" } })] },
        { id: "C", items: [yes("c")] },
      ],
    });
    expect(issuesOf(thrown(() => parseInstrument(blocks({}))))).toEqual([
      "blocks.1.items.0.if: 'a' is not always asked before this.",
    ]);
    expect(parseInstrument(blocks({ fixed: true })).blocks).toHaveLength(3);
    const shuffled = wrong([], {
      items: undefined,
      blocks: [{ id: "A", itemOrder: "shuffled", items: [yes("a"), yes("b", { text: "{{a}}?" })] }],
    });
    expect(shuffled).toEqual(["blocks.0.items.1.text: {{a}}: 'a' is not always asked before this."]);
  });
});

describe("translations", () => {
  const two = (items: readonly object[]) => ({ survey: 1, name: "té", language: "en", languages: ["en", "es"], items });
  const item = {
    id: "a",
    kind: "choice",
    text: { en: "Which?", es: "¿Cuál?" },
    options: [
      { id: "red", label: { en: "Red", es: "Rojo" } },
      { id: "kia", label: { "*": "Kia" } },
    ],
  };
  it("give the same ids in each language", () => {
    const texts = ["en", "es"].map((language) => {
      const [read] = itemsOf(parseInstrument(two([item]), { language }));
      return [read?.text, read && partsOf(read)[0]?.options.map(({ id, label }) => `${id} ${label}`)];
    });
    expect(texts).toEqual([
      ["Which?", ["red Red", "kia Kia"]],
      ["¿Cuál?", ["red Rojo", "kia Kia"]],
    ]);
  });
  it("are missed where they are missing", () => {
    const bad = [
      { ...item, text: { en: "Which?" } },
      { ...item, id: "b", text: "Which?" },
      { ...item, id: "c", text: { en: "x", es: "y", de: "z" } },
      { ...item, id: "d", options: ["Red", "Kia"] },
    ];
    expect(issuesOf(thrown(() => parseInstrument(two(bad))))).toEqual([
      "items.0.text: This is not translated: es.",
      "items.1.text: This is written in one language of 2: write { en: …, es: … }.",
      "items.2.text: 'de' is none of the instrument's languages (en, es): add it to `languages`.",
      "items.3.options.0: This option is written in one language of 2: give it an id and a label in each.",
      "items.3.options.1: This option is written in one language of 2: give it an id and a label in each.",
    ]);
  });
  it("in a language that it does not have", () => {
    expect(thrown(() => parseInstrument(two([item]), { language: "fr" }))).toMatchObject({
      code: "TARGET_UNKNOWN",
      data: { known: ["en", "es"] },
    });
  });
});

describe("an instrument from a file", () => {
  it("says line and column of what is wrong", async () => {
    const file = join(folder, "bad.yaml");
    writeFileSync(
      file,
      "survey: 1\nname: tea\nitems:\n  - id: a\n    kind: yes-no\n    text: Tea?\n    if: { item: b, is: yes }\n  - { id: b, kind: text, text: Why?, mots: 3 }\n",
    );
    const error = await loadInstrument(file).catch((caught: unknown) => caught);
    expect(error).toMatchObject({
      code: "SURVEY_INVALID",
      data: { issues: [{ path: "items.1.mots", line: 8, column: 38 }] },
    });
    expect((error as Error).message).toContain(
      "bad.yaml:8:38 items.1.mots: There is no 'mots' here. Did you mean most?",
    );
  });
  it("takes JSON, and nothing that would change what all objects are", async () => {
    const file = join(folder, "good.json");
    writeFileSync(
      file,
      JSON.stringify({ survey: 1, name: "tea", items: [yes("a")] }).replace(
        '"survey"',
        '"__proto__":{"items":[]},"survey"',
      ),
    );
    expect((await loadInstrument(file)).blocks[0]?.items).toHaveLength(1);
    expect(Object.hasOwn(Object.prototype, "items")).toBe(false);
  });
  it("data without an end is refused", () => {
    const circle: Record<string, unknown> = { survey: 1, name: "x" };
    circle["items"] = [circle];
    expect(thrown(() => parseInstrument(circle))).toMatchObject({ code: "SURVEY_INVALID" });
  });
});

describe("the published schema", () => {
  const whole = {
    survey: 1,
    name: "tea",
    items: [...common, ...further, { id: "sum", kind: "computed", text: "x", formula: "cups * 2" }],
  };
  const conditions = {
    survey: 1,
    name: "tea",
    items: [yes("a"), yes("b", { if: { any: [{ item: "a", is: ["yes"] }, { not: { item: "a", answered: true } }] } })],
  };
  const valid = new Ajv2020({ strict: false }).compile(JSON.parse(schemaFiles()["survey.schema.json"] as string));
  it.each([
    ["every kind", whole],
    ["conditions", conditions],
  ])("takes %s", (_, survey) => {
    expect(valid(survey), JSON.stringify(valid.errors)).toBe(true);
    expect(parseInstrument(survey).name).toBe("tea");
  });
  it("takes no key that means nothing", () => {
    expect(valid({ survey: 1, name: "tea", items: [yes("a", { optionordr: "written" })] })).toBe(false);
  });
  it("is the one that comes along", () => {
    const stored = readFileSync(new URL("../../../schemas/survey.schema.json", import.meta.url), "utf8");
    expect(schemaFiles()["survey.schema.json"]).toBe(stored);
  });
});
