import { describe, expect, it } from "vitest";
import type { Message, ModelRequest } from "../../../src/kernel/contracts/model.ts";
import { TinyTroupeError } from "../../../src/kernel/values/errors.ts";
import { createRandom } from "../../../src/kernel/values/random.ts";
import { createLexicalEmbedder } from "../../../src/model/embed/lexical.ts";
import { givesAway } from "../../../src/synthetic/checks/near.ts";
import { leakageOf } from "../../../src/synthetic/checks/reports.ts";
import { splitOf } from "../../../src/synthetic/checks/split.ts";
import { drawItems } from "../../../src/synthetic/draw.ts";
import { chatLine } from "../../../src/synthetic/files.ts";
import { generateData } from "../../../src/synthetic/generate.ts";
import type { DataItem } from "../../../src/synthetic/items.ts";
import { parseDataSpecification } from "../../../src/synthetic/specification.ts";
import { testContext } from "../../support/context.ts";
import { scriptedModel } from "../../support/scripted-model.ts";

const mails = parseDataSpecification({
  ...{ data: 1, name: "mails", kind: "labelled", about: "a shop", size: 20 },
  labels: { complaint: { share: 3, means: "upset" }, praise: 1 },
  dimensions: { rating: { 1: 0.5, 5: 0.5 }, tone: ["curt", "kind", "odd", "dry"] },
  examples: ["My kettle came without its lid and I would like another one."],
});
const words = (at: number): string => {
  const dice = createRandom(at);
  return Array.from({ length: 12 }, () => `w${dice.integer(100_000)}`).join(" ");
};
const userOf = ({ messages }: ModelRequest<unknown>): string => String((messages.at(-1) as Message).content);
const context = (script: (request: ModelRequest<unknown>, call: number) => unknown) => {
  const model = scriptedModel(script);
  return { model, context: testContext({ model, embedder: createLexicalEmbedder() }) };
};

