import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { basename, resolve } from "node:path";
import { Command, Option } from "commander";
import {
  type Codebook,
  type CodedAnswer,
  chartSvg,
  codeAgain,
  codeAnswers,
  codedCsv,
  defineStudy,
  findThemes,
  type MicrodataRow,
  parseCodebook,
  readMicrodata,
  type SecondCoding,
  type Simulation,
  type Themes,
  TinyTroupeError,
  themesChart,
} from "../../../index.ts";
import { refuseUnwritable, writeNewFile } from "../../new-file.ts";
import { reply } from "../../reply.ts";
import type { Session } from "../../session.ts";
import { table } from "../../terminal/table.ts";
import { harmless } from "../../terminal/text.ts";
import { type ModelFlags, wholeNumber, withExamples, withModelFlags } from "../flags.ts";
import { making, type OpenMaking } from "../making.ts";
import { dryRun } from "../money/dry-run.ts";

interface ThemesFlags extends ModelFlags {
  readonly column: string;
  readonly max: number;
  readonly min?: number;
  readonly question?: string;
  readonly codebook?: string;
  readonly secondCoder?: boolean;
  readonly out?: string;
  readonly svg?: string;
  readonly dryRun?: boolean;
}

const help = `
Answers are embedded, grouped in code (spherical k-means; as many groups as the
mean silhouette says), and named by a model in one call. Each is in exactly one
theme, and their order does not matter. What was paid for is kept: the same
command again asks nothing.
A codebook that is there already is coded by, without a model; answers that are
like none before are "none of these".
A second coder is a model that sorts up to 200 answers by the names and
descriptions alone: kappa and alpha say how far both agree.`;

/** `tinytroupe themes`: open answers of a table in groups. */
export function themesCommand(session: Session): Command {
  const command = withModelFlags(new Command("themes"))
    .argument("<table>", "a CSV or Parquet file with a row an answer")
    .description("group open answers into themes, and say which answer is in which")
    .requiredOption("-c, --column <name>", "the column with the answers")
    .option("--max <n>", "themes at most", wholeNumber, 8)
    .option("--min <n>", "themes at least, where answers are unlike enough", wholeNumber)
    .option("--question <text>", "what was asked, for who names the themes")
    .option("--embedder <name>", "sentence, lexical or provider/model (default: the project's, else sentence)")
    .option("--codebook <file>", "keep the themes there; one that is there already is coded by")
    .option("--second-coder", "have a model sort the answers again, and say how far both agree")
    .option("-o, --out <file>", "write the rows with their themes as CSV, never over another file")
    .option("--svg <file>", "write a picture of the themes, never over another file")
    .addOption(new Option("--dry-run", "ask no model: say what it would use and cost"))
    .option("--json", "for programs: themes, and the theme of each answer")
    .action((file: string, flags: ThemesFlags) => themes(session, file, { ...flags, reads: [] }));
  return withExamples(
    command,
    ["themes answers.csv --column why --max 8"],
    ["themes answers.csv -c why --codebook why.json -o coded.csv"],
    ["themes wave2.csv -c why --codebook why.json -o wave2-coded.csv", "by the themes of the first wave"],
  ).addHelpText("after", help);
}

interface Order {
  readonly name: string;
  readonly rows: readonly MicrodataRow[];
  readonly answers: readonly string[];
  readonly flags: ThemesFlags;
  /** By which the answers are coded. */
  readonly codebook: Codebook | undefined;
}

async function themes(session: Session, file: string, flags: ThemesFlags): Promise<void> {
  for (const taken of [flags.out, flags.svg]) if (taken !== undefined) refuseUnwritable(session, taken);
  const order = await orderOf(session, file, flags);
  if (!flags.dryRun) return work(session, order);
  const run = async ({ context }: Simulation): Promise<void> => {
    await found(context, order);
  };
  return dryRun(session, defineStudy({ name: order.name, run }), flags);
}

async function orderOf({ environment: { folder } }: Session, file: string, flags: ThemesFlags): Promise<Order> {
  const rows = await readMicrodata(resolve(folder, file));
  const columns = Object.keys(rows[0] ?? {});
  const { column } = flags;
  if (rows.length === 0) {
    throw new TinyTroupeError("OPTION_INVALID", `${file} has no rows below its columns' names.`, {
      data: { option: "file", value: file },
      hint: "Give a table with a row for each answer.",
    });
  }
  if (!columns.includes(column)) {
    throw new TinyTroupeError("OPTION_INVALID", `${file} has no column '${column}'.`, {
      data: { option: "column", value: column },
      hint: `Its columns: ${columns.join(", ")}.`,
    });
  }
  const answers = rows.map((row) => String(row[column] ?? ""));
  const path = flags.codebook === undefined ? undefined : resolve(folder, flags.codebook);
  const known = path !== undefined && existsSync(path) ? await codebookIn(path) : undefined;
  return { name: `themes ${basename(file)} ${column}`, rows, answers, flags, codebook: known };
}

async function codebookIn(path: string): Promise<Codebook> {
  const text = await readFile(path, "utf8");
  try {
    return parseCodebook(JSON.parse(text));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return parseCodebook(text);
  }
}

