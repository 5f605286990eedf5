import { TinyTroupeError } from "../../kernel/values/errors.ts";
import type { Located } from "./locate.ts";
import type { LocalOptions } from "./options.ts";
import type { LlamaModel, Runtime } from "./runtime.ts";

/** Loads the weights. Throws MODEL_UNAVAILABLE with the engine's own words. */
export async function loadModel(
  runtime: Runtime,
  { path, name }: Located,
  { signal, onProgress }: Pick<LocalOptions, "signal" | "onProgress">,
): Promise<LlamaModel> {
  try {
    return await runtime.llama.loadModel({
      modelPath: path,
      ...(signal === undefined ? {} : { loadSignal: signal }),
      onLoadProgress: (share) =>
        onProgress?.({ model: name, phase: "load", done: Math.round(share * 1000), total: 1000 }),
    });
  } catch (cause) {
    throw unavailable(runtime, `local/${name}`, cause);
  }
}

/** The error of an engine that could not do it, with its own words. */
export function unavailable(runtime: Runtime, model: string, cause: unknown): TinyTroupeError {
  const detail = [cause instanceof Error ? cause.message : String(cause), runtime.complaints()].join("\n").trim();
  return new TinyTroupeError("MODEL_UNAVAILABLE", `${model} cannot be loaded: ${detail}`, {
    data: { model },
    hint: "Free some memory, open it with fewer sequences or contextTokens, or take a smaller model.",
    cause,
  });
}
