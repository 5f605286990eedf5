import { TinyTroupeError } from "../../kernel/values/errors.ts";

type LlamaModule = typeof import("node-llama-cpp");
export type Llama = Awaited<ReturnType<LlamaModule["getLlama"]>>;
export type LlamaModel = Awaited<ReturnType<Llama["loadModel"]>>;
export type LlamaContext = Awaited<ReturnType<LlamaModel["createContext"]>>;
export type LlamaContextOptions = NonNullable<Parameters<LlamaModel["createContext"]>[0]>;
export type LlamaSequence = ReturnType<LlamaContext["getSequence"]>;
export type Token = ReturnType<LlamaModel["tokenize"]>[number];

/** The engine and what it said last: its words end up in an error's detail, never on the terminal. */
export interface Runtime {
  readonly module: LlamaModule;
  readonly llama: Llama;
  /** The last complaints of the engine, oldest first. */
  complaints(): string;
}

/**
 * How many tokens make a block. The engine's arithmetic gives the last bits differently for one row than for many, and
 * for the rest of a tile: whole blocks from the start of the prompt always come out the same, whatever was evaluated
 * together. Smaller blocks let more of a prompt be reused: 8 is enough for x64 processors (2 was, of all splits tried on
 * one with AVX-512); graphics cards, and the library that a Mac's processor uses, take another way below 32 rows.
 */
export function exactBlock({ llama }: Runtime): number {
  return llama.gpu === false && process.arch === "x64" && process.platform !== "darwin" ? 8 : 32;
}

const version = "3.22.1";
const platforms: Readonly<Record<string, string>> = {
  "linux-x64": "linux-x64",
  "linux-arm64": "linux-arm64",
  "linux-arm": "linux-armv7l",
  "darwin-arm64": "mac-arm64-metal",
  "darwin-x64": "mac-x64",
  "win32-x64": "win-x64",
  "win32-arm64": "win-arm64",
};

/** The install without the binaries of other platforms and graphics cards: some 85 MB instead of 725. */
export function slimInstall(platform: string, architecture: string): string {
  const binary = platforms[`${platform}-${architecture}`];
  const install = "npm install --omit=optional";
  const engine = `node-llama-cpp@${version}`;
  return binary === undefined ? `npm install ${engine}` : `${install} ${engine} @node-llama-cpp/${binary}@${version}`;
}

/**
 * Loads the engine at first use, from prebuilt binaries only: nothing is ever compiled.
 * Throws PACKAGE_MISSING where node-llama-cpp, or its binary for this platform, is not installed.
 */
export async function openRuntime(gpu: "auto" | false): Promise<Runtime> {
  const module = await load();
  const heard: string[] = [];
  const options = {
    gpu,
    build: "never",
    progressLogs: false,
    // With a second engine in the process, 3.22 writes to the standard output past the logger: so errors alone.
    logLevel: module.LlamaLogLevel.error,
    logger: (_level: unknown, message: string): void => {
      heard.push(message.trim());
      if (heard.length > 20) heard.shift();
    },
  } as const;
  try {
    return { module, llama: await module.getLlama(options), complaints: () => heard.join("\n") };
  } catch (cause) {
    throw missing(cause);
  }
}

async function load(): Promise<LlamaModule> {
  try {
    return await import("node-llama-cpp");
  } catch (cause) {
    throw missing(cause);
  }
}

function missing(cause: unknown): TinyTroupeError {
  const command = slimInstall(process.platform, process.arch);
  return new TinyTroupeError("PACKAGE_MISSING", "Local models need the package node-llama-cpp and its binary.", {
    data: { package: "node-llama-cpp", command },
    hint: `Install it with: ${command} (for a graphics card: npm install node-llama-cpp@${version})`,
    cause,
  });
}
