import { readFile } from "node:fs/promises";
import { Command, Option } from "commander";
import {
  type Comparison,
  comparePopulations,
  compareWithTarget,
  comparisonCharts,
  comparisonHtml,
  listPackagedSpecifications,
  loadSpecification,
  TinyTroupeError,
} from "../../../../index.ts";
import { collected } from "../../../live/approval.ts";
import { refuseTaken } from "../../../new-file.ts";
import { reply } from "../../../reply.ts";
import type { Session } from "../../../session.ts";
import { table } from "../../../terminal/table.ts";
import { harmless } from "../../../terminal/text.ts";
import { withExamples } from "../../flags.ts";
import { percent, pText, rounded } from "./figures.ts";
import { type FileFlags, peopleIn, waiting, writeFiles } from "./files.ts";

interface CompareFlags extends FileFlags {
  readonly by?: readonly string[];
  readonly all?: boolean;
}

const help = `
With another population each place that both say something in is tested: χ² with
Cramér's V, of numbers Kolmogorov–Smirnov with Cohen's d. With a specification
each margin that it declares: χ² with Cohen's w. A population's folder alone is
held against what it was made from. p is corrected for all tests (Holm). A small
p says that a difference is no chance, the effect how large it is.`;

/** `tinytroupe population compare`: two populations, or one and its target. */
export function compareCommand(session: Session): Command {
  const command = new Command("compare")
    .argument("<people>", "a population's folder, a folder of persona files, or a file")
    .argument("[other]", "another such, or a specification (default: what the folder was made from)")
    .description("hold a population against another, or against its specification")
    .option(
      "--by <place>",
      "of two populations, compare this place; repeatable (default: all that both have)",
      collected,
    )
    .option("--all", "show every value, not only each place as a whole")
    .addOption(new Option("--html <file>", "write one page with plots, never over another file").conflicts("json"))
    .addOption(new Option("--svg <folder>", "write each plot as a file").conflicts("json"))
    .option("--json", "for programs")
    .action((one: string, other: string | undefined, flags: CompareFlags) => compare(session, [one, other], flags));
  return withExamples(
    command,
    ["population compare people/", "with the specification that it was made from"],
    ["population compare people/ buyers.yaml --all"],
    ["population compare before/ after/ --by age --html compared.html"],
  ).addHelpText("after", help);
}

async function compare(
  session: Session,
  [one, other]: readonly [string, string | undefined],
  flags: CompareFlags,
): Promise<void> {
  if (flags.html !== undefined) refuseTaken(session, flags.html, "--html");
  const found = await waiting(session).during("Comparing", compared(session, [one, other], flags));
  if (session.json) return reply(session, { ...found });
  show(session, found, flags.all === true);
  const source = other === undefined ? one : `${one} and ${other}`;
  const page = () => comparisonHtml(found, { title: `Comparison of ${source}`, source });
  await writeFiles(session, flags, { page, charts: comparisonCharts(found) });
}

async function compared(
  session: Session,
  [one, other]: readonly [string, string | undefined],
  { by }: CompareFlags,
): Promise<Comparison> {
  const { people, specification } = await peopleIn(session, [one]);
  if (other === undefined) {
    if (specification !== undefined) return compareWithTarget(people, specification);
    throw new TinyTroupeError("OPTION_INVALID", `${one} does not say what it was made from.`, {
      data: { option: "other", value: one },
      hint: "Name a specification, or another population, as the second.",
    });
  }
  if (await isSpecification(other)) return compareWithTarget(people, await loadSpecification(other));
  const others = await peopleIn(session, [other]);
  return comparePopulations(people, others.people, by === undefined ? {} : { by });
}

/** By its name, or for JSON by what stands in it. */
async function isSpecification(source: string): Promise<boolean> {
  if (/\.ya?ml$/i.test(source)) return true;
  if (!/[/\\.]/.test(source)) return (await listPackagedSpecifications()).includes(source);
  if (!/\.json$/i.test(source)) return false;
  const text = await readFile(source, "utf8").catch(() => "");
  return /"specification"\s*:\s*1\b/.test(text) && /"dimensions"\s*:/.test(text);
}

function show({ out, outStyle: style }: Session, found: Comparison, all: boolean): void {
  const look = { width: out.width, style };
  const against = found.of === "target" ? "against the specification" : "two populations";
  out.say(`${found.n.join(" and ")} people · ${against} · simulated`, style.dim);
  const rows = found.places.map((place) => ({
    place: `${place.path}${place.unverified ? " *" : ""}`,
    test: place.test === "chi-square" ? "χ²" : place.test === undefined ? "" : "KS",
    value: rounded(place.statistic),
    "p (Holm)": pText(place.corrected),
    effect: place.effect === undefined ? "" : `${place.effectName} ${rounded(place.effect)}`,
    apart: place.distance === undefined ? "" : percent(place.distance),
  }));
  out.print("", ...table(rows, look));
  const untested = found.places.filter(({ reason }) => reason !== undefined);
  for (const [reason, places] of Map.groupBy(untested, (place) => place.reason)) {
    out.say(harmless(`No test of ${places.map(({ path }) => path).join(", ")}: ${reason}.`), style.dim);
  }
  const [one, other] = found.of === "target" ? ["people", "target"] : ["first", "second"];
  for (const [path, values] of all ? Map.groupBy(found.values, (value) => value.path) : []) {
    const lines = values.map((row) => ({
      ...{
        value: row.value,
        [one]: percent(row.one),
        [other]: percent(row.other),
        points: (100 * row.difference).toFixed(1),
      },
    }));
    out.print("", style.bold(harmless(path)), ...table(lines, look));
  }
  for (const remark of found.remarks) out.say(harmless(remark), style.warn);
  if (found.unverified.length > 0)
    out.say(`* Not checked against a source: ${found.unverified.join(", ")}.`, style.warn);
}
