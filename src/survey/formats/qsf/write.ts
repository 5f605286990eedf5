import type { Scale } from "../../../kernel/contracts/answers/scale.ts";
import type { Issue } from "../../../kernel/values/errors.ts";
import { type Instrument, itemsOf } from "../../instrument/document.ts";
import { type Item, kindOf, partsOf } from "../../instrument/items.ts";
import type { ItemPart } from "../../instrument/kind.ts";
import { pipesIn, textsOf } from "../../instrument/piping.ts";
import type { AnswerOption } from "../../instrument/written.ts";

type Data = Readonly<Record<string, unknown>>;

/** An instrument as Qualtrics reads it, and what of it has no place there. */
export interface QualtricsFile {
  readonly text: string;
  readonly left: readonly Issue[];
}

/** How each kind of scale is asked in Qualtrics. */
const questions: {
  readonly [Kind in Scale["kind"]]: (scale: Scale & { readonly kind: Kind }, part: ItemPart) => Data;
} = {
  nominal: (_, { options }) => ({ QuestionType: "MC", Selector: "SAVR", SubSelector: "TX", ...choicesOf(options) }),
  ordinal: (_, { options }) => ({ QuestionType: "MC", Selector: "SAVR", SubSelector: "TX", ...choicesOf(options) }),
  choices: ({ least, most }, { options }) => ({
    ...{ QuestionType: "MC", Selector: "MAVR", SubSelector: "TX", ...choicesOf(options) },
    Validation: validation({ Type: "ChoiceRange", MinChoices: String(least ?? ""), MaxChoices: String(most ?? "") }),
  }),
  number: ({ low, high, whole }, { look }) =>
    look === "slider"
      ? {
          QuestionType: "Slider",
          Selector: "HSLIDER",
          Choices: { 1: { Display: "" } },
          ChoiceOrder: ["1"],
          Configuration: { CSSliderMin: low ?? 0, CSSliderMax: high ?? 100 },
        }
      : {
          ...{ QuestionType: "TE", Selector: "SL" },
          Validation: validation({
            Type: "ContentType",
            ContentType: "ValidNumber",
            ValidNumber: { Min: String(low ?? ""), Max: String(high ?? ""), NumDecimals: whole ? "0" : "" },
          }),
        },
  ranking: (_, { options }) => ({ QuestionType: "RO", Selector: "DND", SubSelector: "TX", ...choicesOf(options) }),
  allocation: ({ total }, { options }) => ({
    ...{ QuestionType: "CS", Selector: "VRTL", SubSelector: "TX", ...choicesOf(options) },
    Validation: validation({ Type: "ChoicesTotal", ChoiceTotal: String(total) }),
  }),
  text: (_, { look }) => ({ QuestionType: "TE", Selector: look === "short" ? "SL" : "ML" }),
  texts: () => ({ QuestionType: "TE", Selector: "ML" }),
  object: () => ({ QuestionType: "TE", Selector: "ML" }),
};

const validation = (settings: Data): Data => ({ Settings: { ...settings } });

/** An instrument as a file of Qualtrics (.qsf): each part of an item a question, options by their ids; what has no place is named. */
export function qualtricsFile(instrument: Instrument): QualtricsFile {
  const all = itemsOf(instrument).flatMap((item) => questionsOf(item));
  const numbers = new Map(all.map(({ id }, place) => [id, `QID${place + 1}`]));
  const tags = tagsOf(all);
  const elements = [
    element("BL", "Survey Blocks", blocksOf(instrument, numbers)),
    element("FL", "Survey Flow", {
      Type: "Root",
      FlowID: "FL_1",
      Flow: instrument.blocks.map((_, place) => ({
        ID: `BL_${place + 1}`,
        Type: "Standard",
        FlowID: `FL_${place + 2}`,
      })),
    }),
    ...all.map(({ id, payload }, place) =>
      element("SQ", String(numbers.get(id)), {
        ...payload,
        QuestionID: numbers.get(id),
        DataExportTag: tags[place],
      }),
    ),
  ];
  const file = {
    SurveyEntry: {
      SurveyID: "SV_1",
      SurveyName: instrument.name,
      SurveyLanguage: instrument.language.slice(0, 2).toUpperCase(),
      SurveyStatus: "Inactive",
    },
    SurveyElements: elements,
  };
  return { text: `${JSON.stringify(file, null, 2)}\n`, left: leftOf(instrument) };
}

const element = (kind: string, primary: string, payload: unknown): Data => ({
  SurveyID: "SV_1",
  Element: kind,
  PrimaryAttribute: primary,
  SecondaryAttribute: null,
  TertiaryAttribute: null,
  Payload: payload,
});

function blocksOf({ blocks }: Instrument, numbers: ReadonlyMap<string, string>): readonly Data[] {
  return blocks.map(({ id, title, itemOrder, items }, place) => ({
    ...{ Type: place === 0 ? "Default" : "Standard", Description: title ?? id, ID: `BL_${place + 1}` },
    BlockElements: items.flatMap(questionsOf).map(({ id }) => ({ Type: "Question", QuestionID: numbers.get(id) })),
    ...(itemOrder !== "written" && { Options: { RandomizeQuestions: "RandomizeAll" } }),
  }));
}

