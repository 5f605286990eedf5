import { z } from "zod";
import { SettingsDocument } from "../../simulation/configuration/document.ts";
import { ArmDocument } from "./arms.ts";
import { InterventionDocument } from "./interventions.ts";
import { KeptTables } from "./kept.ts";
import { Extraction, JudgeStep, ReportStep, Tally } from "./reading.ts";
import { SurveyStep } from "./surveys.ts";
import { Names, said } from "./worlds/parts.ts";
import { Run } from "./worlds/running.ts";
import { World } from "./worlds/world.ts";

const settings = SettingsDocument.shape;
const fragments = z
  .array(z.string().min(1))
  .describe("Files of fragments, or names of packaged ones, laid over the persona in order.")
  .optional();

const entering = {
  fragments,
  name: said.describe("Another name; in what the person says and remembers, it takes the place of theirs.").optional(),
  memories: z.boolean().describe("False leaves behind what a saved person lived through.").optional(),
};

export const PersonSource = z
  .union([
    said.describe("The file of a persona or of a saved person, beside the study or by path, or a packaged persona."),
    z
      .strictObject({ file: said, ...entering })
      .describe("The file of a persona or of a saved person, or a packaged persona, and how they enter."),
    z
      .strictObject({
        population: said.describe("The folder of a population, or of persona files."),
        first: z.int().positive().describe("Of a population, the first so many.").optional(),
        fragments,
      })
      .describe("Everybody in a folder."),
    z
      .strictObject({
        generate: z.string().min(1).describe("The context that the person comes from."),
        particularities: z.string().describe("What must be true of this person.").optional(),
        fragments,
      })
      .describe("A person made from a description."),
    z
      .strictObject({ persona: z.looseObject({ name: z.string().min(1) }), ...entering })
      .describe("A persona written out here."),
  ])
  .describe("One person, or everybody in a folder.");

const Quality = z
  .union([
    z.literal("strict"),
    z.strictObject({
      threshold: z.number().min(0).max(9).describe("The least score, from 0 to 9, that passes.").optional(),
      attempts: z.int().positive().describe("Most drafts of a turn.").optional(),
      repair: z.enum(["regenerate", "rewrite"]).optional(),
      otherwise: z.enum(["best", "drop", "raise"]).describe("What becomes of a turn when no draft passed.").optional(),
      budget: z.strictObject({ calls: z.number().min(0).optional(), tokens: z.number().min(0).optional() }).optional(),
    }),
  ])
  .describe("Have what people are about to say looked at, and mended where it fails.");

const Show = z
  .strictObject({
    who: Names.optional(),
    what: said.describe("What it is, in words."),
    image: z.string().optional(),
    document: said.describe("A file that everybody in the world reads: text, Markdown, HTML, PDF or DOCX.").optional(),
    name: said.describe("What it is called; other content of the same name takes the place of it.").optional(),
    tokens: z.int().positive().describe("Most tokens of the document, about. Default 4000.").optional(),
  })
  .describe("People see this; without `who`, everybody in the world sees the same once.");

const Story = z
  .strictObject({
    as: said.describe("The name of the table of beats; a later step of the same name goes on with the story."),
    from: said.describe("The world, or one person by name. Default: the world.").optional(),
    purpose: said.optional(),
    words: z.int().positive().describe("Most words of this stretch. Default 100.").optional(),
    requirements: said.describe("What has to be in it.").optional(),
    plotTwist: z.boolean().optional(),
    broadcast: z.boolean().describe("Everybody in the world perceives it as things that happen.").optional(),
  })
  .describe("A story is told of what happened, or goes on.");

const from = said.describe("Who says it, by name. Default: from outside.").optional();

const Step = z
  .union([
    z.strictObject({
      broadcast: z.union([said, z.strictObject({ what: said, from })]).describe("Everybody hears this."),
    }),
    z.strictObject({ broadcastThought: said.describe("Everybody thinks this.") }),
    z.strictObject({ broadcastGoal: said.describe("Everybody takes this as a goal.") }),
    z.strictObject({ context: z.array(said).describe("The circumstances that everybody is in.") }),
    z.strictObject({ run: Run }),
    z.strictObject({
      hold: z
        .strictObject({ as: said.describe("The name of the resulting table.") })
        .describe("The meeting that the world is takes place, from its beginning to its end."),
    }),
    z.strictObject({ tables: KeptTables }),
    z.strictObject({
      ask: z.strictObject({ who: Names.optional(), question: said, from }).describe("Each is asked alone, and acts."),
    }),
    z.strictObject({ tell: z.strictObject({ who: Names.optional(), what: said, from }) }),
    z.strictObject({ show: Show }),
    z.strictObject({ story: Story }),
    z.strictObject({ think: z.strictObject({ who: Names.optional(), what: said }) }),
    z.strictObject({ extract: Extraction }),
    z.strictObject({ survey: SurveyStep }),
    z.strictObject({ judge: JudgeStep }),
    z.strictObject({ report: ReportStep }),
    z.strictObject({ tally: Tally }),
    z.strictObject({
      save: z
        .strictObject({
          who: Names.optional(),
          folder: said.describe("Beside the study, or by path; made if need be."),
        })
        .describe("Each is kept whole as a file <name>.person.json, which can be somebody's source in another study."),
    }),
  ])
  .describe("One thing to do, in order.");
export type Step = z.infer<typeof Step>;

/** A study as a YAML or JSON file writes it. */
export const StudyDocument = z
  .strictObject({
    name: z.string().min(1).describe("The study's name; with seed and model it says which run this is."),
    about: z.string().optional(),
    seed: settings.seed,
    model: settings.model,
    judge: settings.judge,
    models: settings.models,
    budget: settings.budget,
    safety: settings.safety,
    startAt: z
      .string()
      .describe(
        "The simulated moment at which the study begins, as in 2030-01-31T09:00[Europe/Berlin]; UTC unless it says otherwise.",
      )
      .optional(),
    quality: Quality.optional(),
    stances: z
      .union([z.boolean(), z.strictObject({ feedback: z.boolean() })])
      .describe(
        "People keep what they hold, how firmly and why; with `feedback` they are told of changes without a cause.",
      )
      .optional(),
    people: z.array(PersonSource).min(1),
    world: World.optional(),
    interventions: z.array(InterventionDocument).describe("What is done in the world when something holds.").optional(),
    arms: z
      .record(said, ArmDocument)
      .describe("By name, what `tinytroupe twins` compares with the study as it is.")
      .optional(),
    steps: z.array(Step).min(1),
  })
  .describe("A study for `tinytroupe run`.");
export type StudyDocument = z.infer<typeof StudyDocument>;
export type PersonSource = z.infer<typeof PersonSource>;
