import type { Instrument } from "../../../src/survey/instrument/document.ts";
import { parseInstrument } from "../../../src/survey/instrument/read/parse.ts";

/** An instrument of these items. */
export const surveyOf = (items: readonly object[], more: object = {}): Instrument =>
  parseInstrument({ survey: 1, name: "tea", items, ...more });

/** Of each of the commonest kinds one item. */
export const common: readonly object[] = [
  { id: "why", kind: "text", text: "Why do you drink tea?", most: 500, optional: true },
  { id: "intro", kind: "note", text: "Think of the last week." },
  { id: "drinks", kind: "yes-no", text: "Do you drink tea?" },
  {
    id: "kind",
    kind: "choice",
    text: "Which do you like best?",
    options: ["black", "green", { id: "herb", label: "Herbal tea" }],
    other: true,
  },
  {
    ...{ id: "where", kind: "checkbox", text: "Where do you drink it?", least: 2, most: 3 },
    options: ["at home", "at work", "in cafés", { id: "none", label: "Nowhere", exclusive: true, fixed: true }],
  },
  {
    id: "likes",
    kind: "likert",
    text: "I like tea.",
    hint: "Say how far you agree.",
    labels: ["not at all", "a little", "very much"],
  },
  { id: "rank", kind: "rank", text: "Put them in order.", options: ["milk", "lemon", "sugar"] },
  { id: "best", kind: "top", text: "Which are best?", options: ["milk", "lemon", "sugar"], most: 2 },
  { id: "cups", kind: "number", text: "How many cups a day?", low: 0, high: 40, whole: true, unit: "cups" },
  {
    id: "points",
    kind: "scale",
    text: "How good was the last one?",
    low: 1,
    high: 7,
    labels: { 1: "bad", 7: "very good" },
  },
  {
    id: "warm",
    kind: "slider",
    text: "How warm do you like it?",
    unit: "°C",
    low: 20,
    lowLabel: "cold",
    highLabel: "boiling",
  },
];

/** Of each of the other kinds one item. */
export const further: readonly object[] = [
  {
    ...{ id: "logo", kind: "image-choice", text: "Which tin would you open?" },
    options: [
      { id: "red", label: "A red tin", image: "red.png" },
      { id: "blue", label: "A blue tin", image: "blue.png" },
    ],
  },
  { id: "nps", kind: "net-promoter", text: "How likely are you to recommend it?" },
  { id: "price", kind: "van-westendorp", text: "Think of a tin of 100 g.", unit: "euros", high: 100 },
  {
    id: "spend",
    kind: "budget",
    text: "Divide your money.",
    options: ["tea", "cake", "cups"],
    total: 50,
    unit: "euros",
  },
  {
    ...{ id: "shop", kind: "matrix", text: "How is the shop?" },
    ...{ rows: [{ id: "staff", label: "The staff" }, "choice"], labels: ["poor", "fair", "good"] },
  },
  { id: "duel", kind: "pairwise", text: "Which do you prefer?", options: ["tea", "coffee", "cocoa"] },
  {
    id: "traits",
    kind: "best-worst",
    text: "What matters?",
    options: ["price", "taste", "smell", "tin"],
    best: "Matters most",
    worst: "Matters least",
  },
  {
    ...{ id: "offer", kind: "conjoint", text: "Which would you buy?", count: 2, alternatives: 2, none: "None of them" },
    attributes: [
      { id: "kind", label: "Kind", levels: ["black", "green"] },
      { id: "price", label: "Price", levels: ["3 €", "5 €"] },
    ],
  },
  { id: "words", kind: "list", text: "Which words come to mind?", least: 1, most: 3 },
  {
    ...{ id: "last", kind: "object", text: "Tell of your last cup." },
    shape: {
      type: "object",
      properties: { kind: { type: "string", enum: ["black", "green"] }, cups: { type: "integer", minimum: 1 } },
      required: ["kind"],
    },
  },
];

/** What nobody is asked. */
export const derived: readonly object[] = [
  {
    id: "score",
    kind: "computed",
    text: "The shop, from 1 to 3",
    formula: "round(mean([shop.staff], shop.choice), 1)",
  },
];
