import { Command } from "commander";
import { fetchWeights, listModels, modelCacheFolder, modelPath, removeModel } from "../../models.ts";
import { onInterrupt } from "../live/interrupt.ts";
import { createPreparation } from "../live/preparation.ts";
import { reply } from "../reply.ts";
import type { Session } from "../session.ts";
import { table } from "../terminal/table.ts";
import { harmless } from "../terminal/text.ts";
import { withExamples } from "./flags.ts";

const help = `
HF_ENDPOINT names a mirror of the model hub. Where no hub can be reached, small
models come through pip.`;

const phases = { fetch: "Fetching", check: "Checking", load: "Loading" } as const;

/** `tinytroupe models`: local models, and where their weights are. */
export function modelsCommand(session: Session): Command {
  const models = new Command("models")
    .summary("list, fetch and remove local models")
    .description("Local models: small ones for rehearsals with a real model, larger ones for real use.");
  const named = (name: string, about: string): Command =>
    models
      .command(name)
      .description(about)
      .argument("<name>", "as in: tinytroupe models list")
      .option("--json", "for programs");
  const listing = models
    .command("list")
    .description("the models known by name, and which are here")
    .option("--json", "for programs")
    .action(() => list(session));
  const pulling = named(
    "pull",
    "fetch a model's weights, with checksum; a broken transfer goes on where it broke",
  ).action((name: string) => pull(session, bare(name)));
  const finding = named("path", "where a model's weights lie").action(async (name: string) => {
    const path = await modelPath(bare(name), folderOf(session));
    if (session.json) reply(session, { model: `local/${bare(name)}`, path });
    else session.raw(`${harmless(path)}\n`);
  });
  const removing = named("remove", "delete a model's weights").action(async (name: string) => {
    const removed = await removeModel(bare(name), folderOf(session));
    if (session.json) return reply(session, { model: `local/${bare(name)}`, removed });
    session.out.print(harmless(removed ? `Removed ${name}.` : `${name} was not here.`));
  });
  withExamples(listing, ["models list"], ["models list --json"]);
  withExamples(pulling, ["models pull smollm2-135m"]);
  withExamples(finding, ["models path smollm2-135m"]);
  withExamples(removing, ["models remove smollm2-135m"]);
  return withExamples(
    models,
    ["models list"],
    ["models pull smollm2-135m"],
    ["run study.yaml --model local/smollm2-135m"],
    ["run study.yaml --model local/./my-model.gguf"],
  ).addHelpText("after", help);
}

/** A model is called `local/<name>` everywhere else: that is understood here too. */
const bare = (name: string): string => name.replace(/^local\//, "");

function folderOf({ environment }: Session): string {
  return modelCacheFolder(environment.variables, environment.platform, environment.home);
}

async function list(session: Session): Promise<void> {
  const folder = folderOf(session);
  const models = await listModels(folder);
  if (session.json) return reply(session, { folder, models });
  const { out, outStyle: style } = session;
  const rows = models.map((model) => ({
    model: `local/${model.name}`,
    what: model.title,
    size: gigabytes(model.bytes),
    memory: gigabytes(model.memory),
    licence: model.licence,
    here: model.installed ? "yes" : "",
  }));
  out.print(...table(rows, { width: out.width, style }));
  out.say(`\nWeights lie in ${folder}`);
  out.say("Fetch one: tinytroupe models pull <name>. Any other: --model local/<file.gguf>");
}

const gigabytes = (bytes: number): string => `${(bytes / 1e9).toFixed(bytes < 1e9 ? 2 : 1)} GB`;

async function pull(session: Session, name: string): Promise<void> {
  const preparation = createPreparation(session.err, () => performance.now());
  const interrupt = onInterrupt(session);
  const hub = session.environment.variables["HF_ENDPOINT"];
  try {
    const fetched = fetchWeights(name, {
      cacheFolder: folderOf(session),
      ...(hub && { hub }),
      signal: interrupt.signal,
      onProgress: ({ phase, done, total }) =>
        preparation.onProgress({
          what: `${phases[phase]} ${name}`,
          unit: phase === "load" ? "share" : "bytes",
          done,
          ...(total === undefined ? {} : { total }),
        }),
    });
    const path = await preparation.during(`Asking for ${name}`, fetched);
    if (session.json) return reply(session, { model: `local/${name}`, path });
    session.out.print(harmless(`${name} is at ${path}`), `Use it: --model local/${name}`);
  } finally {
    interrupt.release();
  }
}
