import type { QsfQuestion } from "./file.ts";
import { plainText } from "./plain.ts";

/** An item as it is written, or why a question cannot be one. */
export type Taken =
  | { readonly item: Readonly<Record<string, unknown>>; readonly note?: string }
  | { readonly left: string };

/** What is read of a question. */
export interface Reading {
  readonly question: QsfQuestion;
  readonly base: Readonly<Record<string, unknown>>;
}

type Taker = (reading: Reading) => Taken;

const ordered = "Its columns are taken as an ordered scale, lowest first, as they stand";

/** How each type of question is taken; the others are named and left out. */
const takers: Readonly<Record<string, Taker>> = {
  DB: ({ question, base }) =>
    question.Selector === "GRB" || question.Selector === "GRO"
      ? { left: "it shows a picture" }
      : { item: { ...base, kind: "note" } },
  MC: ({ question, base }) => {
    const options = optionsOf(question, "Choices");
    if (question.Selector === "NPS")
      return { item: { ...base, kind: "net-promoter", lowLabel: "not at all likely", highLabel: "extremely likely" } };
    if (options.length < 2) return { left: "it has fewer than two choices" };
    const order = shuffled(question);
    if (!/^M/.test(question.Selector ?? "")) return { item: { ...base, kind: "choice", options, ...order } };
    const { MinChoices, MaxChoices } = settings(question);
    const least = base["optional"] === true ? undefined : 1;
    return {
      item: {
        ...base,
        kind: "checkbox",
        options,
        ...order,
        ...limits({ least: MinChoices ?? least, most: MaxChoices }),
      },
    };
  },
  TE: textItem,
  Matrix: ({ question, base }) => {
    const rows = optionsOf(question, "Choices");
    const columns = optionsOf(question, "Answers");
    const { Selector = "", SubSelector = "" } = question;
    if (Selector !== "Likert" || rows.length === 0 || columns.length < 2)
      return { left: `a matrix of the kind ${Selector}` };
    const moved = shuffled(question)["optionOrder"] === undefined ? {} : { partOrder: "shuffled" };
    if (SubSelector === "MultipleAnswer")
      return { item: { ...base, kind: "matrix", rows, options: columns, several: true, ...moved } };
    if (columns.length > 11) return { item: { ...base, kind: "matrix", rows, options: columns, ...moved } };
    return { item: { ...base, kind: "matrix", rows, labels: columns, ...moved }, note: ordered };
  },
  RO: ({ question, base }) => ({
    item: { ...base, kind: "rank", options: optionsOf(question, "Choices"), ...shuffled(question) },
  }),
  CS: ({ question, base }) => {
    const { ChoiceTotal: total } = settings(question);
    if (total === undefined || !(total > 0)) return { left: "its amounts have no total" };
    return { item: { ...base, kind: "budget", options: optionsOf(question, "Choices"), total, ...shuffled(question) } };
  },
  Slider: ({ question, base }) => {
    const options = optionsOf(question, "Choices");
    const { CSSliderMin: low = 0, CSSliderMax: high = 100 } = question.Configuration ?? {};
    if (options.length > 1) return { left: "it has several sliders: make each a question of its own" };
    return { item: { ...base, kind: "slider", low, high } };
  },
};

/** A question as an item, where it can be one. */
export function itemOf(reading: Reading): Taken {
  const { QuestionType: type } = reading.question;
  const take = Object.hasOwn(takers, type) ? takers[type] : undefined;
  return take === undefined ? { left: `there is no such kind of item (${type})` } : take(reading);
}

function textItem({ question, base }: Reading): Taken {
  const { ContentType, ValidNumber } = settings(question);
  if (question.Selector === "FORM") return { left: "it is a form: make each field a question of its own" };
  if (ContentType === "ValidNumber") {
    const { Min, Max, NumDecimals } = ValidNumber ?? {};
    const bounds = Object.fromEntries(
      Object.entries({ low: Min, high: Max }).filter(([, value]) => Number.isFinite(value)),
    );
    return { item: { ...base, kind: "number", ...bounds, whole: NumDecimals === 0 } };
  }
  const note =
    ContentType === undefined || ContentType === ""
      ? {}
      : { note: `That an answer has to be a ${ContentType} is not kept` };
  return { item: { ...base, kind: "text", ...(question.Selector === "SL" && { short: true }) }, ...note };
}

const settings = ({ Validation }: QsfQuestion) => Validation?.Settings ?? {};

const limits = (given: { readonly least: number | undefined; readonly most: number | undefined }): object =>
  Object.fromEntries(Object.entries(given).filter(([, value]) => Number.isInteger(value)));

/** What "None" and "Advanced" leave as it is stands as written. */
const shuffled = ({ Randomization }: QsfQuestion): Readonly<Record<string, unknown>> =>
  Randomization?.Type === "All" ? { optionOrder: "shuffled" } : {};

/** Options as they are shown; called as in exports of data: by name, else by code, else by number. */
function optionsOf(question: QsfQuestion, of: "Choices" | "Answers"): readonly Readonly<Record<string, unknown>>[] {
  const choices = question[of] ?? new Map();
  // Codes and names are those of a matrix's columns.
  const isRow = of === "Choices" && question.QuestionType === "Matrix";
  const order = (of === "Choices" ? question.ChoiceOrder : question.AnswerOrder) ?? [...choices.keys()];
  const labels = new Set<string>();
  return order.flatMap((key) => {
    const choice = choices.get(key);
    if (choice === undefined) return [];
    const label = unlike(plainText(choice.Display ?? "") || key, labels);
    return [
      {
        id: isRow ? key : optionId(question, key),
        label,
        ...(choice.TextEntry && { open: true }),
        ...(choice.ExclusiveAnswer && { exclusive: true }),
      },
    ];
  });
}

/** A label that no other has: options are told apart by them. */
function unlike(label: string, taken: Set<string>): string {
  let own = label;
  for (let count = 2; taken.has(own.toLowerCase()); count++) own = `${label} (${count})`;
  taken.add(own.toLowerCase());
  return own;
}

/** What an option is called in exports of data; where two would be called the same, each is called by its number. */
export function optionId({ VariableNaming, RecodeValues }: QsfQuestion, key: string): string {
  const names = [VariableNaming, RecodeValues].find((one) => one?.has(key) && areOwn([...one.values()]));
  return names?.get(key) ?? key;
}

const areOwn = (names: readonly string[]): boolean =>
  new Set(names.map((name) => name.toLowerCase())).size === names.length;
