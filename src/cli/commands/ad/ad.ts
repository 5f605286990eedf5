import { basename, resolve } from "node:path";
import { Command } from "commander";
import {
  type Ad,
  type AdTest,
  adReport,
  adReportHtml,
  defineStudy,
  loadAds,
  type RunProvenance,
  type Simulation,
  tableMetadata,
  tableOf,
  testAds,
  writeTable,
} from "../../../index.ts";
import { refuseUnwritable, writeNewFile } from "../../new-file.ts";
import { metadataBeside } from "../../outcome.ts";
import type { Session } from "../../session.ts";
import { type ModelFlags, wholeNumber, withExamples, withModelFlags } from "../flags.ts";
import { making } from "../making.ts";
import { dryRun } from "../money/dry-run.ts";
import { showTest } from "./show.ts";

interface AdFlags extends ModelFlags {
  readonly people: readonly string[];
  readonly first?: number;
  readonly segments?: string;
  readonly question?: string;
  readonly between?: string;
  readonly out?: string;
  readonly html?: string;
  readonly md?: string;
  readonly dryRun?: boolean;
}

const help = `
Adverts are texts (.txt, .md), pictures (.png, .jpg, .gif, .webp), folders of
these, or a list in YAML of name, text, image, its description (for models that
take no pictures) and brand. Each person sees them one by one, then side by side
for the choice, and is asked after something else what is left of them; all of
it on a fork, so that nobody is changed. The orders are dealt from Williams'
designs. Three adverts take six calls a person.
A winner is named where the interval of its lead leaves no room for chance.
The same command again goes on where it was.`;

/** `tinytroupe ad`: adverts shown to people. */
export function adCommand(session: Session): Command {
  const command = withModelFlags(new Command("ad"))
    .description("show adverts to people: what they notice, choose and remember, and why")
    .argument("<ads...>", "texts, pictures, folders of these, or a list in YAML")
    .requiredOption("-p, --people <sources...>", "a population's folder, persona files, or names of packaged ones")
    .option("--first <n>", "of a population or a folder, the first so many people", wholeNumber)
    .option("--segments <paths>", "tell results apart by these places of the persona, as residence,occupation.title")
    .option("--question <text>", "what the choice is about")
    .option("--between <text>", "what is talked about before they are asked what they remember")
    .option("-o, --out <file>", "write the rows as CSV, never over another file")
    .option("--html <file>", "write a page with plots")
    .option("--md <file>", "write a report in Markdown")
    .option("--dry-run", "ask no model: say what it would use and cost")
    .option("--json", "for programs: rows, choices and what they come to")
    .action((ads: string[], flags: AdFlags) => ad(session, ads, flags));
  return withExamples(
    command,
    ["ad ads/ --people people --dry-run", "what it would cost"],
    ["ad a.txt b.png -p people --segments gender --html ads.html"],
    ["ad ads.yaml -p lisa oscar marcos --model builtin", "a rehearsal"],
  ).addHelpText("after", help);
}

async function ad(session: Session, sources: readonly string[], flags: AdFlags): Promise<void> {
  const { folder } = session.environment;
  const { out, html, md } = flags;
  for (const file of [out, out && metadataBeside(out), html, md])
    if (file !== undefined) refuseUnwritable(session, file);
  const ads = await loadAds(sources.map((source) => resolve(folder, source)));
  const name = `ad test ${ads.map((one) => one.name).join(", ")}`.slice(0, 80);
  if (flags.dryRun) {
    const study = defineStudy({ name, folder, run: (simulation) => play(simulation, ads, { flags }) });
    return dryRun(session, study, flags);
  }
  const count = { done: 0, failed: 0, of: 0 };
  const status = (): string =>
    `${count.done} of ${count.of} people${count.failed === 0 ? "" : `, ${count.failed} without an answer`}`;
  const { test, provenance } = await making(
    session,
    { name, flags, what: "test", status },
    async ({ simulation, tick }) => {
      const onRow = ({ failed }: { readonly failed: boolean }): void => {
        count.done += 1;
        count.failed += failed ? 1 : 0;
        tick();
      };
      const found = await play(simulation, ads, {
        flags,
        onRow,
        begins: (people) => {
          count.of = people;
        },
      });
      return { test: found, provenance: await simulation.provenance() };
    },
  );
  await write(session, test, { flags, provenance });
  showTest(session, test, provenance);
}

interface Playing {
  readonly flags: AdFlags;
  readonly onRow?: (row: { readonly failed: boolean }) => void;
  readonly begins?: (people: number) => void;
}

async function play(simulation: Simulation, ads: readonly Ad[], { flags, onRow, begins }: Playing): Promise<AdTest> {
  const { first, segments, question, between, concurrency } = flags;
  const people = await simulation.loadPeople([...flags.people], first === undefined ? {} : { first });
  begins?.(people.length);
  return testAds(simulation.context, {
    ...{ people, ads },
    ...(segments !== undefined && { segments: segments.split(",").map((path) => path.trim()) }),
    ...(question !== undefined && { question }),
    ...(between !== undefined && { between }),
    ...(concurrency !== undefined && { concurrency }),
    ...(onRow && { onRow }),
  });
}

async function write(
  session: Session,
  test: AdTest,
  { flags, provenance }: { readonly flags: AdFlags; readonly provenance: RunProvenance },
): Promise<void> {
  const { out, html, md } = flags;
  if (out !== undefined) {
    const table = tableOf(test.rows);
    await writeNewFile(session, piece(Buffer.from(await writeTable(table, "csv")).toString("utf8")), out);
    const metadata = tableMetadata(table, { file: basename(out), provenance });
    await writeNewFile(session, piece(metadata), metadataBeside(out));
  }
  if (html !== undefined) await writeNewFile(session, piece(await adReportHtml(test, { provenance })), html);
  if (md !== undefined) await writeNewFile(session, piece(adReport(test, { provenance })), md);
}

async function* piece(text: string): AsyncIterable<string> {
  yield text;
}