interface Question {
  /** Of the part, or of the note. */
  readonly id: string;
  readonly payload: Data;
}

/** Tags of letters, digits, - and _, no two of which are the same. */
function tagsOf(questions: readonly Question[]): readonly string[] {
  const taken = new Set<string>();
  return questions.map(({ id }) => {
    const tag = id.replace(/[^\w-]+/g, "_");
    let own = tag;
    for (let count = 2; taken.has(own.toLowerCase()); count++) own = `${tag}_${count}`;
    taken.add(own.toLowerCase());
    return own;
  });
}

function questionsOf(item: Item): readonly Question[] {
  if (kindOf(item).formula !== undefined) return [];
  const shared = item.optionOrder === "written" ? {} : { Randomization: { Type: "All" } };
  const forced = item.optional ? "OFF" : "ON";
  const parts = partsOf(item);
  if (parts.length === 0)
    return [{ id: item.id, payload: { QuestionText: htmlOf(item.text), QuestionType: "DB", Selector: "TB" } }];
  return parts.map((part) => {
    const write = questions[part.scale.kind] as (scale: Scale, part: ItemPart) => Data;
    const own = write(part.scale, part);
    const settings = (own["Validation"] as { readonly Settings?: Data } | undefined)?.Settings ?? {};
    const text = [item.text, item.hint, part.asks].filter((one) => one !== undefined).join("\n");
    return {
      id: part.id,
      payload: {
        ...own,
        ...shared,
        QuestionText: htmlOf(text),
        Validation: { Settings: { ...settings, ForceResponse: forced } },
      },
    };
  });
}

function choicesOf(options: readonly AnswerOption[]): Data {
  const numbered = options.map((option, place) => [String(place + 1), option] as const);
  return {
    Choices: Object.fromEntries(
      numbered.map(([key, { label, open, exclusive }]) => [
        key,
        { Display: htmlOf(label), ...(open && { TextEntry: "true" }), ...(exclusive && { ExclusiveAnswer: true }) },
      ]),
    ),
    ChoiceOrder: numbered.map(([key]) => key),
    VariableNaming: Object.fromEntries(numbered.map(([key, { id }]) => [key, id])),
  };
}

function leftOf(instrument: Instrument): readonly Issue[] {
  const whole = [
    ...(instrument.quotas.length > 0 ? ["Quotas are not written."] : []),
    ...(instrument.blockOrder === "written" ? [] : ["The order of blocks is not written."]),
    ...(instrument.intro === undefined && instrument.thanks === undefined
      ? []
      : ["The introduction and the thanks are not written."]),
    ...(instrument.blocks.some((block) => block.if !== undefined) ? ["Conditions of blocks are not written."] : []),
  ];
  return [
    ...whole.map((message) => ({ path: "", message })),
    ...itemsOf(instrument).flatMap((item) => leftOfItem(item)),
  ];
}

function leftOfItem(item: Item): readonly Issue[] {
  const parts = partsOf(item);
  const kinds = parts.map(({ scale }) => scale.kind);
  const isRanked = parts.some(({ scale }) => scale.kind === "ranking" && scale.most !== undefined);
  const messages = [
    ...(kindOf(item).formula === undefined ? [] : ["What follows from answers is not written."]),
    ...(item.if === undefined ? [] : ["Its condition is not written: it is asked of all."]),
    ...(item.skip === undefined ? [] : ["Its skips are not written."]),
    ...(item.screenOut === undefined ? [] : ["Nobody is screened out by it."]),
    ...(item.expect === undefined ? [] : ["That it is an attention check is not written."]),
    ...(item.paraphrases === undefined ? [] : ["Its paraphrases are not written."]),
    ...(textsOf({ ...item, parts }).some((text) => pipesIn(text).length > 0)
      ? ["Earlier answers in its text are not written."]
      : []),
    ...(parts.length > 1 ? [`It is asked as ${parts.length} questions.`] : []),
    ...(parts.some(({ unlike }) => unlike !== undefined) ? ["That two of its answers differ is not written."] : []),
    ...(item.partOrder === "written" ? [] : ["Its questions stay in their order."]),
    ...(parts.some(({ ends, unit }) => unit !== undefined || ends?.low !== undefined || ends?.high !== undefined)
      ? ["Its unit and what its ends mean are not written."]
      : []),
    ...(item.image !== undefined || parts.some(({ options }) => options.some(({ image }) => image !== undefined))
      ? ["Its pictures are not written."]
      : []),
    ...(kinds.includes("ordinal") ? ["That its options have an order is not written."] : []),
    ...(kinds.includes("texts") || kinds.includes("object") ? ["It is asked as one text."] : []),
    ...(isRanked ? ["All of its options are ranked."] : []),
    ...(item.optionOrder === "balanced" || item.optionOrder === "reversed"
      ? ["Its options are shuffled instead."]
      : []),
  ];
  return messages.map((message) => ({ path: item.id, message }));
}

/** Plain text as HTML in which nothing is markup. */
const htmlOf = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`).replaceAll("\n", "<br>");
