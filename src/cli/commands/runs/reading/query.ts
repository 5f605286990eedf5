import { basename, extname } from "node:path";
import { Command } from "commander";
import {
  type Table,
  type TableFormat,
  TinyTroupeError,
  tableMediaTypes,
  tableMetadata,
  writeTable,
} from "../../../../index.ts";
import { queryRun, queryTables, readProvenance, type Store } from "../../../../stores.ts";
import { createPreparation } from "../../../live/preparation.ts";
import { refuseTaken, writeNewFile } from "../../../new-file.ts";
import { metadataBeside } from "../../../outcome.ts";
import { reply } from "../../../reply.ts";
import type { Session } from "../../../session.ts";
import { table as tableLines } from "../../../terminal/table.ts";
import { wrap } from "../../../terminal/text.ts";
import { withExamples } from "../../flags.ts";
import { findRun, reading, type StoreFlags } from "../../study.ts";

type QueryFlags = StoreFlags & { readonly out?: string };

const help = `
One SELECT of SQLite over copies in memory, which reach no file and no network:

${Object.entries(queryTables)
  .flatMap(([name, { columns, about }]) => [
    ...wrap(`${name}: ${about}`, 76).map((line) => `  ${line}`),
    ...indented(columns.join(", ")),
  ])
  .join("\n")}

--out takes its format from the ending: ${Object.keys(tableMediaTypes).join(", ")}.
Other engines, DuckDB say, read the Parquet of "select * from events".`;

function indented(text: string): readonly string[] {
  return wrap(text, 74).map((line) => `    ${line}`);
}

/** `tinytroupe runs query`: a stored run asked in SQL. */
export function queryCommand(session: Session): Command {
  const command = new Command("query")
    .usage("[options] <sql> [run]")
    .argument("<sql>", "one SELECT over the tables below")
    .argument("[run]", "the beginning of its name (default: the last played)")
    .description("ask a run in SQL, without a model")
    .option("--out <file>", "write the rows to a file, never over another one")
    .option("--store <file>", "the journal (default: .tinytroupe/troupe.db)")
    .option("--json", "as rows, for programs")
    .addHelpText("after", help)
    .action((sql: string, id: string | undefined, flags: QueryFlags) =>
      reading(session, flags, (store) => query(session, store, { sql, id, flags })),
    );
  return withExamples(
    command,
    ['runs query "select name, count(*) from turns group by name"'],
    ['runs query "select speaker, text from transcript" --out talk.xlsx'],
    ['runs query "select model, sum(output) from calls group by 1" --json'],
  );
}

async function query(
  session: Session,
  store: Store,
  { sql, id, flags }: { readonly sql: string; readonly id: string | undefined; readonly flags: QueryFlags },
): Promise<void> {
  const format = flags.out === undefined ? undefined : formatOf(flags.out);
  if (flags.out !== undefined) {
    refuseTaken(session, flags.out, "--out");
    if (hasMetadataBeside(format)) refuseTaken(session, metadataBeside(flags.out), "--out");
  }
  const run = await findRun(store, id);
  const asking = queryRun(store, run.id, { sql });
  const table = await createPreparation(session.err, () => performance.now()).during(`Asking ${run.id}`, asking);
  if (flags.out !== undefined && format !== undefined) {
    const provenance = await readProvenance(store, run.id);
    const bytes = await writeTable(table, format, { title: run.name, provenance });
    await writeNewFile(session, pieces(bytes), flags.out);
    if (!hasMetadataBeside(format)) return;
    const metadata = tableMetadata(table, { file: basename(flags.out), provenance });
    return writeNewFile(session, pieces(metadata), metadataBeside(flags.out));
  }
  const rows = objectsOf(table);
  if (session.json) return reply(session, { simulated: true, run: run.id, columns: table.columns, rows });
  const { out, outStyle: style } = session;
  out.print(...(rows.length === 0 ? ["(no rows)"] : tableLines(rows, { width: out.width, style })));
  out.say(`${rows.length === 1 ? "1 row" : `${rows.length} rows`} · ${run.id} · simulated`, style.dim);
}

/** Neither has room for where its rows come from. */
const hasMetadataBeside = (format: TableFormat | undefined): boolean => format === "csv" || format === "jsonl";

function formatOf(file: string): TableFormat {
  const ending = extname(file).slice(1).toLowerCase();
  if (Object.hasOwn(tableMediaTypes, ending)) return ending as TableFormat;
  const known = Object.keys(tableMediaTypes).map((format) => `.${format}`);
  throw new TinyTroupeError("OPTION_INVALID", `The ending of ${file} says no format of tables.`, {
    data: { option: "--out", value: file },
    hint: `End it with one of ${known.join(", ")}.`,
  });
}

function objectsOf({ columns, rows }: Table): readonly Readonly<Record<string, unknown>>[] {
  const plain = (cell: unknown): unknown => (typeof cell === "bigint" ? cell.toString() : cell);
  return rows.map((row) => Object.fromEntries(columns.map(({ name }, at) => [name, plain(row[at])])));
}

async function* pieces(bytes: string | Uint8Array): AsyncIterable<string | Uint8Array> {
  yield bytes;
}
