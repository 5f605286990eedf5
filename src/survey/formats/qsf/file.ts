import { z } from "zod";

/** Text in a file of Qualtrics: HTML, which numbers may stand for. */
const Html = z.union([z.string(), z.number()]).transform(String);
const Flag = z
  .union([z.boolean(), z.string(), z.number()])
  .transform((flag) => /^(?:true|on|1|yes)$/i.test(String(flag)));
const Amount = z
  .union([z.number(), z.string()])
  .transform((amount) => (String(amount).trim() === "" ? Number.NaN : Number(amount)));

const Choice = z.looseObject({
  Display: Html.optional(),
  TextEntry: Flag.optional(),
  ExclusiveAnswer: Flag.optional(),
  DisplayLogic: z.unknown().optional(),
  Image: z.unknown().optional(),
});
/** Choices by their number, or a list of them where the numbers are their places. */
const Choices = z
  .union([z.record(z.string(), Choice), z.array(Choice)])
  .transform((given) => new Map(Object.entries(given)));
const Names = z.union([z.record(z.string(), Html), z.array(Html)]).transform((given) => new Map(Object.entries(given)));
const Order = z.array(z.union([z.string(), z.number()]).transform(String));

/** What is known of a question. */
export const QsfQuestion = z.looseObject({
  QuestionID: z.string(),
  QuestionText: Html.default(""),
  DataExportTag: z.string().optional(),
  QuestionType: z.string(),
  Selector: z.string().optional(),
  SubSelector: z.string().optional(),
  Choices: Choices.optional(),
  ChoiceOrder: Order.optional(),
  Answers: Choices.optional(),
  AnswerOrder: Order.optional(),
  RecodeValues: Names.optional(),
  VariableNaming: Names.optional(),
  Randomization: z.looseObject({ Type: z.string().optional() }).optional().catch(undefined),
  DisplayLogic: z.unknown().optional(),
  DynamicChoices: z.unknown().optional(),
  DefaultChoices: z.unknown().optional(),
  QuestionJS: z.unknown().optional(),
  Language: z.unknown().optional(),
  Configuration: z
    .looseObject({ CSSliderMin: Amount.optional(), CSSliderMax: Amount.optional() })
    .optional()
    .catch(undefined),
  Validation: z
    .looseObject({
      Settings: z
        .looseObject({
          ForceResponse: Flag.optional(),
          ContentType: z.string().optional(),
          MinChoices: Amount.optional(),
          MaxChoices: Amount.optional(),
          ChoiceTotal: Amount.optional(),
          ValidNumber: z
            .looseObject({ Min: Amount.optional(), Max: Amount.optional(), NumDecimals: Amount.optional() })
            .optional()
            .catch(undefined),
        })
        .optional()
        .catch(undefined),
    })
    .optional()
    .catch(undefined),
});
export type QsfQuestion = z.output<typeof QsfQuestion>;

const BlockElement = z.looseObject({
  Type: z.string(),
  QuestionID: z.string().optional(),
  SkipLogic: z.unknown().optional(),
});

/** Questions that belong together. */
export const QsfBlock = z.looseObject({
  ID: z.string().optional(),
  Type: z.string().optional(),
  Description: Html.optional(),
  BlockElements: z.array(BlockElement).default([]),
  Options: z
    .looseObject({ RandomizeQuestions: z.union([z.string(), z.boolean()]).optional(), Looping: z.unknown().optional() })
    .optional()
    .catch(undefined),
});
export type QsfBlock = z.output<typeof QsfBlock>;

/** A file of Qualtrics, as far as it is looked at. */
export const QsfFile = z.looseObject({
  SurveyEntry: z.looseObject({ SurveyName: Html.default("survey"), SurveyLanguage: z.string().optional() }),
  SurveyElements: z
    .array(
      z.looseObject({ Element: z.string(), PrimaryAttribute: z.unknown().optional(), Payload: z.unknown().optional() }),
    )
    .max(5000),
});
export type QsfFile = z.output<typeof QsfFile>;
