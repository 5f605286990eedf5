import { mkdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import { Command, InvalidArgumentError } from "commander";
import {
  type ChatFormat,
  chatFormats,
  dataFiles,
  defineStudy,
  generateData,
  loadDataSpecification,
  type SyntheticData,
  slug,
} from "../../../index.ts";
import { refuseTakenIn, writeNewFile } from "../../new-file.ts";
import { reply } from "../../reply.ts";
import type { Session } from "../../session.ts";
import { table } from "../../terminal/table.ts";
import { harmless } from "../../terminal/text.ts";
import { type ModelFlags, withExamples, withModelFlags } from "../flags.ts";
import { making } from "../making.ts";
import { dryRun } from "../money/dry-run.ts";

interface DataFlags extends ModelFlags {
  readonly out?: string;
  readonly formats: readonly ChatFormat[];
  readonly dryRun?: boolean;
}

const help = `
The file says the kind (conversations, reviews, queries, labelled), what the
texts are about, how many, and the shares of labels and of whatever else they
differ in. These are drawn by quota, and each text is written for what was
drawn in a call of its own. What is empty, has its label as a word or is a near
copy is written anew, and left out in the end. Near copies stay in one split.
Into the folder go data.jsonl, a file a split and format, where each comes
from, and report.json: balance, leakage, what was left out.
The same command again goes on where it was, and asks nothing twice.`;

/** `tinytroupe data`: synthetic data from a specification. */
export function dataCommand(session: Session): Command {
  const command = withModelFlags(new Command("data"))
    .description("write synthetic data by quotas: conversations, reviews, queries, labelled sets")
    .argument("<file>", "the specification, in YAML or JSON")
    .option("-o, --out <folder>", "where the files go, never over others (default: the set's name)")
    .option("--formats <list>", `for tuning chat models: ${chatFormats.join(", ")}`, formatsOf, ["openai"])
    .option("--dry-run", "ask no model: say what it would use and cost")
    .option("--json", "for programs: balance, leakage and what was left out")
    .action((file: string, flags: DataFlags) => data(session, file, flags));
  return withExamples(
    command,
    ["data reviews.yaml --dry-run", "what it would cost"],
    ["data reviews.yaml -o reviews --seed 7"],
    ["data mails.yaml -o mails --formats openai,sharegpt,alpaca"],
    ["data mails.yaml -o rehearsal --model builtin", "a rehearsal"],
  ).addHelpText("after", help);
}

async function data(session: Session, file: string, flags: DataFlags): Promise<void> {
  const { folder } = session.environment;
  const specification = await loadDataSpecification(resolve(folder, file));
  const name = `data ${specification.name}`.slice(0, 80);
  if (flags.dryRun) {
    const study = defineStudy({ name, folder, run: ({ context }) => generateData(context, specification) });
    return dryRun(session, study, flags);
  }
  const out = flags.out ?? slug(specification.name);
  refuseTakenIn(session, out, ["data.jsonl", "report.json"]);
  const count = { done: 0, all: specification.size };
  const made = await making(
    session,
    { name, flags, what: "data", status: () => `${count.done} of ${count.all} texts` },
    async ({ simulation, tick }) => {
      const written = await generateData(simulation.context, specification, {
        ...(flags.concurrency !== undefined && { concurrency: flags.concurrency }),
        onProgress: (done, all) => {
          Object.assign(count, { done, all });
          tick();
        },
      });
      return { written, provenance: await simulation.provenance() };
    },
  );
  await mkdir(resolve(folder, out), { recursive: true });
  const files = dataFiles(made.written, { provenance: made.provenance, formats: flags.formats });
  for (const [name, text] of files) await writeNewFile(session, piece(text), join(out, name));
  const { items, ...report } = made.written;
  if (report.leftOut.length > 0) session.exitCode = 1;
  if (!session.json) return show(session, made.written);
  const { provenance } = made;
  reply(session, { simulated: true, provenance, items: items.length, files: [...files.keys()], ...report });
}

function show(
  session: Session,
  { specification, items, leftOut, balance, leakage, refused, compares }: SyntheticData,
): void {
  const { out, outStyle: style } = session;
  const look = { width: out.width, style };
  const by = compares === "words" ? "near copies by words alone" : "near copies by meaning";
  out.say(`${items.length} of ${specification.size} items · ${specification.kind} · ${by} · simulated`, style.dim);
  const shown = balance.slice(0, 40).map(({ dimension, value, quota, asked, achieved, share }) => ({
    ...{ dimension, value, quota: percent(quota), achieved: `${achieved} of ${asked}`, share: percent(share) },
  }));
  if (shown.length > 0) out.print("", ...table(shown, look));
  const looked = leakage.map(({ check, checked, found, nearest }) => ({
    ...{ check, checked, found, nearest: nearest === null ? "" : nearest.toFixed(2) },
  }));
  out.print("", ...table(looked, look), "");
  const why = Object.entries(refused).flatMap(([fault, times]) =>
    times > 0 ? [`${times} ${words[fault as "copy"]}`] : [],
  );
  if (why.length > 0) out.say(`Written anew or left out: ${why.join(", ")}.`, style.dim);
  if (leftOut.length > 0) out.say(harmless(`${leftOut.length} items are left out: see report.json.`), style.warn);
}

const words = {
  empty: "empty",
  label: "with the label as a word",
  copy: "near copies",
  failed: "without an answer",
} as const;

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

function formatsOf(value: string): readonly ChatFormat[] {
  const wanted = value.split(",").map((one) => one.trim());
  const found = chatFormats.filter((format) => wanted.includes(format));
  if (found.length === new Set(wanted).size) return found;
  throw new InvalidArgumentError(`Give some of: ${chatFormats.join(", ")}.`);
}

async function* piece(text: string): AsyncIterable<string> {
  yield text;
}
