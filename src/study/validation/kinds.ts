import { basename, extname } from "node:path";
import { readTextFile } from "../../kernel/text/files/read-text.ts";
import { readWritten } from "../../kernel/text/written.ts";
import { TinyTroupeError } from "../../kernel/values/errors.ts";
import { isRecord } from "../../persona/plain-data.ts";
import type { FileReport } from "./found.ts";

type Kind = FileReport["kind"];

/** The largest file of all kinds, in bytes. */
export const largestFile = 32 * 1024 * 1024;
/** The largest that is read as YAML to see what it is, in bytes: only studies come near. */
const largestYaml = 4 * 1024 * 1024;

/** What a file is taken for, by its name and by what it holds; OPTION_INVALID for one that is none of what is known. */
export async function kindOf(file: string): Promise<Kind> {
  const ending = extname(file).toLowerCase();
  const isYaml = ending === ".yaml" || ending === ".yml";
  if (!isYaml && ending !== ".json") throw unknownKind(file);
  if (basename(file) === "tinytroupe.config.json") return "settings";
  // What cannot be read is told by whoever reads it next.
  const value: unknown = await (isYaml ? fromYaml(file) : fromJson(file)).catch(() => undefined);
  return heldBy(value) ?? (isYaml ? "study" : "persona");
}

const fromJson = async (file: string): Promise<unknown> =>
  JSON.parse(await readTextFile(file, { mostBytes: largestFile }));

const fromYaml = async (file: string): Promise<unknown> =>
  (await readWritten(await readTextFile(file, { mostBytes: largestYaml }), { aliases: 100 })).value;

/** The kind of a file by what stands in it. */
function heldBy(value: unknown): Kind | undefined {
  if (Array.isArray(value)) {
    const [first] = value as readonly unknown[];
    if (!isRecord(first)) return undefined;
    return "label" in first || "claim" in first ? "anchors" : "adverts";
  }
  if (!isRecord(value)) return undefined;
  return marks.find(([, marked]) => marked(value))?.[0];
}

/** What each kind has and no other: the first that fits. */
const marks: readonly (readonly [Kind, (value: Readonly<Record<string, unknown>>) => boolean])[] = [
  ["fragment", ({ type }) => type === "Fragment"],
  ["persona", ({ type }) => type === "TinyPerson"],
  ["study", ({ steps }) => Array.isArray(steps)],
  ["test", ({ systems, allow, goals }) => (Array.isArray(systems) || Array.isArray(allow)) && goals !== undefined],
  ["population", ({ specification }) => typeof specification === "number"],
  ["synthetic data", ({ data }) => typeof data === "number"],
  ["anchors", ({ anchors }) => Array.isArray(anchors)],
  ["adverts", ({ ads }) => Array.isArray(ads)],
  ["questionnaire", ({ survey }) => typeof survey === "number"],
  ["description of answers", ({ answers }) => typeof answers === "number"],
  ["claims", ({ claims }) => typeof claims === "number"],
  ["experiment", ({ experiment }) => typeof experiment === "number"],
  ["analysis", ({ analysis }) => typeof analysis === "number"],
  ["study", (value) => "steps" in value || "people" in value],
];

function unknownKind(file: string): TinyTroupeError<"OPTION_INVALID"> {
  const isProgram = /\.[cm]?[jt]s$/i.test(file);
  const what = isProgram ? "is a program: only running it can tell" : "is nothing that can be looked over";
  return new TinyTroupeError("OPTION_INVALID", `'${file}' ${what}.`, {
    data: { option: "file", value: file },
    hint: isProgram
      ? "Play it without any model, free of charge: `tinytroupe run <program> --dry-run`."
      : "Name a study, an experiment, a test, a questionnaire, a specification, anchors or adverts (.yaml, .yml, .json), a persona (.json) or tinytroupe.config.json.",
  });
}
