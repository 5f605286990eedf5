import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { parseQualtrics } from "../../../src/survey/formats/qsf/read.ts";
import { qualtricsFile } from "../../../src/survey/formats/qsf/write.ts";
import { instrumentText } from "../../../src/survey/formats/written.ts";
import { itemsOf } from "../../../src/survey/instrument/document.ts";
import { partsOf } from "../../../src/survey/instrument/items.ts";
import { parseInstrument } from "../../../src/survey/instrument/read/parse.ts";
import { common, derived, further, surveyOf } from "./instruments.ts";

const whole = surveyOf([...common, ...further, ...derived], {
  intro: "Hello.",
  quotas: [{ name: "q", if: { item: "drinks", is: "yes" }, most: 3 }],
});

describe("an instrument that is written", () => {
  it.each(["yaml", "json"] as const)("as %s is the same when it is read", async (format) => {
    const text = await instrumentText(whole, format);
    expect(parseInstrument(parse(text))).toEqual(whole);
    expect(text).not.toContain("optionOrder");
  });
});

/** A question of a Qualtrics file. */
const asked = (id: number, payload: object) => ({
  ...{ SurveyID: "SV_1", Element: "SQ", PrimaryAttribute: `QID${id}` },
  Payload: { QuestionID: `QID${id}`, DataExportTag: `Q${id}`, ...payload },
});
const choices = (...labels: string[]) =>
  Object.fromEntries(labels.map((Display, place) => [String(place + 1), { Display }]));
const forced = (more: object = {}) => ({ Validation: { Settings: { ForceResponse: "ON", ...more } } });
const about = (logic: object) => ({
  0: { 0: { LogicType: "Question", ...logic }, Type: "If" },
  Type: "BooleanExpression",
});
const qsf = {
  SurveyEntry: { SurveyName: "Tea &amp; cake", SurveyLanguage: "EN" },
  SurveyElements: [
    {
      Element: "BL",
      Payload: [
        { Type: "Trash", ID: "BL_0", BlockElements: [{ Type: "Question", QuestionID: "QID9" }] },
        {
          Type: "Standard",
          ID: "BL_2",
          Description: "Last",
          BlockElements: [6, 7, 8, 10, 11].map((id) => ({ Type: "Question", QuestionID: `QID${id}` })),
          Options: { RandomizeQuestions: "Advanced" },
        },
        {
          ...{ Type: "Default", ID: "BL_1", Description: "First" },
          BlockElements: [
            {
              Type: "Question",
              QuestionID: "QID1",
              SkipLogic: [
                {
                  ChoiceLocator: "q://QID1/SelectableChoice/2",
                  Condition: "Selected",
                  SkipToDestination: "ENDOFSURVEY",
                },
              ],
            },
            { Type: "Page Break" },
            ...[2, 3, 4, 5].map((id) => ({ Type: "Question", QuestionID: `QID${id}` })),
          ],
        },
      ],
    },
    {
      Element: "FL",
      Payload: {
        Type: "Root",
        Flow: [
          { Type: "Block", ID: "BL_1" },
          { Type: "Branch", Flow: [{ Type: "Block", ID: "BL_2" }] },
        ],
      },
    },
    { Element: "QO", Payload: {} },
    asked(1, {
      QuestionText: "<b>Do you drink tea?</b><script>alert(1)</script>",
      QuestionType: "MC",
      Selector: "SAVR",
      Choices: choices("Yes", "No"),
      ChoiceOrder: [1, "2"],
      RecodeValues: { 1: "10", 2: "20" },
      ...forced(),
    }),
    asked(2, {
      QuestionText: "Which?<br>Several are fine.",
      QuestionType: "MC",
      Selector: "MAVR",
      Choices: {
        ...choices("Black", "Green"),
        3: { Display: "Other", TextEntry: "true" },
        4: { Display: "None", ExclusiveAnswer: true },
      },
      ChoiceOrder: ["2", "1", "3", "4"],
      Randomization: { Type: "All" },
      ...forced({ MinChoices: "1", MaxChoices: "2" }),
      DisplayLogic: about({
        ChoiceLocator: "q://QID1/SelectableChoice/1",
        LeftOperand: "q://QID1/SelectableChoice/1",
        Operator: "Selected",
      }),
    }),
    asked(3, {
      QuestionText: `Why ${"$"}{q://QID2/ChoiceGroup/SelectedChoices}? ${"$"}{e://Field/city}`,
      QuestionType: "TE",
      Selector: "ML",
    }),
    asked(4, {
      QuestionText: "How many?",
      QuestionType: "TE",
      Selector: "SL",
      ...forced({ ContentType: "ValidNumber", ValidNumber: { Min: "0", Max: "20", NumDecimals: "0" } }),
    }),
    asked(5, {
      QuestionText: "Agree?",
      QuestionType: "Matrix",
      Selector: "Likert",
      SubSelector: "SingleAnswer",
      Choices: choices("Tea calms.", "Tea wakes."),
      Answers: choices("no", "yes"),
      ...forced(),
      DisplayLogic: about({
        LeftOperand: "q://QID4/ChoiceNumericEntryValue",
        Operator: "GreaterThan",
        RightOperand: "3",
      }),
    }),
    asked(6, { QuestionText: "Order.", QuestionType: "RO", Selector: "DND", Choices: choices("a", "b"), ...forced() }),
    asked(7, {
      QuestionText: "Divide.",
      QuestionType: "CS",
      Selector: "VRTL",
      Choices: choices("a", "b"),
      ...forced({ ChoiceTotal: "100" }),
    }),
    asked(8, { QuestionText: "Where?", QuestionType: "HeatMap", Selector: "Image" }),
    asked(9, { QuestionText: "Old", QuestionType: "TE", Selector: "SL" }),
    asked(10, {
      QuestionText: "Slide.",
      QuestionType: "Slider",
      Selector: "HSLIDER",
      Choices: choices("x"),
      Configuration: { CSSliderMin: 1, CSSliderMax: 9 },
      ...forced(),
      DisplayLogic: about({ LogicType: "EmbeddedField", LeftOperand: "city", Operator: "EqualTo" }),
    }),
    asked(11, { QuestionText: "Recommend?", QuestionType: "MC", Selector: "NPS", Choices: choices("0"), ...forced() }),
  ],
};