describe("a set", () => {
  it("meets its quotas, and each text is written for the label and values that were drawn", async () => {
    const { model, context: place } = context((_request, call) => ({ text: words(call) }));
    const { items, balance, leftOut } = await generateData(place, mails);
    expect([items.length, leftOut]).toEqual([20, []]);
    const achieved = Object.fromEntries(
      balance.map(({ dimension, value, achieved }) => [`${dimension} ${value}`, achieved]),
    );
    expect(achieved).toMatchObject({
      "label complaint": 15,
      "label praise": 5,
      "rating 1": 10,
      "rating 5": 10,
      "tone odd": 5,
    });
    for (const { text, label, values } of items) {
      const asked = userOf(model.requests.find((_, call) => words(call) === text) as ModelRequest<unknown>);
      expect(asked).toContain(`label: ${label}`);
      expect(asked).toContain(`rating: ${values["rating"]}`);
    }
    expect(new Set(model.requests.map(({ scope }) => scope)).size).toBe(20);
  });

  it("has no copy, no empty text and no label as a word: these are written anew, then left out and counted", async () => {
    const { context: place } = context((request, call) => {
      const asked = userOf(request);
      if (/rating: 1/.test(asked) && /tone: odd/.test(asked)) return { text: " … " };
      if (/label: praise/.test(asked) && !asked.includes("without them"))
        return { text: `So much PRAISES ${words(call)}` };
      if (/tone: dry/.test(asked)) return { text: "Always the same few words about a kettle." };
      if (/tone: curt/.test(asked) && !asked.includes("other words")) return { text: mails.examples[0] };
      return { text: words(call) };
    });
    const { items, leftOut, refused, balance, leakage, compares } = await generateData(place, mails);
    const why = Object.groupBy(leftOut, (one) => one.why);
    const empties = balance.length > 0 ? (why.empty ?? []) : [];
    expect(empties.every(({ values }) => values["tone"] === "odd" && values["rating"] === "1")).toBe(true);
    expect(empties.length).toBeGreaterThan(0);
    expect(items.filter(({ values }) => values["tone"] === "dry")).toHaveLength(1);
    expect(why.copy).toHaveLength(4);
    const [dry] = items.filter(({ values }) => values["tone"] === "dry");
    expect(new Set(why.copy?.map(({ of }) => of))).toEqual(new Set([dry?.id]));
    expect(items.filter(({ values }) => values["tone"] === "curt")).toHaveLength(5);
    expect(refused).toMatchObject({ empty: 3 * empties.length, failed: 0 });
    expect(refused.label).toBeGreaterThan(0);
    expect(items.length + leftOut.length).toBe(20);
    expect([compares, leakage.map(({ found }) => found)]).toEqual(["words", [0, 0, 0]]);
  });

  it("keeps what was paid for when one item fails for good", async () => {
    let first: string | undefined;
    const { context: place } = context((request, call) => {
      first ??= /<wanted>[\s\S]*number 1 /.exec(userOf(request))?.[0];
      if (first !== undefined && userOf(request).includes(first)) {
        throw new TinyTroupeError("MODEL_REFUSED", "No.", { data: { model: "m", text: "" }, hint: "Ask else." });
      }
      return { text: words(call) };
    });
    const { items, leftOut, refused } = await generateData(place, mails);
    expect([items.length, leftOut]).toEqual([19, [expect.objectContaining({ why: "failed", code: "MODEL_REFUSED" })]]);
    expect(refused.failed).toBe(3);
  });

  it("has those that are nearly copies in one split, however the rest is dealt", async () => {
    // Four of each family share nine words of twelve.
    const { context: place } = context((_request, call) => {
      const family = words(Math.floor(call / 4))
        .split(" ")
        .slice(0, 9);
      return {
        text: [
          ...family,
          ...words(1_000 + call)
            .split(" ")
            .slice(0, 3),
        ].join(" "),
      };
    });
    const { items, leakage } = await generateData(place, { ...mails, kin: 0.6 });
    const familyOf = ({ text }: DataItem) => text.split(" ")[0] ?? "";
    const splitsOf = Object.values(Object.groupBy(items, familyOf)).map(
      (all = []) => new Set(all.map(({ split }) => split)).size,
    );
    expect([items.length, splitsOf]).toEqual([20, [1, 1, 1, 1, 1]]);
    expect(leakage[1]).toMatchObject({ check: "near copies across splits", found: 0 });
    expect(leakage[1]?.checked).toBeGreaterThan(0);
  });

  it("has the same draw for a seed, and another for another", async () => {
    expect(await drawItems(mails, 1)).toEqual(await drawItems(mails, 1));
    expect(await drawItems(mails, 2)).not.toEqual(await drawItems(mails, 1));
  });
});

it.each([
  ["Two complaints in a week!", "complaint", true],
  ["I complied with all of it.", "complaint", false],
  ["It is Very  Positive, this.", "very positive", true],
  ["It is very bad and positive.", "very positive", false],
  ["정말불만입니다", "불만", true],
])("%s gives %s away: %s", (text, label, expected) => expect(givesAway(text, label)).toBe(expected));

