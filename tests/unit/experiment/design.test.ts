import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { schemaFiles } from "../../../scripts/generate-schemas.ts";
import { armsOfSide } from "../../../src/experiment/design/design.ts";
import { type Compared, type Declaration, settleDesign } from "../../../src/experiment/design/settle.ts";
import { isTinyTroupeError } from "../../../src/kernel/values/errors.ts";

type Metric = Declaration["metrics"][string];
const intent: Metric = { scale: { kind: "number", low: 1, high: 5 }, from: { item: "intent" } };
const choice: Metric = { scale: { kind: "nominal", options: ["A", "B"] }, from: { table: "ads", column: "choice" } };
const declaration: Declaration = {
  name: "prices",
  metrics: { intent, choice, talk: { from: { count: "TALK" } } },
  claims: { dearer: { metric: "intent", contrast: ["dearer", "control"], direction: "less", least: 0.3 } },
};
const two: Compared = { arms: ["control", "dearer"], done: {} };

const issuesOf = (change: Partial<Declaration>, compared: Partial<Compared> = {}): Record<string, string> => {
  try {
    settleDesign({ ...declaration, ...change }, { ...two, ...compared });
  } catch (error) {
    if (!isTinyTroupeError(error, "EXPERIMENT_INVALID")) throw error;
    return Object.fromEntries(error.data.issues.map(({ path, message }) => [path, message]));
  }
  return {};
};
const claimed = (change: object) =>
  issuesOf({ claims: { one: { ...declaration.claims?.["dearer"], ...change } as never } });

describe("the design of an experiment", () => {
  it("has what was not declared by its defaults", () => {
    expect(settleDesign(declaration, two)).toMatchObject({
      ...{ seeds: ["1"], replicates: 1, correction: "holm", level: 0.95, populations: ["people"], blinded: false },
      metrics: { talk: { scale: { kind: "number", low: 0, whole: true } } },
    });
  });

  it("takes numbers for options of a scale", () => {
    const metrics = { intent: { ...intent, scale: { kind: "ordinal" as const, options: [1, 2, "3"] } } };
    expect(settleDesign({ ...declaration, metrics, claims: {} }, two).metrics["intent"]?.scale).toEqual({
      ...{ kind: "ordinal", options: ["1", "2", "3"] },
    });
  });

  it("crosses factors, and finds the arms of a level", () => {
    const factors = { price: ["low", "high"], label: ["plain", "green"] };
    const claims = {
      dearer: { metric: "intent", contrast: [{ price: "high" }, { price: "low" }], direction: "less" },
    } satisfies Declaration["claims"];
    const { arms } = settleDesign({ ...declaration, claims }, { factors, done: {} });
    expect(arms.map(({ name }) => name)).toEqual(["low+plain", "low+green", "high+plain", "high+green"]);
    expect(armsOfSide({ price: "high" }, arms)).toEqual(["high+plain", "high+green"]);
    expect(arms[1]?.levels).toEqual({ price: "low", label: "green" });
  });

  it("has a hash of all that is declared and done, money apart", () => {
    const hashOf = (change: Partial<Declaration>, compared: Partial<Compared> = {}) =>
      settleDesign({ ...declaration, ...change }, { ...two, ...compared }).digest;
    const same = hashOf({});
    expect(hashOf({ budget: { usd: 2 } })).toBe(same);
    const claims = { dearer: { ...declaration.claims?.["dearer"], least: 0.2 } as never };
    const others = [hashOf({ claims }), hashOf({ seeds: [2] }), hashOf({}, { done: { reword: { a: "b" } } })];
    expect(new Set([same, ...others]).size).toBe(4);
  });

  it.each([
    ["one arm", issuesOf({ claims: {} }, { arms: ["control"] }), { arms: "There is nothing to compare" }],
    ["an arm that there is not", claimed({ contrast: ["deerer", "control"] }), { "claims.one.contrast.0": "'dearer'" }],
    ["an arm on both sides", claimed({ contrast: ["dearer", "dearer"] }), { "claims.one.contrast": "both sides" }],
    ["a metric that there is not", claimed({ metric: "intend" }), { "claims.one.metric": "'intent'" }],
    ["a nominal metric without an option", claimed({ metric: "choice" }), { "claims.one.option": "which option" }],
    ["an option of a number", claimed({ option: "A" }), { "claims.one.option": "not nominal" }],
    ["equivalence without a margin", claimed({ direction: "equivalent" }), { "claims.one.margin": "how far apart" }],
    ["a margin of a difference", claimed({ margin: 1 }), { "claims.one.margin": "Only equivalence" }],
    [
      "an undeclared scale",
      issuesOf({ metrics: { intent: { from: { item: "intent" } } } }),
      { "metrics.intent.scale": "Declare" },
    ],
    [
      "a scale of a count",
      issuesOf({ metrics: { intent, talk: { ...intent, from: { count: "TALK" } } } }),
      { "metrics.talk.scale": "leave this out" },
    ],
  ])("refuses %s", (_what, issues, expected) => {
    for (const [path, message] of Object.entries(expected)) expect(issues[path]).toContain(message);
  });

  it("is published as a JSON Schema", () => {
    const stored = readFileSync(new URL("../../../schemas/experiment.schema.json", import.meta.url), "utf8");
    expect(schemaFiles()["experiment.schema.json"]).toBe(stored);
  });
});
