import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { loadPicture } from "../../../src/document/pictures/load-picture.ts";
import { pictureType } from "../../../src/document/pictures/picture-type.ts";
import { pngOf } from "../../support/pages/png.ts";
import { promptOf, says, testPerson } from "../../support/person.ts";

const png = new Uint8Array(pngOf(2, 2, [200, 30, 30]));
const large = 11 * 1024 * 1024;
let folder: string;
let server: Server;
let address: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "pictures-"));
  await writeFile(join(folder, "a.png"), png);
  await writeFile(join(folder, "text.png"), "not a picture");
  await writeFile(join(folder, "large.png"), Buffer.concat([png, Buffer.alloc(large)]));
  server = createServer((request, response) => {
    if (request.url?.startsWith("/gone")) return response.writeHead(404).end();
    if (request.url === "/moved") return response.writeHead(302, { location: "/a.txt" }).end();
    if (request.url === "/endless") {
      const more = (): void => {
        if (!response.destroyed) response.write(Buffer.alloc(1024 * 1024), () => setImmediate(more));
      };
      response.write(png);
      return more();
    }
    if (request.url === "/closed")
      return response.writeHead(request.headers.authorization === undefined ? 200 : 403).end();
    return response.writeHead(200, { "content-type": "text/plain" }).end(png);
  }).listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await rm(folder, { recursive: true });
});

describe("a picture", () => {
  it("comes from a file, a file URL, the web or bytes, and is told by its bytes", async () => {
    const sources = [
      join(folder, "a.png"),
      pathToFileURL(join(folder, "a.png")),
      `${address}/moved`,
      new URL(`${address}/a.txt`),
      png,
    ];
    const pictures = await Promise.all(sources.map((source) => loadPicture(source)));
    for (const picture of pictures)
      expect(picture).toMatchObject({ type: "image", mediaType: "image/png", digest: pictures[0]?.digest });
    expect(pictures.map((picture) => Buffer.from(picture.data).equals(png))).toEqual([true, true, true, true, true]);
    expect(await loadPicture(pictures[0] ?? png)).toBe(pictures[0]);
  });
  it("is refused when it is none, or too large, wherever it comes from", async () => {
    for (const source of [
      join(folder, "text.png"),
      join(folder, "large.png"),
      `${address}/endless`,
      Uint8Array.of(1, 2),
    ]) {
      await expect(loadPicture(source)).rejects.toMatchObject({ code: "OPTION_INVALID" });
    }
  });
  it("that cannot be had is an error that names it, without what may be secret in its address", async () => {
    await expect(loadPicture(join(folder, "none.png"))).rejects.toMatchObject({
      code: "FILE_UNREADABLE",
      data: { file: join(folder, "none.png") },
    });
    const secret = address.replace("http://", "http://me:pass@");
    await expect(loadPicture(`${secret}/gone?key=1`)).rejects.toMatchObject({
      code: "FILE_UNREADABLE",
      data: { file: `${address}/gone` },
    });
    await expect(loadPicture(`${address}/gone?key=1`)).rejects.toThrow("answered 404");
    await expect(loadPicture(`${secret}/closed`)).rejects.toThrow("answered 403");
  });
  it("is read from files alone: a device or a pipe might never end", async () => {
    for (const path of [folder, ...(process.platform === "win32" ? [] : ["/dev/zero"])]) {
      await expect(loadPicture(path)).rejects.toMatchObject({ code: "FILE_UNREADABLE", data: { file: path } });
    }
  });
  it("is refused where it breaks off or is too large, before a provider does it", async () => {
    const from64 = (text: string): Buffer => Buffer.from(text, "base64");
    const [start, comment] = [
      [0xff, 0xd8],
      [0xff, 0xfe, 0, 4, 0xff, 0xd9],
    ];
    const [frame, scan] = [
      [0xff, 0xc0, 0, 11, 8, 0, 2, 0, 3, 1, 1, 0x11, 0],
      [0xff, 0xda, 0, 2, 7, 7, 0xff, 0xd9],
    ];
    const jpeg = Buffer.from([start, comment, frame, scan].flat() as number[]);
    const whole = {
      png: pngOf(8_000, 1, [1, 2, 3]),
      jpg: jpeg,
      gif: from64("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"),
      webp: from64("UklGRiIAAABXRUJQVlA4IBYAAAAwAQCdASoBAAEADsD+JaQAA3AAAAAA"),
      "lossless.webp": from64("UklGRhoAAABXRUJQVlA4TA0AAAAvAAAAEAcQERGIiP4HAA=="),
    };
    for (const [name, bytes] of Object.entries(whole)) {
      const file = join(folder, `whole.${name}`);
      await writeFile(file, Buffer.concat([bytes, Buffer.alloc(name === "gif" ? 2 : 0)]));
      await expect(loadPicture(file), name).resolves.toMatchObject({ type: "image" });
      for (const cut of [bytes.length - 3, 20]) {
        await writeFile(file, bytes.subarray(0, cut));
        await expect(loadPicture(file), `${name} ${cut}`).rejects.toThrow(/breaks off before its end/);
      }
    }
    await writeFile(join(folder, "wide.png"), pngOf(8_001, 1, [1, 2, 3]));
    await expect(loadPicture(join(folder, "wide.png"))).rejects.toThrow(
      /8001 × 1 pixels, and models take at most 8000/,
    );
  });
  it("can be a PNG, JPEG, GIF or WebP", () => {
    const ascii = (text: string) => new TextEncoder().encode(text);
    expect(
      [
        png,
        Uint8Array.of(0xff, 0xd8, 0xff),
        ascii("GIF89a"),
        ascii("RIFF1234WEBP"),
        ascii("<svg/>"),
        Uint8Array.of(),
      ].map(pictureType),
    ).toEqual(["image/png", "image/jpeg", "image/gif", "image/webp", undefined, undefined]);
  });
});

