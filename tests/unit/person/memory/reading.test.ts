import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { NoteBook } from "../../../../src/person/memory/notes/note-book.ts";
import { loopback } from "../../../support/loopback.ts";
import { docxOf, pdfOf } from "../../../support/papers.ts";
import { testPerson } from "../../../support/person.ts";

let home = "";
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), "reading-"));
});
afterAll(() => rm(home, { recursive: true, force: true }));

async function folder(name: string, files: Record<string, string | Buffer>): Promise<string> {
  const path = join(home, name);
  for (const [file, content] of Object.entries(files)) {
    await mkdir(join(path, file, ".."), { recursive: true });
    await writeFile(join(path, file), content);
  }
  return path;
}

describe("reading into memory", () => {
  it("keeps each passage as a note that says where it was read", async () => {
    const path = await folder("all", {
      "prices.md": "# Prices\n\n## Kettles\n\nThe K2 costs\n89 euros.\n\n## Pans\n\nPans are free.",
      "report.pdf": pdfOf(["The first page.", "The second."], { title: "Report" }),
      "sub/plan.docx": docxOf([
        ["heading 1", "Plan"],
        ["Normal", "Sell kettles."],
      ]),
      "picture.png": Buffer.from([0x89, 0x50, 0, 0]),
    });
    const { person, context, model } = testPerson([]);
    const report = await person.memory.read(path, { importance: 0.7 });
    expect(report.documents).toEqual([
      { location: `${path}/prices.md`, title: "Prices", how: "new", notes: 2 },
      { location: `${path}/report.pdf`, title: "Report", how: "new", notes: 1 },
      { location: `${path}/sub/plan.docx`, how: "new", notes: 1 },
    ]);
    expect(report.refused).toMatchObject([{ code: "DOCUMENT_UNREADABLE", data: { reason: "kind" } }]);
    expect((await person.memory.notes()).map(({ text }) => text)).toEqual([
      "Prices › Kettles: The K2 costs 89 euros.",
      "Prices › Pans: Pans are free.",
      "Report › page 1: The first page. The second.",
      "plan.docx › Plan: Sell kettles.",
    ]);
    expect((await person.memory.notes())[0]).toMatchObject({
      kind: "fact",
      importance: 0.7,
      sources: [],
      from: {
        location: `${path}/prices.md`,
        title: "Prices",
        part: "Prices › Kettles",
        digest: expect.stringMatching(/^[\da-f]{64}$/),
      },
    });
    expect(context.events.filter(({ type }) => type === "notes-changed")).toHaveLength(3);
    expect(model.requests).toEqual([]);
  });

  it("B30: adds nothing when it is done twice, and puts what changed in place of what was said before", async () => {
    const path = await folder("twice", { "a.md": "The mill is open.", "b.md": "Bread is sold on Monday." });
    const { person, context } = testPerson([]);
    await person.memory.read(path);
    const before = [await person.memory.notes(), context.events.length];
    expect((await person.memory.read(`${path}/`)).documents.map(({ how, notes }) => [how, notes])).toEqual([
      ["same", 1],
      ["same", 1],
    ]);
    expect((await person.memory.read(join(path, "../twice/a.md"))).documents[0]).toMatchObject({ how: "same" });
    expect([await person.memory.notes(), context.events.length]).toEqual(before);

    await writeFile(join(path, "a.md"), "The mill has closed down for good.");
    expect((await person.memory.read(path)).documents.map(({ how }) => how)).toEqual(["changed", "same"]);
    expect((await person.memory.notes()).map(({ text }) => text)).toEqual([
      "b.md: Bread is sold on Monday.",
      "a.md: The mill has closed down for good.",
    ]);
  });

  it("loses no passage that is almost like another", async () => {
    const form = "The kettle was filled to the mark, set on the plate and watched until it boiled; minutes that took:";
    const text = Array.from({ length: 60 }, (_, at) => `## Entry\n\n${form} ${at}`).join("\n\n");
    const { person } = testPerson([]);
    const { documents } = await person.memory.read({ text, location: "log" });
    expect(documents).toEqual([{ location: "log", how: "new", notes: 60 }]);
    expect(await person.memory.notes({ from: "log" })).toHaveLength(60);
  });

  it("is undone with its source: a file, all of a folder, a text; and what was drawn from it", async () => {
    const path = await folder("purge", { "a.md": "One.", "in/b.md": "Two." });
    await folder("purge-not", { "c.md": "Three." });
    const { person } = testPerson([]);
    await person.memory.read(path);
    await person.memory.read(`${path}-not`);
    await person.memory.read({ text: "Four.", location: "an interview", title: "With Ann" });
    const [one] = await person.memory.notes();
    await person.memory.remember("Ones are odd.", { drawnFrom: [one?.id ?? ""] });
    expect(await person.memory.purge(`${path}/a.md`)).toBe(2);
    expect(await person.memory.purge(`${path}/`)).toBe(1);
    expect((await person.memory.notes()).map(({ text }) => text)).toEqual(["c.md: Three.", "With Ann: Four."]);
    expect(await person.memory.purge("an interview")).toBe(1);
    expect(await person.memory.purge(path)).toBe(0);
  });

  it("takes pages, which a run fetches once", async () => {
    await using server = await loopback((_body, response, _inFlight, request) => {
      if (request.url === "/robots.txt") response.writeHead(404).end();
      else response.writeHead(200, { "content-type": "text/html" }).end("<title>News</title><p>The K3 is out.");
    });
    const { person } = testPerson([]);
    const options = { allowAddresses: ["127.0.0.1"] };
    const page = `${server.url}/news`;
    expect((await person.memory.read(page, options)).documents).toEqual([
      { location: page, title: "News", how: "new", notes: 1 },
    ]);
    expect((await person.memory.read(`${page}#top`, options)).documents[0]).toMatchObject({ how: "same" });
    expect(server.requests).toBe(2);
    expect(await person.memory.purge(page)).toBe(1);
  });

  it("throws for a source that is none, and keeps nothing then", async () => {
    const { person, context } = testPerson([]);
    const before = context.events.length;
    for (const [source, reason] of [
      [join(home, "nowhere"), "missing"],
      ["ftp://example.org/a", "address"],
      ["http://127.0.0.1:9/", "address"],
    ] as const) {
      await expect(person.memory.read(source)).rejects.toMatchObject({ code: "DOCUMENT_UNREADABLE", data: { reason } });
    }
    expect(context.events).toHaveLength(before);
  });

  it("is nothing that the person lived: it brings no reflection nearer", () => {
    const book = new NoteBook();
    const note = { kind: "fact", text: "The K2 costs 89 euros.", sources: [], importance: 0.5 } as const;
    const read = { ...note, id: "n1", from: { location: "prices.md", digest: "d1" } };
    book.apply({ type: "notes-changed", person: "lisa", added: [read, { ...note, id: "n2", text: "Oscar sings." }] });
    expect(book.unreflected).toBe(0.5);
  });
});
