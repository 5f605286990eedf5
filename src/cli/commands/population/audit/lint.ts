import { basename } from "node:path";
import { Command } from "commander";
import {
  defineStudy,
  lintPopulation,
  type PopulationFinding,
  type PopulationLint,
  type Severity,
  type Simulation,
} from "../../../../index.ts";
import { exitCodes } from "../../../failure.ts";
import { collected } from "../../../live/approval.ts";
import { reply } from "../../../reply.ts";
import type { Session } from "../../../session.ts";
import { table } from "../../../terminal/table.ts";
import { harmless } from "../../../terminal/text.ts";
import { type ModelFlags, withExamples, withModelFlags } from "../../flags.ts";
import { making, type OpenMaking } from "../../making.ts";
import { dryRun } from "../../money/dry-run.ts";
import { peopleIn, waiting } from "./files.ts";

interface LintFlags extends ModelFlags {
  readonly sensitive?: readonly string[];
  readonly hints?: boolean;
  readonly judge?: boolean;
  readonly dryRun?: boolean;
}

const help = `
✗ cannot be, ! would be played wrong, · is worth a look. One persona is held
against itself (ages, work, children, years, schooling), all of them against
each other: near copies, names, jobs and sentences that too many have, words
that one group has far more often, traits that all share.
No model is asked unless you say so. Near copies are found by words in a row;
--embedder finds them by meaning. --judge has a model read each persona, one
call each, for contradictions, clichés and stereotypes that rules miss; what
rests on no quote of the persona is left out. Ctrl-C stops after the calls in
flight, and the same command goes on from there.
It ends with 2 when there are errors (✗), with 0 otherwise.
${exitCodes}`;

/** `tinytroupe population lint`: what a careful author would look at again. */
export function lintCommand(session: Session): Command {
  const command = withModelFlags(new Command("lint"))
    .argument("<people...>", "a population's folder, a folder of persona files, or files")
    .description("find contradictions, near copies, clichés and stereotypes, by rules or with a model")
    .option(
      "--sensitive <path>",
      "watch these groups (default: what the specification calls sensitive, else gender, nationality); repeatable",
      collected,
    )
    .option("--embedder <name>", "find near copies by meaning: sentence (offline) or provider/model")
    .option("--judge", "have a model look for what rules miss, one call a person")
    .option("--dry-run", "with --judge or --embedder: ask nobody, say what it would use and cost")
    .option("--hints", "show hints, too, not only errors and warnings")
    .option("--json", "for programs: all findings, the words of groups, how texts read")
    .action((sources: readonly string[], flags: LintFlags) => lint(session, sources, { ...flags, reads: [] }));
  return withExamples(
    command,
    ["population lint people/"],
    ["population lint people/ --sensitive religion --hints"],
    ["population lint people/ --judge --dry-run", "what it would cost to have a model read them"],
    ['population lint people/ --judge --budget "1 usd"'],
  ).addHelpText("after", help);
}

async function lint(session: Session, sources: readonly string[], flags: LintFlags): Promise<void> {
  const { people, specification, remarks } = await peopleIn(session, sources);
  const watched = Object.entries(specification?.dimensions ?? {}).flatMap(([id, dimension]) =>
    dimension.kind !== "free" && dimension.sensitive ? [id] : [],
  );
  const { sensitive, judge = false, embedder } = flags;
  const groups = sensitive ? { sensitive } : watched.length > 0 && { sensitive: watched };
  const [first = "", ...more] = sources;
  const name = `lint ${basename(first)}${more.length > 0 ? ` and ${more.length} more` : ""}`;
  if (flags.dryRun && (judge || embedder !== undefined)) {
    const run = async ({ context }: Simulation): Promise<void> => {
      await lintPopulation(people, { ...groups, context, judge });
    };
    return dryRun(session, defineStudy({ name, run }), flags);
  }
  const looking = (onProgress: OpenMaking["onProgress"], context?: Simulation["context"]): Promise<PopulationLint> =>
    lintPopulation(people, {
      ...groups,
      ...(context && { context, judge, signal: context.signal }),
      onProgress: (done, total, what) =>
        (people.length > 200 || what !== "looking") && onProgress({ what: doing[what], done, total, unit: "share" }),
    });
  const preparation = waiting(session);
  const found =
    judge || embedder !== undefined
      ? await making(session, { name, flags, what: "audit" }, ({ simulation, during, onProgress }) =>
          during("Looking at people", looking(onProgress, simulation.context)),
        )
      : await preparation.during("Looking at people", looking(preparation.onProgress));
  session.exitCode = found.counts.error > 0 ? 2 : 0;
  if (session.json) return reply(session, { ...found, remarks });
  show(session, found, flags.hints === true);
}

const doing = { looking: "Looking at people", embedding: "Embedding people", judging: "Judging people" } as const;

const marks: Readonly<Record<Severity, string>> = { error: "✗", warning: "!", hint: "·" };
/** Findings of one rule that are shown; more than these are counted. */
const most = 12;

function show(
  { out, outStyle: style }: Session,
  { n, findings, counts, stereotypes, alikeBy, judged }: PopulationLint,
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
  for (const line of waysOf(alikeBy, judged)) out.say(harmless(line), style.dim);
  if (!hints && counts.hint > 0) out.print("", style.dim(`${counts.hint} hints: show them with --hints`));
}

function waysOf(
  { compares, embedder }: PopulationLint["alikeBy"],
  judged: PopulationLint["judged"],
): readonly string[] {
  const copies =
    compares === "words"
      ? "Near copies were looked for by words in a row; --embedder sentence looks by meaning."
      : `Near copies were looked for by meaning (${embedder}).`;
  if (judged === undefined) return [copies];
  const { model, people, failed, unfounded, heuristic } = judged;
  if (heuristic) return [copies, `${model} is no language model: nobody was judged.`];
  return [
    copies,
    `${model} read ${people} people${unfounded > 0 ? `; ${unfounded} findings had no quote in the persona and were left out` : ""}.`,
    ...(failed.length > 0
      ? [`${failed.length} could not be read, the first, ${failed[0]?.id}: ${failed[0]?.error.message}`]
      : []),
  ];
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
