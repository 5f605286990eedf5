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
