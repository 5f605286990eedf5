import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parseAnswersDescription } from "../../../../src/evaluation/people/description/load.ts";
import { loadAnswers } from "../../../../src/evaluation/people/reading/load-answers.ts";
import { isTinyTroupeError } from "../../../../src/kernel/values/errors.ts";
import { createRandom } from "../../../../src/kernel/values/random.ts";
import { readMicrodata } from "../../../../src/population/microdata/read.ts";
import { readSheet } from "../../../../src/table/reading/read-sheet.ts";

const made = (name: string): string => join(import.meta.dirname, name);
/** A cell as in `Never(1)`, `998!` for what stands for no answer. */
async function shown(file: string): Promise<readonly (readonly string[])[]> {
  const { rows } = await readSheet(file);
  return rows.map((row) =>
    row.map(
      ({ text, code, missing }) => `${text}${code === undefined ? "" : `(${code})`}${missing === undefined ? "" : "!"}`,
    ),
  );
}

describe("files of SPSS", () => {
  let folder = "";
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "spss-"));
  });
  afterAll(() => rm(folder, { recursive: true }));

  it.each(["plain.sav", "rows.sav", "people.zsav"])("are read with labels and missing values: %s", async (name) => {
    expect(await shown(made(name))).toEqual([
      ["respondent_number", "vote", "income", "país", "code", "why", "born", "wt"],
      ["1", "Never(1)", "1200.5", "España", "First(A)", "short", "1990-02-28", "0.5"],
      ["2", "Surely(5)", "-1!", "Österreich", "Second(B)", "é".repeat(300), "1582-10-15", "1.5"],
      ["3", "Won’t say(99)!", "998!", "", "X!", "", "", "1"],
      ["4", "", "52000", "Deutschland", "First(A)", "x".repeat(600), "2001-01-01", "1"],
      ["5", "Perhaps(3)", "300", "Perú", "Second(B)", "ends", "1969-07-20", "1"],
    ]);
    expect((await readSheet(made(name))).titles).toEqual(
      new Map([
        ["vote", "Would you buy it?"],
        ["why", "Why is that?"],
      ]),
    );
  });

  it("are read in the encoding that they name, and in either order of bytes", async () => {
    expect(await shown(made("western.sav"))).toEqual([["q1"], ["café"], ["plain"]]);
    expect((await readSheet(made("western.sav"))).titles?.get("q1")).toBe("Größe?");
    expect(await shown(made("big-endian.sav"))).toEqual([
      ["AGE", "CITY"],
      ["41", "Lima"],
      ["", "Cusco"],
    ]);
    expect((await readSheet(made("big-endian.sav"))).weightedBy).toBe("AGE");
  });

  it("give answers by labels or by values, and what was declared missing by its reason", async () => {
    const description = (scale: object, more: object = {}) =>
      parseAnswersDescription({ answers: 1, id: "respondent_number", items: { vote: { scale } }, ...more });
    const words = { kind: "ordinal", options: ["Never", "Perhaps", "Surely"] };
    const codes = { kind: "ordinal", options: [1, 2, 3, 4, 5] };
    for (const [scale, values] of [
      [words, ["Never", "Surely", null, null, "Perhaps"]],
      [codes, ["1", "5", null, null, "3"]],
      [{ kind: "number", low: 1, high: 5 }, [1, 5, null, null, 3]],
    ] as const) {
      const { people, items } = await loadAnswers(made("rows.sav"), description(scale));
      expect(people.map(({ answers }) => answers["vote"]?.value)).toEqual(values);
      expect(items["vote"]?.title).toBe("Would you buy it?");
    }
    const refused = await loadAnswers(
      made("rows.sav"),
      description(words, { missing: { refused: ["99"] }, attributes: ["code"], only: { code: ["A", "X"] } }),
    );
    expect(refused.people.map(({ id, answers, attributes }) => [id, answers["vote"], attributes["code"]])).toEqual([
      ["1", expect.objectContaining({ value: "Never" }), "First"],
      ["3", expect.objectContaining({ value: null, missing: "refused" }), null],
      ["4", expect.objectContaining({ value: null, missing: "skipped" }), "First"],
    ]);
    const weighted = {
      answers: 1,
      items: { city: { column: "CITY", scale: { kind: "nominal", options: ["Lima", "Cusco"] } } },
    };
    expect((await loadAnswers(made("big-endian.sav"), parseAnswersDescription(weighted))).remarks).toEqual([
      "SPSS weighs these rows by 'AGE', and here each counts as one: `weight` says otherwise.",
    ]);
  });

  it("are rows that populations are specified by", async () => {
    const [first, , third] = await readMicrodata(made("people.zsav"));
    expect(first).toMatchObject({ vote: "Never", income: "1200.5", born: "1990-02-28" });
    expect(third).toMatchObject({ vote: "", income: "", code: "" });
  });

  it("that are damaged anywhere are refused or read, and never more than they hold", async () => {
    const random = createRandom("damage");
    const refusals = new Set<string>();
    for (const name of ["rows.sav", "people.zsav"]) {
      const whole = await readFile(made(name));
      const cuts = Array.from({ length: 40 }, (_, step) => whole.subarray(0, Math.floor((step * whole.length) / 40)));
      const damaged = Array.from({ length: 260 }, () => {
        const bytes = Uint8Array.from(whole);
        for (let hits = 1 + random.integer(3); hits > 0; hits--)
          bytes[random.integer(Math.min(bytes.length, 2600))] = random.pick([0, 1, 0x7f, 0x80, 0xff, 252, 253]);
        return bytes;
      });
      for (const bytes of [...cuts, ...damaged]) {
        const file = join(folder, name);
        await writeFile(file, bytes);
        const error = await readSheet(file).then(
          () => undefined,
          (thrown: unknown) => thrown,
        );
        if (error === undefined) continue;
        if (!isTinyTroupeError(error, "FILE_UNREADABLE")) throw error;
        refusals.add(error.message.replace(/^.*\n/, "").replace(/\d+/g, "#"));
      }
    }
    expect([...refusals].join("\n")).toContain("it ends within what begins at byte #");
    expect(refusals.size).toBeGreaterThan(4);
  });
});