describe("seeing", () => {
  const eyes = { model: { limits: { images: true } } };
  it("brings pictures to a model that takes them, and their digests to the journal", async () => {
    const { person, model, context } = testPerson([says("What a lovely dog that is.")], eyes);
    await person.see({ description: "A poster", image: join(folder, "a.png"), source: "Oscar" });
    person.see("Another", { images: [png] });
    await person.act();
    expect(promptOf(model.requests[0])).toContain(
      '<visual from="Oscar">A poster</visual>\n[image/png]\n<visual>Another</visual>\n[image/png]',
    );
    expect(person.transcript().slice(0, 2)).toMatchObject([
      { type: "VISUAL", from: "Oscar", text: "(a picture) A poster" },
      { type: "VISUAL", text: "(a picture) Another" },
    ]);
    const journal = JSON.stringify(context.events);
    expect(journal).toContain((await loadPicture(png)).digest);
    expect(journal).toContain('"data":{}');
  });
  it("is refused at once where the model takes no pictures", async () => {
    const { person } = testPerson([]);
    expect(() => person.see("A poster", { images: [png] })).toThrow(
      expect.objectContaining({ code: "MODEL_UNSUPPORTED" }),
    );
    await expect(person.see({ image: join(folder, "missing.png") })).rejects.toMatchObject({
      code: "MODEL_UNSUPPORTED",
    });
    const picture = await loadPicture(png);
    expect(() => person.observe({ type: "VISUAL", content: "", images: [picture] })).toThrow(
      expect.objectContaining({ code: "MODEL_UNSUPPORTED" }),
    );
    expect(person.see("A poster, described in words.").pending).toHaveLength(1);
  });
  it("can be followed by acting on it", async () => {
    const { person } = testPerson([says("I see it quite well."), says("And so is this one.")], eyes);
    expect((await person.seeAndAct("A red door.")).stop).toBe("done");
    expect((await person.seeAndAct({ image: png })).stop).toBe("done");
  });
});
