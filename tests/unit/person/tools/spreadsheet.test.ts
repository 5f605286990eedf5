import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ArtifactExporter } from "../../../../src/insight/export/artifact-exporter.ts";
import type { Outcome } from "../../../../src/kernel/contracts/person.ts";
import { compute } from "../../../../src/person/tools/spreadsheet/formulas.ts";
import { TinySpreadsheet } from "../../../../src/person/tools/spreadsheet/tiny-spreadsheet.ts";
import { toolUse } from "../../../../src/person/tools/tiny-tool.ts";
import { testContext } from "../../../support/context.ts";
import { promptOf, testPerson } from "../../../support/person.ts";

type Args = Readonly<Record<string, unknown>>;

function used() {
  const sheets = new TinySpreadsheet();
  const context = testContext();
  const kinds = new Map(sheets.actions.map((kind) => [kind.type, kind]));
  const who = (name: string) => ({ id: name.toLowerCase(), name, memory: undefined as never, life: [] });
  const settle = (name: string, type: string, args: Args) => kinds.get(type)?.effect?.settle?.(args, who(name)) ?? [];
  const run = async (name: string, type: string, args: Args): Promise<Outcome> =>
    (await kinds.get(type)?.run?.(args, who(name), context)) as Outcome;
  const act = async (name: string, type: string, args: Args): Promise<Outcome> => {
    const outcome = await run(name, type, args);
    if (outcome.failed === undefined) settle(name, type, args);
    return outcome;
  };
  return { sheets, kinds, run, settle, act };
}

const prices = { table: "Prices", columns: ["Shop", "Price"] };