describe("splits", () => {
  const strata = Array.from({ length: 100 }, (_, at) => (at < 80 ? "a" : "b"));
  const shares = { train: 0.8, validation: 0.1, test: 0.1 };
  it("have their share of each label, by the seed", () => {
    const found = splitOf({ strata, kin: [], shares, random: createRandom(1) });
    const count = (split: string, label: string) =>
      found.filter((one, at) => one === split && strata[at] === label).length;
    expect(["train", "validation", "test"].map((split) => [count(split, "a"), count(split, "b")])).toEqual([
      [64, 16],
      [8, 2],
      [8, 2],
    ]);
    expect(splitOf({ strata, kin: [], shares, random: createRandom(1) })).toEqual(found);
    expect(splitOf({ strata, kin: [], shares, random: createRandom(2) })).not.toEqual(found);
  });
  it("are those that are named: a set without a validation split is a usual one, one without any is refused", () => {
    const plain = { data: 1, name: "q", kind: "queries", about: "a shop", size: 10 };
    const { split } = parseDataSpecification({ ...plain, split: { train: 80, test: 20 } });
    expect(split).toEqual({ train: 80, validation: 0, test: 20 });
    const found = splitOf({ strata: Array(10).fill("a"), kin: [], shares: split, random: createRandom(1) });
    expect(found.filter((one) => one === "validation")).toEqual([]);
    expect(() => parseDataSpecification({ ...plain, split: {} })).toThrow(/One share must be above zero/);
  });

  it("never part near copies, however many lie between them", () => {
    const kin = Array.from({ length: 90 }, (_, at) => ({
      one: at,
      other: at + 9 - (at % 3 === 0 ? 8 : 0),
      cosine: 0.9,
    }));
    const tied = kin.filter(({ one }) => one % 5 !== 0);
    for (const seed of [1, 2, 3]) {
      const found = splitOf({ strata, kin: tied, shares, random: createRandom(seed) });
      expect(tied.filter(({ one, other }) => found[one] !== found[other])).toEqual([]);
    }
  });
  it("are looked over without trust: a copy in another split, a label in its text and a copied example are found", async () => {
    const item = (id: string, split: DataItem["split"], text: string): DataItem => ({
      ...{ id, split, values: {}, label: "complaint", text },
    });
    const items = [item("1", "train", "one"), item("2", "test", "my complaint"), item("3", "train", "three")];
    const [x, y] = [Float32Array.of(1, 0), Float32Array.of(0, 1)];
    const rows = await leakageOf(mails, items, { vectors: [x, x, y], examples: [y] });
    expect(rows).toMatchObject([
      { check: "label in text", checked: 3, found: 1, where: ["2"] },
      { check: "near copies across splits", checked: 2, found: 1, nearest: 1, where: ["1 2"] },
      { check: "near copies of examples", checked: 3, found: 1, nearest: 1, where: ["3"] },
    ]);
  });
});

describe("formats", () => {
  const talk: DataItem = {
    ...{ id: "1", split: "train", values: {}, text: "" },
    exchanges: [
      { user: "Hi", assistant: "Hello" },
      { user: "Bye", assistant: "Ciao" },
    ],
  };
  const talks = parseDataSpecification({ data: 1, name: "talks", kind: "conversations", about: "tea", size: 1 });
  const mail: DataItem = { id: "2", split: "test", values: {}, label: "praise", text: "Lovely." };
  const system = "Say which of these labels the text has, and nothing else: complaint, praise.";
  it("are those that are known by these names", () => {
    expect(chatLine(talks, talk, "openai")).toEqual({
      messages: [
        { role: "user", content: "Hi" },
        { role: "assistant", content: "Hello" },
        { role: "user", content: "Bye" },
        { role: "assistant", content: "Ciao" },
      ],
    });
    expect(chatLine(mails, mail, "sharegpt")).toEqual({
      conversations: [
        { from: "system", value: system },
        { from: "human", value: "Lovely." },
        { from: "gpt", value: "praise" },
      ],
    });
    expect(chatLine(mails, mail, "alpaca")).toEqual({ instruction: system, input: "Lovely.", output: "praise" });
    expect(chatLine(talks, talk, "alpaca")).toEqual({
      ...{ instruction: "Bye", input: "", output: "Ciao", history: [["Hi", "Hello"]] },
    });
  });
});

it.each([
  [{ kind: "reviews", labels: ["a", "b"] }, "Labelled sets have labels"],
  [{ kind: "labelled", labels: ["a"] }, "labels"],
  [{ kind: "reviews", dimensions: { text: ["a"] } }, "taken"],
  [{ kind: "reviews", dimensions: { tone: { a: 0 } } }, "above zero"],
  [{ kind: "reviews", copy: 0.5, kin: 0.9 }, "kin"],
  [{ size: 5_001 }, "make several sets"],
])("%j is refused", (given, says) => {
  const whole = { data: 1, name: "x", about: "y", size: 3, ...given };
  expect(() => parseDataSpecification(whole)).toThrow(new RegExp(says));
});
