import { z } from "zod";
import { elicitationNames } from "../../survey/elicitation/names.ts";
import { Names, said } from "./worlds/parts.ts";

const method = z.enum(elicitationNames);

const Variant = z
  .strictObject({
    name: said,
    options: z.enum(["reversed", "rotated"]).describe("Options backwards, or from the middle on.").optional(),
    texts: z.record(said, said).describe("Other words for the text of items, by id.").optional(),
  })
  .describe("A way in which everybody is asked otherwise, too.");

export const SurveyStep = z
  .strictObject({
    file: said.describe("The questionnaire, beside the study or by path: YAML or JSON.").optional(),
    instrument: z
      .looseObject({})
      .describe("The questionnaire, written out here, as schemas/survey.schema.json has it.")
      .optional(),
    language: said.describe("One of its languages, where it has several.").optional(),
    who: Names.optional(),
    population: said.describe("Instead of people of the study: a folder of people, beside the study.").optional(),
    first: z.int().positive().describe("Of the population, the first so many people.").optional(),
    method: method.describe("The way in which all items are asked that can be.").optional(),
    methods: z.record(said, method).describe("The same for items, by id.").optional(),
    classifier: said.describe("Who codes free words: a name of `models`. Default: judge.").optional(),
    memory: z
      .enum(["none", "block", "all"])
      .describe("What people remember of it while they answer. Default: none.")
      .optional(),
    samples: z.int().positive().describe("Independent answers of each person. Default 1.").optional(),
    variants: z.array(Variant).min(1).optional(),
    as: said.describe("The name of a table with a row a person and a column an item; no two askings have the same."),
    answers: said.describe("The name of a table with a row an answer: its words, and why there is none.").optional(),
    figures: said.describe("The name of a table of means and shares with their intervals.").optional(),
    tasks: said
      .describe("The name of a table of part-worths, utilities, price points and net promoter scores.")
      .optional(),
    weigh: z
      .union([z.literal(true), z.array(said).min(1)])
      .describe("`figures` and `tasks` have the margins of the population: of all its dimensions, or of these.")
      .optional(),
    by: said.describe("A dimension of the population by which `figures` and `tasks` tell people apart.").optional(),
    effects: said.describe("The name of a table of what `variants` do to answers.").optional(),
  })
  .describe("People answer a questionnaire on forks, which leaves them as they were.");
export type SurveyStep = z.infer<typeof SurveyStep>;
