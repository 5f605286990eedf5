import type { Chart } from "../../../src/plot/chart.ts";

/** A label that tries to be markup, an expression, an address and a control at once. */
export const hostile = `</text><script>alert(1)</script>"'&{{datum.x}} \${x} javascript:alert(1)\u0000\u001b[31m\u202e\ud800`;

/** One chart of each kind, with a label of one's choice in every place that has one. */
export const chartsWith = (label: string): readonly Chart[] => [
  {
    kind: "bars",
    title: `Ages ${label}`,
    note: "n = 50 · simulated",
    measure: "share of people, %",
    bars: [
      { label: "18-29", value: 20 },
      { label, value: 33.3 },
      { label: "60 and more", value: 46.7 },
    ],
  },
  {
    kind: "bars",
    title: "Ages by gender",
    measure: label,
    bars: ["women", label].flatMap((group) => [
      { label: "18-29", value: 20, group },
      { label: "30 and more", value: 80, group },
    ]),
  },
  {
    kind: "likert",
    title: "Trust",
    levels: ["not at all", "little", label, "much", "fully"],
    rows: [
      { label, counts: [1, 2, 3, 4, 5] },
      { label: "doctors", counts: [0, 0, 1, 4, 9] },
      { label: "nobody answered", counts: [] },
    ],
  },
  {
    kind: "histogram",
    title: "Ages",
    measure: label,
    bins: [
      { from: 18, to: 30, count: 12 },
      { from: 30, to: 42, count: 20 },
      { from: 42, to: 54, count: 0 },
      { from: 54, to: 66, count: 7 },
    ],
  },
  {
    kind: "heat map",
    title: "Gender and education",
    across: { title: label, labels: ["school", label, "degree"] },
    down: { title: "gender", labels: ["women", "men", label] },
    measure: "people",
    values: [
      [3, 12, 5],
      [9, undefined, 4],
      [0, 1],
    ],
  },
  {
    kind: "against target",
    title: "Regions against the target",
    measure: "share of people, %",
    names: { value: "people", target: label },
    levels: [
      { label, value: 30, target: 25 },
      { label: "south", value: 70, target: 75 },
    ],
  },
  {
    kind: "scatter",
    title: "Age and income",
    x: label,
    y: "income",
    points: [
      { x: 20, y: 1000 },
      { x: 40, y: 3000, group: "women" },
      { x: 60, y: 2500, group: label },
    ],
  },
  {
    kind: "ranking",
    title: "Features in order",
    items: [
      { label, counts: [5, 3, 2] },
      { label: "price", counts: [2, 6, 1] },
      { label: "speed", counts: [3, 1, 7] },
    ],
  },
  {
    kind: "intervals",
    title: "Choice of an ad",
    measure: label,
    reference: 33.3,
    estimates: [
      { label: "A", value: 40, low: 31, high: 50, group: label },
      { label: "A", value: 45, low: 40, high: 51, group: "people" },
      { label, value: 25, low: 17, high: 34, group: label },
    ],
  },
  {
    kind: "network",
    title: "Who talks with whom",
    nodes: [
      { id: "a", label },
      { id: "b", label: "Oscar", group: "design" },
      { id: "c", label: "Marcos", group: label },
    ],
    links: [
      { from: "a", to: "b", weight: 3 },
      { from: "b", to: "a" },
      { from: "c", to: "b" },
      { from: "c", to: "nobody" },
    ],
  },
  {
    kind: "timeline",
    title: "Who spoke when",
    rows: ["Lisa", label],
    measure: "step",
    events: [
      { row: "Lisa", at: 1, group: "said" },
      { row: label, at: 2, group: label },
      { row: "nobody", at: 3 },
    ],
  },
  {
    kind: "timeline",
    title: "A week",
    rows: [label],
    measure: "time",
    events: [
      { row: label, at: "2026-01-05T09:00:00Z" },
      { row: label, at: "2026-01-06T09:00:00Z" },
    ],
  },
];
