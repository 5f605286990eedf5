import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { specificationFromRows } from "../../../../src/population/microdata/from-rows.ts";
import { readMicrodata } from "../../../../src/population/microdata/read.ts";
import type { MicrodataRow } from "../../../../src/population/microdata/rows.ts";
import { comparePopulations } from "../../../../src/population/profile/compare/populations.ts";
import { samplePopulation } from "../../../../src/population/sampling/sample.ts";
import { unverifiedIn } from "../../../../src/population/specification/sourced.ts";

const fixture = (name: string): string => fileURLToPath(new URL(`fixtures/${name}`, import.meta.url));

describe("tables of people", () => {
  let folder = "";
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "microdata-"));
  });
  afterAll(() => rm(folder, { recursive: true }));
  const written = async (name: string, content: string | Uint8Array): Promise<string> => {
    const file = join(folder, name);
    await writeFile(file, content);
    return file;
  };

  it("are read from CSV with a byte order mark, stray spaces, quoted commas and line ends", async () => {
    const file = await written(
      "bom.csv",
      '\ufeff age ,"home", note \r\n 34 ,"Porto, Portugal","two\r\nlines"\r\n 51,Lisbon,\r\n',
    );
    expect(await readMicrodata(file)).toEqual([
      { age: "34", home: "Porto, Portugal", note: "two\r\nlines" },
      { age: "51", home: "Lisbon", note: "" },
    ]);
  });

  it.each([
    [
      "semicolons, with decimal commas",
      "de.csv",
      "alter;einkommen\n34;1200,50\n51;900\n",
      { alter: "34", einkommen: "1200.50" },
    ],
    ["tabs", "tab.tsv", "age\thome\n34\tPorto, Portugal\n", { age: "34", home: "Porto, Portugal" }],
    ["commas within quoted names", "names.csv", '"a;b;c",d\n1,2\n', { "a;b;c": "1", d: "2" }],
  ])("are read with %s", async (_what, name, text, first) => {
    expect((await readMicrodata(await written(name, text)))[0]).toEqual(first);
  });

  it.each(["none", "snappy", "gzip", "zstd", "brotli"])(
    "are read from Parquet as pyarrow packs it with %s",
    async (codec) => {
      const rows = await readMicrodata(fixture(`people-${codec}.parquet`));
      expect(rows).toHaveLength(40);
      expect(rows[39]).toEqual({
        id: 40,
        age: 51,
        sex: "male",
        member: null,
        income: 2453.25,
        weight: 3.5,
        joined: "2020-01-01",
      });
      expect(rows[17]).toMatchObject({ age: 18 + ((7 * 17) % 60), sex: "female", member: false });
    },
  );

  it.each([
    ["twice.csv", "a,a\n1,2\n", "FILE_UNREADABLE", /twice\.csv:1:3.*There is a column 'a' already/],
    ["unnamed.csv", "a,\n1,2\n", "FILE_UNREADABLE", /unnamed\.csv:1:3.*This column has no name/],
    ["short.csv", "a,b\n1,2\n1\n", "FILE_UNREADABLE", /short\.csv:3:1.*This line has 1 cells; there are 2 columns/],
    ["open.csv", 'a,b\n"1,2\n', "FILE_UNREADABLE", /open\.csv:2:1.*never closed/],
    ["empty.csv", "", "FILE_UNREADABLE", /The file is empty/],
    ["none.parquet", "PAR1 no such thing", "FILE_UNREADABLE", /none\.parquet/],
    ["cut.parquet", "cut", "FILE_UNREADABLE", /cut\.parquet/],
    ["survey.sav", "$FL2", "FILE_UNREADABLE", /its layout is unknown|it ends within/],
    ["survey.dta", "<stata_dta>", "OPTION_INVALID", /none of \.csv/],
  ])("are refused where they are none: %s", async (name, text, code, message) => {
    const whole = await readFile(fixture("people-snappy.parquet"));
    const file = await written(name, text === "cut" ? whole.subarray(whole.length / 2) : text);
    await expect(readMicrodata(file)).rejects.toMatchObject({ code, message: expect.stringMatching(message) });
  });

  it("of statistics programs are told how to become CSV", async () => {
    await expect(readMicrodata("survey.dta")).rejects.toMatchObject({
      hint: expect.stringMatching(/read_stata.*haven::read_dta/),
    });
  });
});

