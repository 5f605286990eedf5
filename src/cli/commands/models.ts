import { Command } from "commander";
import { fetchWeights, listModels, modelCacheFolder, modelPath, removeModel } from "../../models.ts";
import type { Session } from "../session.ts";
import { table } from "../terminal/table.ts";
import { progressLine } from "./flags.ts";

/** `tinytroupe models`: local models, and where their weights are. */
export function modelsCommand(session: Session): Command {
  const models = new Command("models")
    .summary("list, fetch and remove local models")
    .description("Local models: small ones for rehearsals with a real model, larger ones for real use.");
  models
    .command("list")
    .description("the models known by name, and which are here")
    .option("--json", "for programs")
    .action((flags: { json?: boolean }) => list(session, flags));
  models
    .command("pull")
    .description("fetch a model's weights, with checksum; a broken transfer goes on where it broke")
    .argument("<name>")
    .action((name: string) => pull(session, name));
  models
    .command("path")
    .description("where a model's weights lie")
    .argument("<name>")
    .action(async (name: string) => session.raw(`${await modelPath(name, folderOf(session))}\n`));
  models
    .command("remove")
    .description("delete a model's weights")
    .argument("<name>")
    .action(async (name: string) => {
      const removed = await removeModel(name, folderOf(session));
      session.out.print(removed ? `Removed ${name}.` : `${name} was not here.`);
    });
  return models;
}

function folderOf({ environment }: Session): string {
  return modelCacheFolder(environment.variables, environment.platform, environment.home);
}

async function list(session: Session, flags: { json?: boolean }): Promise<void> {
  const models = await listModels(folderOf(session));
  if (flags.json) return session.raw(`${JSON.stringify({ ok: true, models }, null, 2)}\n`);
  const gigabytes = (bytes: number): string => `${(bytes / 1e9).toFixed(bytes < 1e9 ? 2 : 1)} GB`;
  const rows = models.map((model) => ({
    model: `local/${model.name}`,
    what: model.title,
    size: gigabytes(model.bytes),
    memory: gigabytes(model.memory),
    licence: model.licence,
    here: model.installed ? "yes" : "",
  }));
  session.out.print(...table(rows, { width: session.out.width, style: session.outStyle }));
  session.out.print(
    "",
    `They lie in ${folderOf(session)}`,
    "Fetch one: tinytroupe models pull <name>. Any other: --model local/<file.gguf>",
  );
}

async function pull(session: Session, name: string): Promise<void> {
  const stop = new AbortController();
  const interrupt = (): void => stop.abort();
  process.once("SIGINT", interrupt);
  const hub = session.environment.variables["HF_ENDPOINT"];
  try {
    const path = await fetchWeights(name, {
      cacheFolder: folderOf(session),
      ...(hub && { hub }),
      signal: stop.signal,
      onProgress: ({ phase, done, total }) =>
        session.err.footer([progressLine(`${phase} ${name}`, { unit: "bytes", done, total })]),
    });
    session.err.footer([]);
    session.out.print(`${name} is at ${path}`, `Use it: --model local/${name}`);
  } finally {
    session.err.footer([]);
    process.off("SIGINT", interrupt);
  }
}
