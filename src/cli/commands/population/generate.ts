import { resolve } from "node:path";
import { Command, Option } from "commander";
import {
  type Depth,
  type Draw,
  defineStudy,
  generatePopulation,
  loadDraws,
  loadSpecification,
  type Manifest,
  openSimulation,
  type PersonResult,
  type SamplingMethod,
  type Simulation,
  type Specification,
  samplePopulation,
  samplingMethods,
  slug,
} from "../../../index.ts";
import { onInterrupt } from "../../live/interrupt.ts";
import { createPreparation } from "../../live/preparation.ts";
import { createView } from "../../live/view.ts";
import { reply } from "../../reply.ts";
import type { Session } from "../../session.ts";
import { table } from "../../terminal/table.ts";
import { caveat, type ModelFlags, modelOptions, wholeNumber, withExamples, withModelFlags } from "../flags.ts";
import { dollars, grouped } from "../money/amounts.ts";
import { dryRun } from "../money/dry-run.ts";

interface GenerateFlags extends ModelFlags {
  readonly size?: number;
  readonly method: SamplingMethod;
  readonly depth: Depth;
  readonly about?: string;
  readonly out?: string;
  readonly dryRun?: boolean;
  readonly json?: boolean;
}

const help = `
Each person is one call: name, place and figures are drawn without a model, and
what was drawn is laid on whatever the model writes. A text that contradicts it
is asked for once more.
The same command again goes on where it was: who is in the folder is not made
again, nobody is paid for twice, and who failed is tried once more. Ctrl-C stops
after the calls in flight.`;

/** `tinytroupe population generate`: a folder of people who match a specification, or of people who were drawn. */
export function generateCommand(session: Session): Command {
  const command = withModelFlags(new Command("generate"))
    .argument("<specification>", "a file, the name of one that comes with the package, or draws.jsonl")
    .description("make people who match a specification: a folder with a persona a file, and what they were made from")
    .option("-n, --size <n>", "how many (default: what the specification says)", wholeNumber)
    .addOption(new Option("--method <method>", "how they are drawn").choices(samplingMethods).default("quota"))
    .addOption(
      new Option("--depth <depth>", "how much is written of each")
        .choices(["sketch", "standard", "deep"])
        .default("standard"),
    )
    .option("--about <context>", "more on their setting, for who writes them")
    .option("--out <folder>", "where to write them (default: the population's name)")
    .option("--dry-run", "ask no model: say what it would use and cost")
    .option("--json", "for programs: the manifest")
    .action((source: string, flags: GenerateFlags) => generate(session, source, flags));
  return withExamples(
    command,
    ["population generate usa --size 50 --dry-run", "what it would cost"],
    ['population generate usa --size 50 --out people --budget "2 usd"'],
    ["population generate draws.jsonl --depth sketch --out people"],
  ).addHelpText("after", help);
}

/** What is to be made, before it is known by which seed. */
interface Order {
  readonly name: string;
  readonly specification: Specification | undefined;
  readonly drawn: (seed: string) => Promise<readonly Draw[]>;
  readonly flags: GenerateFlags;
}

async function generate(session: Session, source: string, flags: GenerateFlags): Promise<void> {
  const order = await orderOf(source, flags);
  const name = `population ${order.name} ${flags.depth}`;
  if (!flags.dryRun) return make(session, name, order);
  const run = async (simulation: Simulation): Promise<void> => {
    await generatePopulation(simulation, await order.drawn(simulation.seed), optionsOf(session, order));
  };
  return dryRun(session, defineStudy({ name, run }), flags);
}

async function orderOf(source: string, flags: GenerateFlags): Promise<Order> {
  if (/\.jsonl$/i.test(source)) {
    const draws = await loadDraws(source);
    const name = slug(source.replace(/^.*[/\\]|\.jsonl$/gi, ""));
    return { name, specification: undefined, drawn: async () => draws, flags };
  }
  const specification = await loadSpecification(source);
  const { size, method } = flags;
  const drawn = async (seed: string): Promise<readonly Draw[]> =>
    (await samplePopulation(specification, { seed, method, ...(size !== undefined && { size }) })).people;
  return { name: specification.name, specification, drawn, flags };
}

function optionsOf({ environment }: Session, { name, specification, flags }: Order) {
  const { depth, about, method, out } = flags;
  return {
    ...{ name, depth, folder: resolve(environment.folder, out ?? slug(name)) },
    ...(specification && { specification, method }),
    ...(about !== undefined && { about }),
  };
}

async function make(session: Session, name: string, order: Order): Promise<void> {
  const { err, errStyle: style } = session;
  const { flags } = order;
  const now = (): number => performance.now();
  const count = { made: 0, failed: 0, of: 0 };
  const status = (): string =>
    `${grouped(count.made)} of ${grouped(count.of)} people${count.failed > 0 ? `, ${grouped(count.failed)} failed` : ""}`;
  const view = createView({ screen: err, style, thoughts: false, now, status });
  const preparation = createPreparation(err, now);
  const interrupt = onInterrupt(session, view);
  const timer = setInterval(() => count.of > 0 && view.tick(), 500);
  try {
    const opening = openSimulation({
      name,
      ...(await modelOptions(session, flags, { preparation })),
      signal: interrupt.signal,
      onEvent: (event) => view.listener(event),
    });
    await using simulation = await preparation.during("Opening the run", opening);
    interrupt.attach(simulation);
    err.say([simulation.choice.reason, caveat(simulation, "population") ?? ""].join("\n").trim(), style.dim);
    const drawing = order.drawn(simulation.seed);
    const draws = await preparation.during("Drawing people", drawing);
    count.of = draws.length;
    const told = (result: PersonResult): void => {
      if ("error" in result) count.failed += 1;
      else count.made += 1;
      view.tick();
    };
    const options = { ...optionsOf(session, order), onPerson: told };
    const manifest = await generatePopulation(simulation, draws, options).catch(async (error: unknown) => {
      await simulation.close(simulation.context.signal.aborted ? "stopped" : "failed");
      session.run = simulation.run;
      const { paid, replayed } = simulation.ledger;
      if (paid.calls + replayed.calls > 0)
        session.farewell = "Whoever was made is in the folder. The same command goes on from there.";
      throw error;
    });
    err.print(style.dim(view.end()));
    show(session, manifest, flags.out ?? slug(order.name));
  } finally {
    clearInterval(timer);
    view.end();
    interrupt.release();
  }
}

function show(session: Session, manifest: Manifest, folder: string): void {
  const failed = manifest.people.filter(({ hash }) => hash === undefined);
  session.exitCode = failed.length > 0 ? 1 : 0;
  const { specification: _inFile, people, cost, ...rest } = manifest;
  if (session.json) {
    reply(session, { folder, ...rest, cost, people });
    return;
  }
  const { out } = session;
  const made = grouped(people.length - failed.length);
  const price = cost.usd === null ? "cost unknown" : dollars(cost.usd);
  out.say(`${made} people in ${folder} · ${grouped(cost.calls)} calls · ${price} · simulated`);
  if (failed.length > 0) showFailed(session, failed);
}

function showFailed({ out, err, outStyle: style }: Session, failed: Manifest["people"]): void {
  const rows = failed.slice(0, 20).map(({ id, name, failed: why }) => ({ id, name, why: why?.message ?? "" }));
  out.print("", style.bold(`Not made (${failed.length})`), ...table(rows, { width: out.width, style }));
  err.say("The same command tries them once more.");
}
