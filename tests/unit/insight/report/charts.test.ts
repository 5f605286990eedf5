import { describe, expect, it } from "vitest";
import { dataCharts } from "../../../../src/insight/report/data-charts.ts";
import { interactionCharts } from "../../../../src/insight/report/interaction-charts.ts";
import type { TranscriptEntry } from "../../../../src/kernel/contracts/events.ts";

const orders = [
  [1, 2, 3],
  [2, 1, 3],
  [1, 3, 2],
  [1, 2, 3],
];
const said = ["Strongly agree", "agree", "disagree", "agree"];
const rows = orders.map(([tea, coffee, milk], place) => ({
  ...{ who: `P${place}`, tea, coffee, milk, easy: [1, 5, 4, 2][place], fair: [2, 2, 5, 4][place], feels: said[place] },
  ...{ city: ["Oslo", "Rome", "Oslo", "Oslo"][place], why: `Because of ${place}.`, simulated: true },
}));
const ages = Array.from({ length: 40 }, (_, place) => ({ age: 20 + place, half: place / 2 }));

describe("what rows of data show by themselves", () => {
  it("has no picture of the numbers of rows, which say nothing of anybody", () => {
    const numbered = Array.from({ length: 12 }, (_, place) => ({ id: place + 1, "": place, age: 20 + place }));
    expect(dataCharts(numbered).map(({ title }) => title)).toEqual(["age"]);
  });

  it("is orders as a ranking, scales as Likert stacks, what comes again as bars, in words and in a CSV's text", () => {
    const asText = rows.map((row) =>
      Object.fromEntries(Object.entries(row).map(([name, value]) => [name, String(value)])),
    );
    for (const given of [rows, asText]) {
      const charts = dataCharts(given, "who");
      expect(charts.map(({ kind, title }) => [kind, title])).toEqual([
        ["ranking", "In which place each was put"],
        ["likert", "Answers from 1 to 5"],
        ["likert", "feels"],
        ["bars", "city"],
      ]);
      expect(charts[0]).toMatchObject({ items: [{ label: "tea", counts: [3, 1, 0] }, {}, { counts: [0, 1, 3] }] });
      expect(charts[1]).toMatchObject({ rows: [{ label: "easy", counts: [1, 1, 0, 1, 1] }, { label: "fair" }] });
      expect(charts[2]).toMatchObject({ rows: [{ counts: [0, 1, 0, 2, 1] }] });
      expect(charts[3]).toMatchObject({
        bars: [
          { label: "Oslo", value: 75 },
          { label: "Rome", value: 25 },
        ],
      });
    }
  });

  it("is a distribution where there are many numbers, and nothing where each says something else", () => {
    const charts = dataCharts(ages);
    expect(charts.map(({ kind, title }) => [kind, title])).toEqual([
      ["histogram", "age"],
      ["histogram", "half"],
    ]);
    for (const chart of charts) {
      if (chart.kind !== "histogram") throw new Error("They are distributions.");
      expect(chart.bins.reduce((sum, { count }) => sum + count, 0)).toBe(40);
    }
    expect(dataCharts([{ why: "a" }, { why: "b" }, {}])).toEqual([]);
    // Places that two share are no order, and children are no scale.
    const tied = rows.map((row) => ({ ...row, coffee: row.tea, children: (row.tea ?? 1) - 1 }));
    expect(dataCharts(tied, "who").map(({ kind }) => kind)).not.toContain("ranking");
  });
});

describe("what a transcript shows by itself", () => {
  const entry = (place: number, from: string, more: Partial<TranscriptEntry> = {}): TranscriptEntry => ({
    ...{ id: `${from}#${place}.0`, kind: "action", type: "TALK", from, to: [], text: "Well.", step: place },
    ...more,
  });
  const entries = [
    entry(1, "Ann", { to: ["Bo"] }),
    entry(1, "Bo", { to: ["Ann", "a stranger"] }),
    entry(2, "Ann", { to: ["Bo"] }),
    entry(3, "Bo", { type: "THINK" }),
    entry(4, "Ann", { type: "DONE" }),
    entry(5, "Ann", { kind: "stimulus", type: "VISUAL" }),
  ];

  it("is how often each spoke, who spoke to whom, and who did what when, each thing once", () => {
    const [bars, network, timeline] = interactionCharts([...entries, ...entries]);
    expect(bars).toMatchObject({
      kind: "bars",
      bars: [
        { label: "Ann", value: 2 },
        { label: "Bo", value: 1 },
      ],
    });
    expect(network).toMatchObject({
      kind: "network",
      links: [
        { from: "Ann", to: "Bo", weight: 2 },
        { from: "Bo", to: "Ann", weight: 1 },
      ],
    });
    expect(timeline).toMatchObject({ kind: "timeline", rows: ["Ann", "Bo"] });
    expect(timeline).toHaveProperty("events.length", 4);
  });

  it("is nothing where one alone speaks, and of a crowd those who spoke most", () => {
    expect(interactionCharts(entries.slice(0, 1))).toEqual([]);
    const crowd = Array.from({ length: 40 }, (_, place) => entry(place, `P${place}`));
    const [bars] = interactionCharts([...crowd, entry(99, "P39")]);
    expect(bars).toMatchObject({
      note: "the 30 of 40 who spoke most",
      bars: { length: 30, 0: { label: "P39", value: 2 } },
    });
  });
});
