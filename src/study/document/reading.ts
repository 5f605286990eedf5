import { z } from "zod";
import { readyPropositions } from "../../judge/stock.ts";
import { Fields } from "./fields.ts";
import { said } from "./worlds/parts.ts";

const from = z
  .union([z.literal("world"), z.literal("each"), said])
  .describe("The world, each person alone, or one person by name. Default: the world, or each person without one.")
  .optional();
const model = said.describe("judge, actor, or a name of `models`.");

export const Extraction = z.strictObject({
  objective: z.string().min(1).describe("What to look for."),
  from,
  situation: z.string().optional(),
  rows: Fields.describe("The fields of each row, when there may be several.").optional(),
  fields: Fields.describe("The fields of the one answer.").optional(),
  evidence: z
    .boolean()
    .describe("Add the events that each answer rests on, words of them, and the fields that rest on none.")
    .optional(),
  by: model.describe("Who reads: judge, actor, or a name of `models`. Default: judge.").optional(),
  readers: z
    .array(model)
    .min(1)
    .describe("Who reads, each alone: rows get the share of pairs of answers that agree.")
    .optional(),
  samples: z.int().positive().describe("Independent answers of each reader. Default 1.").optional(),
  agreement: said.describe("The name of a table of how far readers and samples agree, field by field.").optional(),
  as: z.string().min(1).describe("The name of the resulting table."),
});
export type Extraction = z.infer<typeof Extraction>;

export const ReportStep = z
  .strictObject({
    task: said.describe("What the reader wants to know."),
    title: said.describe("Default: what the model calls it.").optional(),
    requirements: said.describe('What it must be like, as in "half a page, for engineers".').optional(),
    kind: z
      .enum(["pilot", "theory probe", "estimate"])
      .describe("What it may be taken for. Default: pilot.")
      .optional(),
    heldAgainst: said.describe("What an estimate was held against, and how far off it was.").optional(),
    from,
    talk: z.boolean().describe("What was said aloud alone, no thoughts and deeds.").optional(),
    interview: z
      .array(said)
      .min(1)
      .describe("Questions to forks of people, who know nothing of it: the report is on their answers.")
      .optional(),
    table: said.describe("An earlier table: the report is on its rows.").optional(),
    who: said.describe("Of `table`: the column that says whose row it is.").optional(),
    people: z
      .strictObject({
        file: said.describe("Their answers: CSV, Excel or SPSS."),
        describe: said.describe("What answers can be: a file as `tinytroupe validate --describe` takes it."),
      })
      .describe("Of `table`: how people answered is drawn beside it, item by item.")
      .optional(),
    as: said.describe("Its name among the results, and of its files."),
  })
  .describe("A report is written, each sentence with the rows that it rests on.");
export type ReportStep = z.infer<typeof ReportStep>;

const ClaimNamed = z
  .record(z.string().regex(/^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/), said)
  .refine((claims) => Object.keys(claims).length > 0, "Name at least one.");

export const JudgeStep = z
  .strictObject({
    claims: ClaimNamed.describe("By name, what the judge finds true or false.").optional(),
    scores: ClaimNamed.describe("By name, what the judge scores from 0 to 9.").optional(),
    ready: z
      .array(z.enum(readyPropositions().map(({ name }) => name)))
      .min(1)
      .describe("Ready-made claims.")
      .optional(),
    from,
    by: model.describe("Who judges: judge, actor, or a name of `models`. Default: judge.").optional(),
    samples: z.int().positive().describe("Independent answers, of which the middle one counts. Default 1.").optional(),
    as: said.describe("The name of the table of verdicts."),
  })
  .describe("A judge says of claims whether they are true of what happened, with quotes.");
export type JudgeStep = z.infer<typeof JudgeStep>;

export const Tally = z.strictObject({
  table: z.string().min(1).describe("The table whose rows are counted."),
  by: z.string().min(1).describe("The field whose values are counted."),
  as: z.string().min(1).describe("The name of the table of counts."),
  winner: z
    .string()
    .min(1)
    .describe("The name of a table with the most frequent value, or with all that share the first place.")
    .optional(),
});
export type Tally = z.infer<typeof Tally>;
