import {
  declarationOf,
  type Experiment,
  type ExperimentDesign,
  type ExperimentRecord,
  readExperimentRecord,
  williamsDesign,
} from "../../../index.ts";
import { reply } from "../../reply.ts";
import type { Session } from "../../session.ts";
import { facts, table } from "../../terminal/table.ts";
import { harmless } from "../../terminal/text.ts";
import { readExperiment, resultsFolder } from "./place.ts";

/** `experiment show`: what is declared, its hash, and how far it is. */
export async function showExperiment(session: Session, file: string, flags: { readonly out?: string }): Promise<void> {
  const experiment = await readExperiment(session, file);
  const { design } = experiment;
  const record = await readExperimentRecord(resultsFolder(session, file, flags.out));
  if (session.json) {
    reply(session, { experiment: design, ...(record && { record }) });
    return;
  }
  const { out, outStyle: style } = session;
  const look = { width: out.width, style };
  out.say(harmless(design.name), style.bold);
  if (design.question !== undefined) out.say(harmless(design.question));
  out.print("", ...facts(factsOf(experiment, record), look));
  const metrics = Object.entries(design.metrics).map(([metric, { scale, from, about }]) => ({
    ...{ metric, scale: scaleText(scale), from: sourceText(from), ...(about !== undefined && { about }) },
  }));
  out.print("", style.bold("measured"), ...table(metrics, look));
  const claims = Object.entries(design.claims).map(([claim, own]) => ({ claim, says: claimText(own) }));
  if (claims.length > 0) out.print("", style.bold("claimed"), ...table(claims, look));
  else out.say("\nNothing is claimed: all that comes of it is exploratory.", style.dim);
}

function factsOf(experiment: Experiment, record: ExperimentRecord | undefined) {
  const { design } = experiment;
  const { arms, factors, wordings, populations, seeds, replicates, models, digest, crossover } = design;
  const cells = populations.length * seeds.length * replicates * Math.max(1, models.length);
  const orders = crossover ? williamsDesign(arms.length).length : 0;
  const ways = crossover ? orders : arms.length * Math.max(1, wordings.length);
  const levels = Object.entries(factors).map(([factor, own]) => `${factor}: ${own.join(", ")}`);
  return {
    hash: digest,
    arms: arms.map(({ name }) => name).join(", "),
    ...(levels.length > 0 && { factors: levels.join("\n") }),
    ...(wordings.length > 0 && { wordings: wordings.join(", ") }),
    ...{ populations: populations.join(", "), seeds: seeds.join(", "), replicates },
    models: models.join(", ") || modelOfStudy(experiment),
    cells: `${cells}, each with ${ways} runs`,
    ...(crossover && { crossover: `everybody meets all arms, in each of ${orders} orders` }),
    ...(design.blinded && { blinded: "rows and progress have labels in place of arms" }),
    so: progressOf(design, record),
  };
}

/** Who plays where no models are declared: whom the project settles, else whom the study does. */
function modelOfStudy({ design, people, studyOf }: Experiment): string {
  const { arms, populations, seeds } = design;
  const [{ name: arm, levels }] = arms;
  const [[population = "people"], [seed = "1"]] = [populations, seeds];
  const { model } = studyOf({ arm, levels, population, people: people[population] ?? [], seed, replicate: 1 });
  return typeof model === "string"
    ? `${model} by the study, unless the project settles another`
    : "whom the project settles";
}

function progressOf({ digest }: ExperimentDesign, record: ExperimentRecord | undefined): string {
  if (record === undefined) return "It was not run here yet.";
  const failed = record.runs.filter(({ error }) => error !== undefined).length;
  const declaration = record.digest === digest ? declarationOf(record) : undefined;
  return [
    declaration?.words ?? "It was run otherwise than it is declared by now.",
    `${record.runs.length} runs ended${failed > 0 ? `, ${failed} failed` : ""}; ${record.complete ? "it is whole" : "more are to come"}.`,
  ].join(" ");
}

type Scale = ExperimentDesign["metrics"][string]["scale"];

function scaleText(scale: Scale): string {
  if ("options" in scale) return `${scale.kind}: ${scale.options.join(", ")}`;
  if (scale.kind === "text") return "text";
  const bounds = [
    ...(scale.low === undefined ? [] : [`from ${scale.low}`]),
    ...(scale.high === undefined ? [] : [`to ${scale.high}`]),
  ];
  return ["number", ...bounds].join(" ");
}

function sourceText(from: ExperimentDesign["metrics"][string]["from"]): string {
  if ("item" in from) {
    const asked = from.survey === undefined ? "" : ` of ${from.survey}`;
    return `the item ${from.item}${asked}${from.option === undefined ? "" : `, option ${from.option}`}`;
  }
  if ("table" in from) return `${from.table}, column ${from.column}`;
  if ("count" in from) return `how often ${from.count}${from.saying === undefined ? "" : ` saying “${from.saying}”`}`;
  return `how true of ${from.of === "each" ? "each" : "the world"}: ${from.proposition}`;
}

function claimText({ metric, contrast, direction, option, least, margin }: ExperimentDesign["claims"][string]): string {
  const [treatment, control] = contrast.map(sideText);
  const what = option === undefined ? metric : `the share of ${option} in ${metric}`;
  const by = least === undefined ? "" : ` by ${least} at least`;
  if (direction === "equivalent") return `${what} is the same in ${treatment} as in ${control}, within ${margin}`;
  return `${what} is ${direction === "different" ? "different" : direction} in ${treatment} ${direction === "different" ? "from" : "than in"} ${control}${by}`;
}

const sideText = (side: string | Readonly<Record<string, string>>): string =>
  typeof side === "string"
    ? side
    : Object.entries(side)
        .map(([factor, level]) => `${factor} ${level}`)
        .join(", ");
