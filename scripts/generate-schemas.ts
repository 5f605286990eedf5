// Writes the JSON Schemas for editors. Run it after a change of a zod schema: node scripts/generate-schemas.ts
import { mkdir, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import { AdsDocument } from "../src/advert/ad.ts";
import { AnchorsDocument } from "../src/evaluation/anchors.ts";
import { ClaimsDocument } from "../src/evaluation/claims/document.ts";
import { AnswersDocument } from "../src/evaluation/people/description/document.ts";
import { AnalysisDocument } from "../src/experiment/analysis/declared/document.ts";
import { ExperimentDocument } from "../src/experiment/design/document.ts";
import { savedPersonSchema } from "../src/person/state/document.ts";
import { originSchema } from "../src/persona/origin/origin.ts";
import { partialPersonaSchema, personaSchema } from "../src/persona/schema.ts";
import { guideSchema } from "../src/population/interview/guide.ts";
import { specificationSchema } from "../src/population/specification/schema.ts";
import { SettingsDocument } from "../src/simulation/configuration/document.ts";
import { StudyDocument } from "../src/study/document/document.ts";
import { TestDocument } from "../src/study/systems/document.ts";
import { InstrumentDocument } from "../src/survey/instrument/document.ts";
import { DataDocument } from "../src/synthetic/specification.ts";

/** The text of each schema file, by its name in `schemas/`. */
export function schemaFiles(): Record<string, string> {
  const person = z.object({
    $schema: z.string().optional(),
    type: z.literal("TinyPerson"),
    persona: personaSchema,
    origin: originSchema.optional(),
  });
  const fragment = z.object({
    $schema: z.string().optional(),
    type: z.literal("Fragment"),
    persona: partialPersonaSchema,
  });
  return {
    "ads.schema.json": schemaText("Adverts for tinytroupe ad", AdsDocument),
    "anchors.schema.json": schemaText("Labelled cases for tinytroupe judge calibrate", AnchorsDocument),
    "answers.schema.json": schemaText("How tables of answers are read by tinytroupe validate", AnswersDocument),
    "claims.schema.json": schemaText("What is claimed of simulated people beforehand", ClaimsDocument),
    "config.schema.json": schemaText("Settings of a tinytroupe project", SettingsDocument),
    "data.schema.json": schemaText("A set of synthetic data for tinytroupe data", DataDocument),
    "analysis.schema.json": schemaText("What is declared of rows for tinytroupe experiment analyse", AnalysisDocument),
    "experiment.schema.json": schemaText("An experiment for tinytroupe experiment run", ExperimentDocument),
    "interview.schema.json": schemaText("The guide of a long interview", guideSchema),
    "person.schema.json": schemaText("A simulated person with all that they lived through", savedPersonSchema),
    "persona.schema.json": schemaText("A simulated person", z.union([person.loose(), personaSchema])),
    "population.schema.json": schemaText("Whom a population for tinytroupe is to consist of", specificationSchema),
    "study.schema.json": schemaText(
      "A study for tinytroupe run",
      StudyDocument.extend({ $schema: z.string().optional() }),
    ),
    "survey.schema.json": schemaText("A questionnaire for tinytroupe", InstrumentDocument),
    "test.schema.json": schemaText("A test for tinytroupe test", TestDocument),
    "fragment.schema.json": schemaText("A part of a persona, laid over others", fragment),
  };
}

function schemaText(title: string, schema: z.ZodType): string {
  const json = z.toJSONSchema(schema, { io: "input", reused: "ref" }) as Json & { $defs?: Record<string, Json> };
  return `${JSON.stringify({ title, ...byPlace(json) }, null, 2)}\n`;
}

type Json = { readonly [key: string]: unknown };

/** Definitions called by the first place where they are used, which other changes leave as it is. */
function byPlace({ $defs = {}, ...root }: Json & { $defs?: Record<string, Json> }): Json {
  const names = new Map<string, string>();
  const waiting: [place: string, node: unknown][] = [["", root]];
  for (const [place, node] of waiting) {
    if (typeof node !== "object" || node === null) continue;
    for (const [key, value] of Object.entries(node)) {
      const called = key === "$ref" && typeof value === "string" ? value.replace("#/$defs/", "") : undefined;
      if (called === undefined) {
        waiting.push([structural.has(key) || Array.isArray(node) ? place : `${place}.${key}`, value]);
      } else if (!names.has(called) && $defs[called] !== undefined) {
        names.set(called, free(place.slice(1) || "root", new Set(names.values())));
        waiting.push([place, $defs[called]]);
      }
    }
  }
  const renamed = (node: unknown): unknown =>
    JSON.parse(
      JSON.stringify(node, (key, value) =>
        key === "$ref" ? `#/$defs/${names.get(value.replace("#/$defs/", "")) ?? ""}` : value,
      ),
    );
  const definitions = [...names].map(([called, name]) => [name, renamed($defs[called])] as const);
  const sorted = definitions.sort(([one], [other]) => (one < other ? -1 : 1));
  return { ...(renamed(root) as Json), ...(sorted.length > 0 ? { $defs: Object.fromEntries(sorted) } : {}) };
}

/** Keys that name no place of a document. */
const structural = new Set(["properties", "anyOf", "oneOf", "allOf", "items", "prefixItems", "additionalProperties"]);

function free(name: string, taken: ReadonlySet<string>): string {
  for (let at = 1; ; at++) {
    const tried = at === 1 ? name : `${name}-${at}`;
    if (!taken.has(tried)) return tried;
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const folder = fileURLToPath(new URL("../schemas/", import.meta.url));
  await mkdir(folder, { recursive: true });
  for (const [name, text] of Object.entries(schemaFiles())) await writeFile(`${folder}${name}`, text);
}
