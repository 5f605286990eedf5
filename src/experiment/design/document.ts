import { z } from "zod";
import { SettingsDocument } from "../../simulation/configuration/document.ts";
import { ArmDocument } from "../../study/document/arms.ts";
import { PersonSource, StudyDocument } from "../../study/document/document.ts";
import { EffectClaim } from "./claim.ts";
import { MetricDocument } from "./metric.ts";

const settings = SettingsDocument.shape;
const said = z.string().trim().min(1);
const named = <T extends z.ZodType>(what: T) =>
  z.record(said, what).refine((all) => Object.keys(all).length > 0, "There must be one.");
const seed = z.union([said, z.number()]);
const distinct = (all: readonly unknown[]): boolean => new Set(all.map(String)).size === all.length;

/** What does not belong to an experiment's study: the experiment says it. */
const ownHead = { name: true, seed: true, model: true, budget: true, arms: true } as const;

const StudyWithin = StudyDocument.omit(ownHead)
  .extend({ people: StudyDocument.shape.people.optional().describe("Left out where there are `populations`.") })
  .describe("The study, written here; or the file of one beside the experiment.");

/** What is declared of an experiment before it is run, whoever writes it. */
export const declared = {
  name: z.string().min(1).max(80).describe("With population, seed, replicate and model it says which runs these are."),
  question: said.optional().describe("What is to be found out."),
  seeds: z.array(seed).min(1).refine(distinct, "A seed stands here twice.").optional().describe("Default: [1]."),
  replicates: z
    .int()
    .positive()
    .max(1000)
    .optional()
    .describe("How often each cell is played, each time with dice and answers of its own. Default: 1."),
  metrics: named(MetricDocument).describe("By name, what is measured of everybody in each arm."),
  claims: z.record(said, EffectClaim).optional().describe("By name, what is expected; all else is exploratory."),
  correction: z
    .enum(["holm", "benjamini-hochberg"])
    .optional()
    .describe("How claims are corrected for being several. Default: holm."),
  level: z.number().gt(0.5).lt(1).optional().describe("How sure a claim has to be, after correction. Default: 0.95."),
  blinded: z.boolean().optional().describe("Rows and progress have labels in place of arms, until they are unblinded."),
  crossover: z
    .boolean()
    .optional()
    .describe(
      "Everybody meets all arms one after the other and remembers the earlier ones: the study's steps are taken once for each, in every order of Williams' design. Arms then differ by `reword` alone.",
    ),
  budget: settings.budget,
};

/** An experiment as a YAML or JSON file writes it. */
export const ExperimentDocument = z
  .strictObject({
    $schema: z.string().optional(),
    experiment: z.literal(1).describe("The version of the format."),
    ...declared,
    study: z.union([said.describe("The file of a study, beside the experiment."), StudyWithin]),
    arms: named(ArmDocument)
      .optional()
      .describe(
        "By name, what is different; the first is what the others come from and may be {}. Default: `control` and the arms of the study's file.",
      ),
    factors: named(named(ArmDocument))
      .optional()
      .describe("By name, the levels of each factor: arms are all combinations. In place of `arms`."),
    wordings: named(ArmDocument)
      .optional()
      .describe("The same said in other words: each arm is played in each; the first may be {}."),
    populations: named(z.array(PersonSource).min(1))
      .optional()
      .describe("By name, who takes the place of the study's people: files, packaged personas, population folders."),
    models: z.array(said).min(1).refine(distinct, "A model stands here twice.").optional(),
  })
  .describe("An experiment for `tinytroupe experiment run`.");
export type ExperimentDocument = z.infer<typeof ExperimentDocument>;
