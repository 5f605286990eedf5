import { Command } from "commander";
import { lintPopulation, type PopulationFinding, type PopulationLint, type Severity } from "../../../../index.ts";
import { exitCodes } from "../../../failure.ts";
import { collected } from "../../../live/approval.ts";
import { reply } from "../../../reply.ts";
import type { Session } from "../../../session.ts";
import { table } from "../../../terminal/table.ts";
import { harmless } from "../../../terminal/text.ts";
import { withExamples } from "../../flags.ts";
import { peopleIn, waiting } from "./files.ts";

interface LintFlags {
  readonly sensitive?: readonly string[];
  readonly hints?: boolean;
}

const help = `
No model is asked. ✗ cannot be, ! would be played wrong, · is worth a look. One
persona is held against itself (ages, work, children, years, schooling), all of
them against each other: told in the same words, names, jobs and sentences that
too many have, words that one group has far more often, traits that all share.
It ends with 2 when there are errors (✗), with 0 otherwise.
${exitCodes}`;

/** `tinytroupe population lint`: what a careful author would look at again. */
export function lintCommand(session: Session): Command {
  const command = new Command("lint")
    .argument("<people...>", "a population's folder, a folder of persona files, or files")
    .description("find contradictions, near copies, clichés and stereotypes, without a model")
    .option(
      "--sensitive <path>",
      "watch these groups (default: what the specification calls sensitive, else gender, nationality); repeatable",
      collected,
    )
    .option("--hints", "show hints, too, not only errors and warnings")
    .option("--json", "for programs: all findings, the words of groups, how texts read")
    .action((sources: readonly string[], flags: LintFlags) => lint(session, sources, flags));
  return withExamples(
    command,
    ["population lint people/"],
    ["population lint people/ --sensitive religion --hints"],
    ["population lint ann.json ben.json --json"],
  ).addHelpText("after", help);
}

async function lint(session: Session, sources: readonly string[], { sensitive, hints }: LintFlags): Promise<void> {
  const { people, specification, remarks } = await peopleIn(session, sources);
  const watched = Object.entries(specification?.dimensions ?? {}).flatMap(([id, dimension]) =>
    dimension.kind !== "free" && dimension.sensitive ? [id] : [],
  );
  const preparation = waiting(session);
  const looking = lintPopulation(people, {
    ...(sensitive ? { sensitive } : watched.length > 0 && { sensitive: watched }),
    onProgress: (done, total) =>
      people.length > 200 && preparation.onProgress({ what: "Looking at people", done, total, unit: "share" }),
  });
  const found = await preparation.during("Looking at people", looking);
  session.exitCode = found.counts.error > 0 ? 2 : 0;
  if (session.json) return reply(session, { ...found, remarks });
  show(session, found, hints === true);
}

const marks: Readonly<Record<Severity, string>> = { error: "✗", warning: "!", hint: "·" };
/** Findings of one rule that are shown; more than these are counted. */
const most = 12;

function show(
  { out, outStyle: style }: Session,
  { n, findings, counts, stereotypes }: PopulationLint,
  hints: boolean,
): void {
  const paint = { error: style.bad, warning: style.warn, hint: style.dim };
  out.say(`${n} people · ${counted(counts)} · simulated`, style.dim);
  for (const severity of ["error", "warning", ...(hints ? (["hint"] as const) : [])] as const) {
    const ofIt = findings.filter((finding) => finding.severity === severity && finding.rule !== "stereotype");
    for (const [rule, same] of Map.groupBy(ofIt, (finding) => finding.rule)) {
      out.print(
        "",
        `${paint[severity](marks[severity])} ${style.bold(rule.replaceAll("-", " "))} ${style.dim(String(same.length))}`,
      );
      for (const finding of same.slice(0, most))
        out.print(...out.fold(textOf(finding), 4).map((line) => `    ${line}`));
      if (same.length > most) out.print(style.dim(`    … and ${same.length - most} more: --json has all`));
    }
  }
  if (stereotypes.length > 0) {
    const rows = stereotypes.slice(0, 3 * most).map(({ path, group, word, count, people, elsewhere, others, z }) => ({
      ...{
        place: path,
        group,
        word,
        "people of it": `${count} of ${people}`,
        others: `${elsewhere} of ${others}`,
        z: z.toFixed(1),
      },
    }));
    out.print("", `${style.warn(marks.warning)} ${style.bold("words that one group has far more often")}`);
    out.print(...table(rows, { width: out.width, style }));
  }
  if (!hints && counts.hint > 0) out.print("", style.dim(`${counts.hint} hints: show them with --hints`));
}

const counted = ({ error, warning, hint }: PopulationLint["counts"]): string =>
  [some(error, "error"), some(warning, "warning"), some(hint, "hint")].join(", ");

const some = (count: number, what: string): string => `${count} ${what}${count === 1 ? "" : "s"}`;

/** In characters: a persona's own texts may be long. */
const longest = 300;

function textOf({ person, path, message }: PopulationFinding): string {
  const whose = person === undefined ? "" : `${person.name} (${person.id}) `;
  const text = harmless(`${whose}${path === "" ? "" : `${path}: `}${message}`).replaceAll("\n", " ");
  return text.length <= longest ? text : `${text.slice(0, longest)}…`;
}