describe("a file of Qualtrics", () => {
  it("is an instrument, and what has no place in it is named", () => {
    const { instrument, left } = parseQualtrics(qsf);
    expect(instrument).toMatchSnapshot();
    expect(left.map(({ path, message }) => `${path}: ${message}`)).toEqual([
      "quotas: they are not read: write them anew",
      "Q3: 'e://Field/city' in its text is not read.",
      "Q5: Its columns are taken as an ordered scale, lowest first, as they stand.",
      "Q8: It is left out: there is no such kind of item (HeatMap).",
      "Q10: Its display logic is not read: it is asked of all.",
      "Last: 'Advanced' of its questions is not read",
      "flow: 'Branch' is not read: write it as conditions of items or blocks",
    ]);
  });
  it("is read where its logic is about what is left out, and where its texts look like ours", () => {
    const file = {
      SurveyEntry: { SurveyName: "x" },
      SurveyElements: [
        {
          Element: "BL",
          Payload: {
            0: { Type: "Default", BlockElements: [1, 2].map((id) => ({ Type: "Question", QuestionID: `QID${id}` })) },
          },
        },
        asked(1, { QuestionText: "Draw.", QuestionType: "Draw" }),
        asked(2, {
          DataExportTag: "name",
          ...{
            QuestionText: "{{nobody}}",
            QuestionType: "Matrix",
            Selector: "Likert",
            Choices: choices("r"),
            Answers: choices("no", "yes"),
          },
          ...{
            RecodeValues: { 1: "0", 2: "1" },
            DisplayLogic: about({ LeftOperand: "q://QID1/ChoiceTextEntryValue", Operator: "NotEmpty" }),
          },
        }),
      ],
    };
    const { instrument, left } = parseQualtrics(file);
    expect(itemsOf(instrument)).toMatchObject([
      { id: "QID2", text: "{ {nobody}}", rows: [{ id: "1" }], labels: [{ id: "0" }, { id: "1" }] },
    ]);
    expect(left.map(({ path }) => path)).toEqual(["Q1", "QID2", "QID2"]);
  });
  it("names all that it has and an item has not, and gives up a question or a rule, not the file", () => {
    const block = (more: object, ...ids: readonly number[]) => ({
      ...{ Type: "Standard", BlockElements: ids.map((id) => ({ Type: "Question", QuestionID: `QID${id}` })) },
      ...more,
    });
    const single = { QuestionText: "?", QuestionType: "MC", Selector: "SAVR", ...forced() };
    const file = {
      SurveyEntry: { SurveyName: "x" },
      SurveyElements: [
        {
          Element: "BL",
          Payload: [
            block({ Description: "Loops", Options: { Looping: "Static" } }, 1, 2, 3),
            block({ Description: "Gone" }, 4, 77, 5),
            { Type: "Standard", BlockElements: "none" },
          ],
        },
        { Element: "SCO", Payload: {} },
        asked(1, {
          ...{ ...single, Choices: choices("a", "b"), Randomization: { Type: "Advanced" }, QuestionJS: "alert(1)" },
          ...{ RecodeValues: { 1: "5", 2: "5" }, DynamicChoices: { Locator: "q://QID2" }, DefaultChoices: { 1: true } },
        }),
        asked(2, {
          ...{ ...single, Choices: { 1: { Display: "a", DisplayLogic: { 0: {} } }, 2: { Display: "A" } } },
          ...{ Language: { ES: {} }, Validation: { Settings: { MinChars: "3", ForceResponse: "ON" } } },
        }),
        asked(3, {
          ...single,
          Choices: choices("a", "b"),
          QuestionText: "After",
          DisplayLogic: about({ LeftOperand: "q://QID4/SelectableChoice/1", Operator: "Selected" }),
        }),
        asked(4, { ...single, Choices: choices("a", "b") }),
        asked(5, {
          QuestionText: "Slide",
          QuestionType: "Slider",
          Selector: "HSLIDER",
          Choices: choices("x"),
          Configuration: { CSSliderMin: 9, CSSliderMax: 1 },
        }),
      ],
    };
    const { instrument, left } = parseQualtrics(file);
    expect(itemsOf(instrument).map(({ id }) => id)).toEqual(["Q1", "Q2", "Q3", "Q4"]);
    expect(
      itemsOf(instrument)
        .flatMap(partsOf)
        .slice(0, 2)
        .map(({ options }) => options),
    ).toMatchObject([
      [
        { id: "1", label: "a" },
        { id: "2", label: "b" },
      ],
      [
        { id: "1", label: "a" },
        { id: "2", label: "A (2)" },
      ],
    ]);
    expect(left.map(({ path, message }) => `${path}: ${message}`)).toMatchInlineSnapshot(`
      [
        "a block: it cannot be read, nor its questions",
        "scoring: it is not read: write it as computed items",
        "Q1: The order of its choices ('Advanced') is not read: they stand as they are written.",
        "Q1: Choices that are carried over from another question are not read.",
        "Q1: What is chosen beforehand is not read: nothing is.",
        "Q1: Its JavaScript is not read.",
        "Q2: The display logic of its choices is not read: all are offered.",
        "Q2: Its own rules of validation are not read.",
        "Q2: Its translations are not read.",
        "Loops: its loop and merge ('Static') is not read: it is asked once",
        "QID77: It is left out: a block names it, and there is no such question.",
        "Q3: Its 'if' is left out: 'Q4' is not always asked before this.",
        "Q5: It is left out: No answer lies between \`low\` and \`high\`.",
      ]
    `);
  });
  it("changes nothing of what all objects are, and is refused where it is none", () => {
    const hostile = JSON.parse(
      `{"__proto__":{"polluted":1},"SurveyEntry":{"__proto__":{"polluted":1}},"SurveyElements":[]}`,
    );
    expect(() => parseQualtrics(hostile)).toThrow(/blocks/);
    expect("polluted" in {}).toBe(false);
    expect(() => parseQualtrics([])).toThrow(/no survey of Qualtrics/);
    let deep: object = {};
    for (let level = 0; level < 5000; level++) deep = { deep };
    expect(() => parseQualtrics({ SurveyEntry: deep, SurveyElements: [] })).toThrow(/deeper/);
  });
  it("is written with tags of which no two are the same", () => {
    const matrix = { id: "a", kind: "matrix", text: "?", rows: ["b"], labels: ["no", "yes"] };
    const { text } = qualtricsFile(surveyOf([matrix, { id: "a_b", kind: "yes-no", text: "?" }]));
    const { instrument } = parseQualtrics(JSON.parse(text));
    expect(itemsOf(instrument).map(({ id }) => id)).toEqual(["a_b", "a_b_2"]);
  });
  it("is written, too: with the same ids and options, nothing lost in silence", () => {
    const { text, left } = qualtricsFile(whole);
    expect(text).not.toContain("undefined");
    const again = parseQualtrics(JSON.parse(text));
    const parts = (survey: typeof whole) =>
      itemsOf(survey).flatMap((item) =>
        partsOf(item).map(
          ({ id, options }) => [id.replace(/[^\w-]/g, "_"), options.map((option) => option.id).sort()] as const,
        ),
      );
    const written = parts(whole).filter(([id]) => id !== "score");
    expect(parts(again.instrument).map(([id]) => id)).toEqual(written.map(([id]) => id));
    expect(parts(again.instrument).map(([, options]) => options)).toEqual(written.map(([, options]) => options));
    expect(again.left).toEqual([]);
    expect(left.map(({ path }) => path)).toEqual([
      "",
      "",
      ...["likes", "best", "cups", "points", "warm", "logo", "nps", "price", "price", "spend", "shop", "shop"],
      ...["duel", "traits", "traits", "offer"],
      "words",
      "last",
      "score",
    ]);
    const said = (id: string) => left.flatMap(({ path, message }) => (path === id ? [message] : []));
    expect(said("traits")).toEqual([
      expect.stringMatching(/questions\.$/),
      "That two of its answers differ is not written.",
    ]);
    expect(said("warm")).toEqual(["Its unit and what its ends mean are not written."]);
  });
  it("names earlier answers that stand in hints and options, too", () => {
    const items = [
      { id: "drinks", kind: "yes-no", text: "Do you?" },
      { id: "why", kind: "choice", text: "Why?", hint: "You said {{drinks}}.", options: ["a", "b"] },
    ];
    expect(qualtricsFile(surveyOf(items)).left).toEqual([
      { path: "why", message: "Earlier answers in its text are not written." },
    ]);
  });
});