describe("a spreadsheet", () => {
  it("takes tables, rows and cells, and answers within the turn", async () => {
    const sheets = new TinySpreadsheet();
    const script = [
      {
        actions: [
          { type: "CREATE_TABLE", ...prices },
          {
            type: "ADD_ROWS",
            table: "prices",
            rows: [
              ["Ann", 3],
              ["Bo", "4.5"],
              ["Cy", "dear"],
            ],
          },
          { type: "SET_CELL", table: "Prices", row: 1, column: "price", value: 2 },
          { type: "DONE" },
        ],
      },
      { actions: [{ type: "COMPUTE_COLUMN", table: "Prices", column: "Price", formula: "mean" }] },
      { actions: [{ type: "READ_TABLE", table: "Prices" }] },
      { actions: [{ type: "DONE" }] },
    ];
    const { person, model } = testPerson(script, { faculties: [toolUse([sheets])] });
    const { outcomes } = await person.listenAndAct("Make a table.");
    expect(outcomes?.map((one) => one.outcome.failed)).toEqual([undefined, undefined, undefined]);
    await person.listenAndAct("What does it say?");
    const read = promptOf(model.requests.at(-1));
    expect(read).toContain("The mean of Price in “Prices” is 3.25, over 2 cells, without 1 others.");
    expect(read).toContain("“Prices”, 3 rows: Shop | Price\n1: Ann | 2\n2: Bo | 4.5\n3: Cy | dear");
    expect(sheets.tables[0]?.rows.map((row) => row.cells)).toEqual([
      ["Ann", 2],
      ["Bo", "4.5"],
      ["Cy", "dear"],
    ]);
  });
  it.each<[string, Args, string]>([
    ["CREATE_TABLE", { table: "PRICES ", columns: ["A"] }, "TABLE_TAKEN"],
    ["ADD_ROWS", { table: "Cars", rows: [["a"]] }, "TABLE_UNKNOWN"],
    ["ADD_ROWS", { table: "Prices", rows: [["a", 1], ["b"]] }, "ROW_INVALID"],
    ["SET_CELL", { table: "Prices", row: 9, column: "Price", value: 1 }, "ROW_UNKNOWN"],
    ["SET_CELL", { table: "Prices", row: 1, column: "Colour", value: 1 }, "COLUMN_UNKNOWN"],
    ["COMPUTE_COLUMN", { table: "Prices", column: "Colour", formula: "sum" }, "COLUMN_UNKNOWN"],
    ["COMPUTE_COLUMN", { table: "Prices", column: "Shop", formula: "mean" }, "NO_NUMBERS"],
    ["READ_TABLE", { table: "constructor" }, "TABLE_UNKNOWN"],
  ])("refuses %s %o with %s", async (type, args, code) => {
    const { act, sheets } = used();
    await act("Lisa", "CREATE_TABLE", prices);
    await act("Lisa", "ADD_ROWS", { table: "Prices", rows: [["Ann", 3]] });
    const before = sheets.tables;
    expect((await act("Lisa", type, args)).failed?.code).toBe(code);
    expect(sheets.tables).toEqual(before);
  });
  it("sends back within the turn what fits no table", () => {
    const { kinds } = used();
    const fits = (type: string, args: Args): boolean | undefined => kinds.get(type)?.args.safeParse(args).success;
    expect(fits("CREATE_TABLE", prices)).toBe(true);
    expect(fits("CREATE_TABLE", { table: "A", columns: ["x", " X"] })).toBe(false);
    expect(fits("CREATE_TABLE", { table: "\u0007", columns: ["x"] })).toBe(false);
    expect(fits("CREATE_TABLE", { table: "A", columns: [] })).toBe(false);
    expect(fits("ADD_ROWS", { table: "A", rows: [[Number.NaN]] })).toBe(false);
    expect(fits("ADD_ROWS", { table: "A", rows: Array.from({ length: 10_000 }, () => [1]) })).toBe(false);
    expect(fits("COMPUTE_COLUMN", { table: "A", column: "x", formula: "process.exit()" })).toBe(false);
  });
  it("is the same whoever is faster in a step; who lost a name is told", async () => {
    const told = await Promise.all(
      [["Lisa", "Oscar"] as const, ["Oscar", "Lisa"] as const].map(async (order) => {
        const { act, run, settle, sheets } = used();
        await act("Ana", "CREATE_TABLE", prices);
        const rows = { Lisa: { table: "Prices", rows: [["L", 1]] }, Oscar: { table: "Prices", rows: [["O", 2]] } };
        const cell = { table: "Prices", row: 1, column: "Price", value: 9 };
        const mine = { Lisa: { table: "Own", columns: ["A"] }, Oscar: { table: "own", columns: ["B", "C"] } };
        for (const name of order) {
          expect((await run(name, "ADD_ROWS", rows[name])).failed).toBe(undefined);
          expect((await run(name, "CREATE_TABLE", mine[name])).failed).toBe(undefined);
        }
        // The first row that Oscar sees is his own, whatever Lisa does meanwhile.
        await run("Oscar", "SET_CELL", cell);
        expect(sheets.tables[0]?.rows).toEqual([]);
        const notices = (["Lisa", "Oscar"] as const).flatMap((name) => [
          ...settle(name, "ADD_ROWS", rows[name]),
          ...settle(name, "CREATE_TABLE", mine[name]),
        ]);
        settle("Oscar", "SET_CELL", cell);
        return { notices, tables: sheets.tables };
      }),
    );
    expect(told[0]).toEqual(told[1]);
    expect(told[0]?.tables.map((sheet) => [sheet.columns, sheet.rows.map((row) => row.cells)])).toEqual([
      [
        ["Shop", "Price"],
        [
          ["L", 1],
          ["O", 9],
        ],
      ],
      [["A"], []],
    ]);
    expect(told[0]?.notices).toEqual([{ to: ["Oscar"], content: expect.stringContaining("“own” at the same time") }]);
  });
  it("is exported as CSV in which nothing is a formula, in the exporter's folder", async () => {
    const folder = await mkdtemp(join(tmpdir(), "tables-"));
    const { act, sheets } = used();
    await act("Lisa", "CREATE_TABLE", { table: "../../Prices", columns: ["=cmd|' /C calc'!A0", "simulated"] });
    await act("Lisa", "ADD_ROWS", {
      table: "../../Prices",
      rows: [
        ["@SUM(1)\r\n\u001b[31mx", -3],
        ['a "b", c', null],
      ],
    });
    const [made] = await sheets.export(new ArtifactExporter(folder));
    expect(made).toMatchObject({ file: "tables/Prices.csv", mediaType: "text/csv" });
    expect(await readFile(join(folder, "tables/Prices.csv"), "utf8")).toBe(
      `'=cmd|' /C calc'!A0,simulated,simulated_2\r\n"'@SUM(1)\r\nx",-3,true\r\n"a ""b"", c",,true\r\n`,
    );
    await rm(folder, { recursive: true });
  });
});

describe("formulas", () => {
  it("count what is not empty, compute over plain numbers alone, and lose nothing on the way", () => {
    const cells = [1, "2", " 3.5 ", "", null, "4 euros", "0x10", "1e999", true, "=1+1"];
    expect(compute("sum", cells)).toEqual({ value: 6.5, counted: 3, skipped: 7 });
    expect(compute("count", cells)).toEqual({ value: 8, counted: 8, skipped: 2 });
    expect(compute("max", [])).toEqual({ value: undefined, counted: 0, skipped: 0 });
    expect(
      compute(
        "sum",
        Array.from({ length: 10 }, () => 0.1),
      ).value,
    ).toBe(1);
    expect(compute("sum", [1e100, 1, -1e100]).value).toBe(1);
  });
  it("agree with exact integers", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -1e9, max: 1e9 }), { minLength: 1 }), (numbers) => {
        const exact = numbers.reduce((one, other) => one + BigInt(other), 0n);
        const ordered = numbers.toSorted((one, other) => one - other);
        expect(compute("sum", numbers).value).toBe(Number(exact));
        expect(compute("mean", numbers.map(String)).value).toBe(Number(exact) / numbers.length);
        expect([compute("min", numbers).value, compute("max", numbers).value]).toEqual([ordered[0], ordered.at(-1)]);
      }),
    );
  });
});
