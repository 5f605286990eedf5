import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { readCsv } from "../../../../src/kernel/text/files/read-csv.ts";
import { isTinyTroupeError } from "../../../../src/kernel/values/errors.ts";
import { readRelations } from "../../../../src/world/network/read-relations.ts";
import { TinySocialNetwork } from "../../../../src/world/network/social-network.ts";
import { testContext } from "../../../support/context.ts";
import { player } from "../cast.ts";

const folder = mkdtempSync(join(tmpdir(), "relations-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const context = testContext();
const people = ["Lisa Brannigan", "Oscar Diaz", "Ana, the cook"].map((name) => player(name, context));

const read = (text: string | Buffer) => {
  const file = join(folder, "friends.csv");
  writeFileSync(file, text);
  return readRelations(file, people);
};
const wanted = "the first line must name the columns from and to, and may name type and weight";
const mend = "Rename them, or put such a line first where there is none.";
const placesIn = async (text: string): Promise<readonly string[]> => {
  const error: unknown = await read(text).catch((thrown: unknown) => thrown);
  if (!isTinyTroupeError(error, "NETWORK_INVALID")) throw new TypeError("It was read.", { cause: error });
  return error.data.issues.map(({ line, column, message }) => `${line}:${column} ${message}`);
};

describe("relations from CSV", () => {
  it("are read by the names of the columns, in any order, with any line ends and quotes", async () => {
    const text =
      '\uFEFFWeight,to,FROM,type,simulated\r\n0.5,"Ana, the cook",Lisa,"best ""friend""",true\n,Oscar,lisa-brannigan,,\r\r\n';
    const network = new TinySocialNetwork(people).addRelations(await read(text));
    expect([...network.relations()]).toEqual([
      { from: "lisa-brannigan", to: "ana-the-cook", type: 'best "friend"', weight: 0.5 },
      { from: "lisa-brannigan", to: "oscar-diaz", type: "acquaintance", weight: 1 },
    ]);
  });
  it.each([
    ["semicolons", "from;to;type;weight\r\nLisa;Oscar;sister, by law;0,5\r\n"],
    ["semicolons and quotes", '"from";"to";"type";"weight"\n"Lisa";"Oscar";"sister, by law";".5"\n'],
    ["tabs", "from\tto\ttype\tweight\nLisa\tOscar\tsister, by law\t0,5\n"],
  ])("are read with %s, after a byte order mark or none, with decimal commas", async (_name, text) => {
    const found = [{ from: people[0], to: people[1], type: "sister, by law", weight: 0.5 }];
    expect(await read(text)).toEqual(found);
    expect(await read(`\uFEFF${text}`)).toEqual(found);
    expect(await read(Buffer.from(`\uFEFF${text}`, "utf16le"))).toEqual(found);
    expect(await placesIn(text.replace(/0,5|\.5/, "1,000,5"))).toEqual([
      expect.stringContaining("'1,000,5' is no weight"),
    ]);
  });
  it("say which columns were found and which are wanted", async () => {
    const foreign = await placesIn("Source;Target;Weight\nLisa;Oscar;1\n");
    expect(foreign).toEqual([`1:1 Here are the columns 'Source', 'Target', 'Weight'; ${wanted}. ${mend}`]);
    expect(await placesIn("from|to\nLisa|Oscar\n")).toEqual([
      `1:1 Here is one column, 'from|to'; ${wanted}. ${mend} Commas, semicolons or tabs separate columns.`,
    ]);
    const [wide] = await placesIn(Array.from({ length: 30 }, () => "x".repeat(300)).join());
    expect(wide?.length).toBeLessThan(700);
    expect(wide).toContain("', …; ");
    expect(await placesIn("from,to,since\nLisa,Oscar,2020\n")).toEqual([
      "1:9 There is no column 'since'. Possible: from, to, type, weight; leave it out.",
    ]);
  });
  it("say where all that is wrong stands", async () => {
    const text = [
      "from,to,weight",
      "Lisa,Oskar Diaz,1",
      "Lisa,Lisa Brannigan,1",
      "Lisa,Oscar,heavy",
      "Lisa,Oscar,-1",
      "Lisa",
      "Oscar,Lisa,2",
      '"Oscar",Lisa,3',
    ].join("\n");
    expect(await placesIn(text)).toEqual([
      "2:6 Nobody here is called 'Oskar Diaz'. Did you mean Oscar Diaz?",
      "3:6 Lisa Brannigan cannot be related to themselves.",
      "4:12 'heavy' is no weight: a number above 0 is needed.",
      "5:12 '-1' is no weight: a number above 0 is needed.",
      "6:1 This line has 1 cells; there are 3 columns.",
      "8:1 This relation stands in line 7 already.",
    ]);
  });
  it.each([
    ["", [`1:1 The file is empty: ${wanted}.`]],
    [
      "from,too\n",
      ["1:6 There is no column 'too'. Did you mean to?", `1:1 Here are the columns 'from', 'too'; ${wanted}. ${mend}`],
    ],
    ["from,to\n\n", ["1:1 The columns are named, and no relation follows: nobody would be related to anybody."]],
    ["from,to,to\n", ["1:9 There is a column 'to' already."]],
    ['from,to\nLisa,"Oscar', ['2:6 A quote (") is never closed.']],
    ['from,to\n"Lisa"x,Oscar', ["2:7 Nothing but a comma or the end of the line can follow a closing quote."]],
    ["from,to\nLisa,Oscar\u001b[31m", ["2:6 Nobody here is called 'Oscar\u001b[31m'. Did you mean Oscar Diaz?"]],
  ])("are refused for %j", async (text, places) => {
    const found = await placesIn(text);
    expect(found.map((one) => one.replace(/ Did you mean Oscar Diaz\?$/, ""))).toEqual(
      places.map((one) => one.replace(/ Did you mean Oscar Diaz\?$/, "")),
    );
  });
  it("name the file, and let no terminal code through", async () => {
    const error: unknown = await read("from,to\nLisa,\u001b[31mX").catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: "NETWORK_INVALID" });
    expect(String(error)).toMatch(/friends\.csv:2:6/);
    expect(String(error)).not.toContain("\u001b");
  });
  it("are no folder, no pipe and no other encoding", async () => {
    await expect(readRelations(folder, people)).rejects.toMatchObject({ code: "FILE_UNREADABLE" });
    const file = join(folder, "latin.csv");
    writeFileSync(file, Buffer.from("from,to\nJos\xe9,Lisa", "latin1"));
    await expect(readRelations(file, people)).rejects.toMatchObject({ code: "FILE_UNREADABLE" });
  });
});

describe("CSV", () => {
  it("brings back any table that was written by its rules, and knows where each cell begins", () => {
    const cell = fc.string({ unit: fc.constantFrom("a", '"', ",", "\n", "\r", " ", "é"), maxLength: 6 });
    const table = fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { maxLength: 5 });
    fc.assert(
      fc.property(table, fc.constantFrom("\n", "\r\n", "\r"), (rows, end) => {
        const written = rows.map((cells) => cells.map((text) => `"${text.replaceAll('"', '""')}"`).join(","));
        const text = written.join(end);
        const found = readCsv(text, { mostRows: 5 });
        if (!("rows" in found)) throw new TypeError(found.fault.message);
        expect(found.rows.map((cells) => cells.map((one) => one.text))).toEqual(rows);
        const lines = text.split(/\r\n?|\n/);
        for (const { line, column } of found.rows.flat()) expect(lines[line - 1]?.slice(column - 1)).toMatch(/^"/);
      }),
    );
  });
  it("has a bound", () => {
    expect(readCsv("a,b\n".repeat(4), { mostRows: 3 })).toMatchObject({ fault: { line: 4, column: 1 } });
    expect(readCsv("a,b\n".repeat(3), { mostRows: 3 })).toHaveProperty("rows");
  });
});
