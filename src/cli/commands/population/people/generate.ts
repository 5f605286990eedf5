import { resolve } from "node:path";
import { Command, Option } from "commander";
import {
  type Depth,
  type Draw,
  defineStudy,
  generatePopulation,
  loadDraws,
  loadSpecification,
  type SamplingMethod,
  type Simulation,
  type Specification,
  samplePopulation,
  samplingMethods,
  slug,
} from "../../../../index.ts";
import type { Session } from "../../../session.ts";
import { type ModelFlags, wholeNumber, withExamples, withModelFlags } from "../../flags.ts";
import { making } from "../../making.ts";
import { dryRun } from "../../money/dry-run.ts";
import { peopleMade, sayingHowToGoOn, showPopulation } from "./made.ts";

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
  const { flags } = order;
  const progress = peopleMade();
  const run = { name, flags, what: "population", status: progress.line };
  const manifest = await making(session, run, async ({ simulation, during, tick }) => {
    const draws = await during("Drawing people", order.drawn(simulation.seed));
    const onPerson = progress.counting(draws.length, tick);
    return sayingHowToGoOn(
      session,
      simulation,
      generatePopulation(simulation, draws, { ...optionsOf(session, order), onPerson }),
    );
  });
  showPopulation(session, manifest, flags.out ?? slug(order.name));
}
