import { describe, expect, it } from "vitest";
import { dataCharts } from "../../../../src/insight/report/data-charts.ts";

const spread = [
  { person: "Ann", how: "outside", from: null, step: null, generation: 0, passedOn: 2, event: "person:ann#1" },
  { person: "Bob", how: "told", from: "Ann", step: 1, generation: 1, passedOn: 0, event: "world:v#4" },
  { person: "Cleo", how: "read", from: "Ann", step: 3, generation: 1, passedOn: 0, event: "world:v#9" },
];
const homophily = [
  { attribute: "gender", kind: "nominal", assortativity: -0.5, same: 0.25, sameByChance: 0.5, modularity: 0, ties: 8 },
  { attribute: "age", kind: "numeric", assortativity: 0.3, same: 0, sameByChance: 0.1, modularity: null, ties: 8 },
  { attribute: "town", kind: "nominal", assortativity: null, same: 1, sameByChance: 1, modularity: 0, ties: 8 },
];
/** As a CSV file has them. */
const asText = (rows: readonly object[]) =>
  rows.map((row) =>
    Object.fromEntries(Object.entries(row).map(([key, value]) => [key, value === null ? "" : String(value)])),
  );

describe.each([
  ["of a study", <R extends object>(rows: readonly R[]): readonly object[] => rows],
  ["read from a file", asText],
])("charts of measures %s", (_name, given) => {
  it("draw the spread of a statement as how many it had reached, and as a tree", () => {
    expect(dataCharts(given(spread), "person")).toEqual([
      {
        ...{ kind: "bars", title: "How many it had reached", note: "n = 3", measure: "people" },
        bars: [
          { label: "before", value: 1 },
          { label: "step 1", value: 2 },
          { label: "step 2", value: 2 },
          { label: "step 3", value: 3 },
        ],
      },
      {
        ...{ kind: "network", title: "Who had it first from whom" },
        nodes: [
          { id: "Ann", label: "Ann", group: "outside" },
          { id: "Bob", label: "Bob", group: "told" },
          { id: "Cleo", label: "Cleo", group: "read" },
        ],
        links: [
          { from: "Ann", to: "Bob" },
          { from: "Ann", to: "Cleo" },
        ],
      },
    ]);
  });
  it("draw where people stand as who is something to most, and how that is spread", () => {
    const positions = [0, 3, 1, 3, 7].map((degreeIn, place) => ({
      ...{ person: `p${place}`, name: `P${place}`, degreeIn, degreeOut: 2, clustering: 0, component: 1 },
    }));
    const [known, spreadOut] = dataCharts(given(positions), "name");
    const bars = [
      ["P4", 7],
      ["P1", 3],
      ["P3", 3],
      ["P2", 1],
    ].map(([label, value]) => ({ label, value }));
    expect(known).toMatchObject({ kind: "bars", bars });
    if (spreadOut?.kind !== "histogram") throw new TypeError("Another chart was drawn.");
    expect(spreadOut.bins.reduce((sum, { count }) => sum + count, 0)).toBe(5);
    expect(spreadOut.bins.find(({ from, to }) => from <= 7 && to > 7)?.count).toBe(1);
  });
  it("draw communities by how many belong to each, and nobody who belongs to none", () => {
    const rows = [1, 1, 2, 2, 1, 3].map((community, place) => ({
      ...{ person: `P${place}`, community, size: 0, modularity: 0.375 },
    }));
    expect(dataCharts(given(rows), "person")).toEqual([
      {
        ...{ kind: "bars", title: "How many belong to each community", note: "n = 6; modularity 0.38" },
        ...{ measure: "people" },
        bars: [
          { label: "1", value: 3 },
          { label: "2", value: 2 },
        ],
      },
    ]);
  });
  it("draw homophily beside chance, groups by ties between equals and all by their coefficient", () => {
    expect(dataCharts(given(homophily), "attribute")).toMatchObject([
      {
        kind: "against target",
        levels: [
          { label: "gender", value: 25, target: 50 },
          { label: "town", value: 100, target: 100 },
        ],
      },
      {
        kind: "bars",
        bars: [
          { label: "gender", value: -0.5 },
          { label: "age", value: 0.3 },
        ],
      },
    ]);
  });
});

describe("charts of measures", () => {
  it("stay readable where a statement reached hundreds in hundreds of steps", () => {
    const many = Array.from({ length: 200 }, (_, place) => ({
      ...{
        person: `P${place}`,
        how: "told",
        from: place === 0 ? null : "P0",
        step: place + 1,
        generation: 1,
        passedOn: 0,
      },
    }));
    const [bars, tree] = dataCharts(many);
    if (bars?.kind !== "bars" || tree?.kind !== "network") throw new TypeError("Other charts were drawn.");
    expect(bars.bars).toHaveLength(29);
    expect(bars.bars.at(-1)).toEqual({ label: "step 200", value: 200 });
    expect([tree.nodes.length, tree.note]).toEqual([60, "the first 60 of 200 whom it reached"]);
  });
  it("count whoever was told between two steps with those before them", () => {
    const later = { person: "Dan", how: "outside", from: null, step: null, generation: 0, passedOn: 0 };
    const [bars] = dataCharts([...spread.slice(0, 2), later, ...spread.slice(2)]);
    expect(bars).toMatchObject({ bars: [{ value: 1 }, { value: 3 }, { value: 3 }, { label: "step 3", value: 4 }] });
  });
  it("leave out what is not there, and take no other table for theirs", () => {
    const alone = [{ ...spread[0], passedOn: 0 }];
    expect(dataCharts(alone).map(({ kind }) => kind)).toEqual(["bars"]);
    const nothing = [{ ...homophily[2], same: null, sameByChance: null }];
    expect(dataCharts(nothing)).toEqual([]);
    const steps = [1, 2, 3, 4, 4, 3, 2, 1, 1].map((step) => ({ step, how: "told" }));
    expect(dataCharts(steps).map(({ kind, title }) => [kind, title])).toEqual([["bars", "step"]]);
  });
});
