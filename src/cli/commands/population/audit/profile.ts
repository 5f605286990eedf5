import { Command, InvalidArgumentError, Option } from "commander";
import {
  type Crosstab,
  type Distribution,
  type PopulationProfile,
  profileCharts,
  profileHtml,
  profilePopulation,
  unverifiedIn,
} from "../../../../index.ts";
import { collected } from "../../../live/approval.ts";
import { refuseTaken } from "../../../new-file.ts";
import { reply } from "../../../reply.ts";
import type { Session } from "../../../session.ts";
import { table } from "../../../terminal/table.ts";
import { harmless } from "../../../terminal/text.ts";
import { wholeNumber, withExamples } from "../../flags.ts";
import { percent, pText, rounded, shareBar } from "./figures.ts";
import { type FileFlags, peopleIn, waiting, writeFiles } from "./files.ts";

interface ProfileFlags extends FileFlags {
  readonly by?: readonly string[];
  readonly cross?: readonly (readonly [string, string])[];
  readonly top?: number;
}

const help = `
No model is asked. A place is dotted, as in occupation.title or
preferences.interests; of lists it is counted who has an item. Personas may be
of any shape. Where a folder has weights, shares respect them. Plots need the
packages vega, vega-lite and vega-interpreter.`;

/** `tinytroupe population profile`: a population in figures. */
export function profileCommand(session: Session): Command {
  const command = new Command("profile")
    .argument("<people...>", "a population's folder, a folder of persona files, or files")
    .description("show a population in figures: who there is, how varied, what goes together")
    .option("--by <place>", "count this place of the personas; repeatable (default: all that is said)", collected)
    .option("--cross <places>", "two places against each other, as in gender,education; repeatable", crossed)
    .option("--top <n>", "values shown of each place (default: 10)", wholeNumber)
    .addOption(new Option("--html <file>", "write one page with plots, never over another file").conflicts("json"))
    .addOption(new Option("--svg <folder>", "write each plot as a file").conflicts("json"))
    .option("--json", "for programs")
    .action((sources: readonly string[], flags: ProfileFlags) => profile(session, sources, flags));
  return withExamples(
    command,
    ["population profile people/"],
    ["population profile people/ --by age --cross gender,education"],
    ["population profile people/ --html report.html --svg plots/"],
  ).addHelpText("after", help);
}

function crossed(value: string, before: readonly (readonly [string, string])[] = []) {
  const places = value.split(",").map((place) => place.trim());
  const [down, across] = places;
  if (places.length !== 2 || !down || !across)
    throw new InvalidArgumentError("Write two places, as in gender,education.");
  return [...before, [down, across] as const];
}

async function profile(session: Session, sources: readonly string[], flags: ProfileFlags): Promise<void> {
  const { by, cross, top = 10, html } = flags;
  if (html !== undefined) refuseTaken(session, html, "--html");
  const { people, specification, remarks } = await peopleIn(session, sources);
  const unverified = specification === undefined ? [] : unverifiedIn(specification);
  const counting = profilePopulation(people, { top, unverified, ...(by && { by }), ...(cross && { cross }) });
  const found = await waiting(session).during("Counting", counting);
  if (session.json) return reply(session, { ...found, remarks: [...remarks, ...found.remarks] });
  show(session, found);
  const title = `Profile of ${sources.join(", ")}`;
  const page = () => profileHtml(found, { title, source: sources.join(", ") });
  await writeFiles(session, flags, { page, charts: profileCharts(found) });
}

function show(session: Session, found: PopulationProfile): void {
  const { out, outStyle: style } = session;
  const weights = found.weighted ? ` · weighted, as good as ${rounded(found.effectiveSize)}` : "";
  out.say(`${found.n} people${weights} · simulated`, style.dim);
  for (const one of found.distributions) distribution(session, one);
  for (const one of found.crosstabs) crosstab(session, one);
  const together = found.correlations.filter(({ r }) => r !== undefined).slice(0, 10);
  if (together.length > 0) {
    out.print("", style.bold("What goes together"));
    const rows = together.map(({ one, other, method, n, r, corrected }) => ({
      ...{
        one: ending(one),
        other: ending(other),
        by: method,
        n,
        r: (r as number).toFixed(2),
        "p (Holm)": pText(corrected),
      },
    }));
    out.print(...table(rows, { width: out.width, style }));
  }
  for (const remark of found.remarks) out.say(harmless(remark), style.warn);
  if (found.unverified.length > 0) {
    out.say(`Not checked against a source: ${found.unverified.join(", ")}.`, style.warn);
  }
}

const barWidth = 20;

function distribution(
  { out, outStyle: style }: Session,
  { path, answered, missing, rows, more, numbers, diversity }: Distribution,
): void {
  const silent = missing === 0 ? "" : `, ${missing} say nothing`;
  out.print("", `${style.bold(harmless(path))} ${style.dim(`${answered} people${silent}`)}`);
  const most = Math.max(...rows.map(({ share }) => share));
  const lines = rows.map(({ value, people, share }) => ({
    ...{
      value: shortened(value),
      share: percent(share),
      people,
      "": shareBar(most === 0 ? 0 : share / most, barWidth),
    },
  }));
  out.print(...table(lines, { width: out.width, style }));
  const hidden = more === undefined ? [] : [`${more.people} people have one of ${more.values} more values`];
  const figures =
    numbers === undefined
      ? []
      : [`mean ${rounded(numbers.mean)}, sd ${rounded(numbers.sd)}, median ${rounded(numbers.median)}`];
  const varied =
    diversity?.evenness === undefined
      ? []
      : [
          `H ${rounded(diversity.entropy)} (${rounded(diversity.evenness)} of its greatest), Simpson ${rounded(diversity.simpson)}`,
        ];
  const last = [...hidden, ...figures, ...varied].join(" · ");
  if (last !== "") out.say(last, style.dim);
}

function crosstab({ out, outStyle: style }: Session, { down, across, n, rows, test, reason }: Crosstab): void {
  out.print("", `${style.bold(harmless(`${down} by ${across}`))} ${style.dim(`${n} people, % of each row`)}`);
  const lines = [...Map.groupBy(rows, (row) => row.down)].map(([label, cells]) => ({
    [down]: shortened(label),
    ...Object.fromEntries(cells.map((cell) => [shortened(cell.across), percent(cell.shareOfRow)])),
  }));
  out.print(...table(lines, { width: out.width, style }));
  const rough = test !== undefined && test.smallestExpected < 5 ? ", rough: some cells expect fewer than 5" : "";
  const line =
    test === undefined
      ? `no test: ${reason}`
      : `χ² ${rounded(test.statistic)} (${test.degrees}), p ${pText(test.p)}, V ${rounded(test.effect)}${rough}`;
  out.say(line, style.dim);
}

const ending = (path: string): string => path.slice(path.lastIndexOf(".") + 1);

/** In characters: a label, not a paragraph. */
const longest = 60;
const shortened = (label: string): string => (label.length <= longest ? label : `${label.slice(0, longest - 1)}…`);