interface Found {
  /** Absent where the answers were coded by a codebook that was there. */
  readonly fitted?: Themes;
  readonly codebook: Codebook;
  readonly answers: readonly CodedAnswer[];
  readonly secondCoding?: SecondCoding;
}

async function found(
  context: Simulation["context"],
  order: Order,
  onProgress?: OpenMaking["onProgress"],
): Promise<Found> {
  const { answers, flags, codebook } = order;
  const progressOf = (what: string) => (done: number, total: number) =>
    onProgress?.({ what, done, total, unit: "share" });
  const { max, min, question } = flags;
  const wanted = { max, ...(min !== undefined && { min }), ...(question !== undefined && { question }) };
  const first = async (): Promise<Found> => {
    if (codebook !== undefined) return { codebook, answers: await codeAnswers(context, codebook, answers) };
    const fitted = await findThemes(context, answers, { ...wanted, onProgress: progressOf("Embedding answers") });
    return { fitted, codebook: fitted.codebook, answers: fitted.answers };
  };
  const coding = await first();
  if (!flags.secondCoder) return coding;
  const again = { onProgress: progressOf("Coding answers again") };
  return { ...coding, secondCoding: await codeAgain(context, coding, again) };
}

async function work(session: Session, order: Order): Promise<void> {
  const { name, flags, codebook } = order;
  const run = { name, flags, what: "coding", embedder: codebook?.embedder };
  const { simulation, result } = await making(session, run, async (open) => ({
    simulation: open.simulation,
    result: await open.during("Grouping answers", found(open.simulation.context, order, open.onProgress)),
  }));
  await write(session, order, result);
  if (session.json) reply(session, document(simulation, result));
  else show(session, result);
}

async function write(session: Session, { rows, flags, codebook }: Order, result: Found): Promise<void> {
  const { out, svg } = flags;
  if (out !== undefined) await writeNewFile(session, piece(codedCsv(rows, result.answers)), out);
  if (flags.codebook !== undefined && codebook === undefined)
    await writeNewFile(session, piece(`${JSON.stringify(result.codebook, null, 2)}\n`), flags.codebook);
  if (svg !== undefined && result.fitted !== undefined)
    await writeNewFile(session, piece(await chartSvg(themesChart(result.fitted), { file: true })), svg);
}

function document({ run, heuristic }: Simulation, { fitted, codebook, answers, secondCoding }: Found) {
  const { embedder, compares, themes: book } = codebook;
  return {
    ...{ run, heuristic, embedder, compares, n: answers.length },
    ...{ themes: book.map(({ direction: _direction, ...theme }) => theme), fit: fitted?.fit ?? [], answers },
    ...(secondCoding && { secondCoding }),
  };
}

async function* piece(text: string): AsyncIterable<string> {
  yield text;
}

function show({ out, outStyle: style }: Session, { codebook, answers, fitted, secondCoding }: Found): void {
  const counts = Map.groupBy(answers, ({ theme }) => theme);
  const saying = answers.length - (counts.get("blank")?.length ?? 0);
  const way = codebook.compares === "words" ? "by the words that they share" : "by meaning";
  const by = fitted === undefined ? " · by the codebook" : "";
  out.say(`${saying} answers · ${codebook.themes.length} themes, ${way} (${codebook.embedder})${by}`, style.dim);
  const rows = [...codebook.themes, none].flatMap(({ id, name, description }) => {
    const members = counts.get(id) ?? [];
    const share = saying === 0 ? 0 : members.length / saying;
    if (id === none.id && members.length === 0) return [];
    return [
      { theme: name, answers: members.length, share: `${(100 * share).toFixed(1)} %`, "what they say": description },
    ];
  });
  out.print("", ...table(rows, { width: out.width, style }));
  for (const { name, examples } of fitted?.themes ?? []) {
    out.print("", style.bold(harmless(name)));
    for (const example of examples)
      out.print(...out.fold(harmless(`“${example}”`).replaceAll("\n", " "), 2).map((line) => `  ${line}`));
  }
  const blank = counts.get("blank")?.length ?? 0;
  if (blank > 0) out.print("", style.dim(`${blank} blank`));
  if (secondCoding !== undefined) out.print("", ...agreement(secondCoding).map((line) => harmless(line)));
}

const none = { id: "other", name: "none of these", description: "like no answer before" } as const;

function agreement({ kappa, alpha, rows, failed, coder, heuristic }: SecondCoding): readonly string[] {
  const kappaText =
    "kappa" in kappa
      ? `κ ${kappa.kappa.toFixed(2)}${kappa.low === undefined ? "" : ` (${kappa.low.toFixed(2)} to ${kappa.high?.toFixed(2)})`}`
      : `no κ: ${kappa.reason}`;
  const alphaText = "alpha" in alpha ? `α ${alpha.alpha.toFixed(2)}` : `no α: ${alpha.reason}`;
  return [
    `Second coder ${coder}${heuristic ? " (a rehearsal)" : ""} on ${rows.length} texts: ${kappaText}, ${alphaText}`,
    ...(failed > 0 ? [`${failed} texts have no usable second code.`] : []),
    ...(heuristic
      ? ["It goes by words that answers share with names and descriptions: this says nothing about the themes."]
      : []),
  ];
}