describe("a specification from rows", () => {
  const rows: readonly MicrodataRow[] = [
    { age: "21", sex: "female", pets: 0, name: "Ann", w: 2 },
    { age: "34", sex: " male", pets: 1, name: "Ben", w: 1 },
    { age: "", sex: "female", pets: 2, name: "Cem", w: 1 },
    { age: "34", sex: "NA", pets: 1, name: "Dan", w: 4 },
  ];

  const one = (value: number, share: number) => ({ from: value, to: value, share, label: String(value) });

  it("counts what is there, weighted, leaves out what says nothing, and tells it", () => {
    const { specification } = specificationFromRows(rows, {
      dimensions: ["sex", "pets", "age"],
      weight: "w",
      joints: [["sex", "pets"]],
    });
    expect(specification.dimensions).toEqual({
      sex: {
        kind: "categorical",
        shares: { female: 3, male: 1 },
        describe: "Of 4 rows, 1 say nothing of it.",
        source: "rows",
        unverified: false,
      },
      pets: {
        kind: "numeric",
        bands: [one(0, 2), one(1, 5), one(2, 1)],
        source: "rows",
        unverified: false,
      },
      age: {
        kind: "numeric",
        bands: [one(21, 2), { from: 22, to: 33, share: 0 }, one(34, 5)],
        describe: "Of 4 rows, 1 say nothing of it.",
        source: "rows",
        unverified: false,
      },
    });
    expect(specification.joints?.[0]?.cells).toEqual([
      { when: { sex: "female", pets: "0" }, share: 2 },
      { when: { sex: "male", pets: "1" }, share: 1 },
      { when: { sex: "female", pets: "2" }, share: 1 },
    ]);
    expect(specification.sources?.["rows"]?.note).toBe("4 rows, weighted by w.");
    expect(unverifiedIn(specification)).toEqual([]);
  });

  it("has bands of numbers that follow each other and hold everybody", () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.integer({ min: -50, max: 500 }), fc.double({ min: 0, max: 9, noNaN: true })), {
          minLength: 20,
          maxLength: 300,
        }),
        (numbers) => {
          fc.pre(new Set(numbers).size >= 13);
          const { specification } = specificationFromRows(
            numbers.map((height, place) => ({ height, half: place % 2 })),
            { joints: [["height", "half"]] },
          );
          const { height } = specification.dimensions;
          if (height?.kind !== "numeric" || height.bands === undefined) throw new Error("no bands");
          const { bands } = height;
          expect(bands.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(numbers.length, 6);
          expect([bands[0]?.from, bands.at(-1)?.to]).toEqual([Math.min(...numbers) + 0, Math.max(...numbers) + 0]);
          for (const [place, { from, to, share }] of bands.entries()) {
            const last = place === bands.length - 1;
            const within = numbers.filter(
              (one) => one >= from && (height.integer === false && !last ? one < to : one <= to),
            );
            expect(within.length).toBe(share);
          }
          const cells = specification.joints?.[0]?.cells ?? [];
          expect(cells.reduce((sum, { share }) => sum + share, 0)).toBe(numbers.length);
        },
      ),
    );
  });

  it("keeps few different whole numbers as numbers, so that people are as far apart as they are", async () => {
    const aged = (ages: readonly number[]) => ages.map((age, place) => ({ age, sex: place % 2 ? "f" : "m" }));
    const { specification } = specificationFromRows(aged([19, 24, 31, 31, 47, 58, 63, 70]));
    const { people } = await samplePopulation(specification, { size: 80, seed: 1 });
    expect(people.filter(({ values }) => values["age"] === 31)).toHaveLength(20);
    const others = aged([20, 25, 30, 32, 46, 59, 64, 69]).map((persona, place) => ({ name: `P${place}`, ...persona }));
    const drawn = people.map(({ id, values }) => ({ name: id, draw: values, persona: { name: id } }));
    const { places } = await comparePopulations(drawn, others, { by: ["age"] });
    expect(places[0]).toMatchObject({ test: "kolmogorov-smirnov" });
    expect(Math.abs(places[0]?.effect ?? 9)).toBeLessThan(0.1);
    const halves = specificationFromRows([{ points: 0.5 }, { points: 1.5 }]).specification.dimensions["points"];
    expect(halves).toMatchObject({ kind: "ordinal", shares: { "0.5": 1, "1.5": 1 } });
  });

  it("leaves out names by itself, and refuses them when they are asked for", () => {
    const many = Array.from({ length: 80 }, (_, place) => ({
      name: `P${place}`,
      zip: `0${place % 9}123`,
      sex: place % 2 ? "f" : "m",
    }));
    const { specification, remarks } = specificationFromRows(many);
    expect(Object.keys(specification.dimensions)).toEqual(["zip", "sex"]);
    expect(specification.dimensions["zip"]?.kind).toBe("categorical");
    expect(remarks).toEqual([expect.stringMatching(/^name is left out: it has 80 different values/)]);
    expect(() => specificationFromRows(many, { dimensions: ["name"] })).toThrow(/No dimension can be made of name/);
  });

  it.each([
    [{ dimensions: ["aeg"] }, /There is no column 'aeg'/],
    [{ joints: [["sex", "petz"]] }, /There is no column 'petz'/],
    [{ weight: "name" }, /The weight of row 1 is "Ann"/],
    [{ joint: [] }, /There is no 'joint'/],
  ])("is refused with %j", (options, message) => {
    expect(() => specificationFromRows(rows, options as object)).toThrow(message);
  });

  it("counts rows from Parquet, weighted by decimals", async () => {
    const fromParquet = await readMicrodata(fixture("people-zstd.parquet"));
    const { specification } = specificationFromRows(fromParquet, {
      dimensions: ["sex", "member", "joined"],
      weight: "weight",
    });
    expect(specification.dimensions["sex"]).toMatchObject({ shares: { female: 52, male: 28 } });
    expect(specification.dimensions["member"]).toMatchObject({ kind: "categorical" });
  });
});
