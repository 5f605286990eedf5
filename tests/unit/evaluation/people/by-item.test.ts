import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { compareAnswers } from "../../../../src/evaluation/comparison/compare-answers.ts";
import { parseAnswersDescription } from "../../../../src/evaluation/people/description/load.ts";
import { fitAnswersDescription } from "../../../../src/evaluation/people/proposal/fit.ts";
import { proposeAnswersDescription } from "../../../../src/evaluation/people/proposal/propose.ts";
import { answersFrom } from "../../../../src/evaluation/people/reading/answers-from.ts";
import { loadAnswers } from "../../../../src/evaluation/people/reading/load-answers.ts";
import { isTinyTroupeError } from "../../../../src/kernel/values/errors.ts";
import { tableOf } from "../../../../src/table/table.ts";
import { writeTable } from "../../../../src/table/write.ts";

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "by-item-"));
});
afterAll(() => rm(folder, { recursive: true }));
const written = async (name: string, content: string | Uint8Array): Promise<string> => {
  const file = join(folder, name);
  await writeFile(file, content);
  return file;
};

const items = {
  vote: { scale: { kind: "ordinal", options: [1, 2, 3] } },
  where: { scale: { kind: "choices", options: ["home", "work"] } },
  order: { scale: { kind: "ranking", options: ["A", "B", "C"] } },
  money: { scale: { kind: "allocation", options: ["A", "B"], total: 10 } },
};
const rows = { item: "item", value: "value", missing: "missing", distribution: "distribution" };
const described = (more: object = {}) =>
  parseAnswersDescription({ answers: 1, id: "respondent", rows, items, ...more });

describe("answers in rows by item", () => {
  it("are read beside a table with a row a person by what describes that one alone, as a questionnaire does", async () => {
    const human = await written(
      "people.csv",
      `end,vote,money\ncomplete,1,"{""A"":4,""B"":6}"\ncomplete,3,\npartial,2,\n`,
    );
    const rowsOf = (who: string, variant: string, vote: number) =>
      `${who},${variant},vote,${vote},\n${who},${variant},money,"{""A"":10,""B"":0}",\n`;
    const head = "respondent,variant,item,value,distribution\n";
    const simulated = await written(
      "long.csv",
      `${head}${rowsOf("lisa", "as-written", 3)}${rowsOf("lisa", "reversed", 1)}${rowsOf("oscar", "as-written", 2)}`,
    );
    const only = { end: ["complete"] };
    const whole = { answers: 1, only, items, simulated: { only: { ...only, variant: ["as-written"] } } };
    const given = parseAnswersDescription({ ...whole, items: { vote: items.vote, money: items.money } });
    const { description, lacks, text } = await fitAnswersDescription(given, human, simulated);
    const votes = async (file: string, side: "human" | "simulated") =>
      (await loadAnswers(file, description, side)).people.map(({ answers }) => answers["vote"]?.value);
    expect([await votes(human, "human"), await votes(simulated, "simulated")]).toEqual([
      ["1", "3"],
      ["3", "2"],
    ]);
    const [lisa] = (await loadAnswers(simulated, description, "simulated")).people;
    expect([lisa?.id, lisa?.answers["money"]?.value]).toEqual(["lisa", { A: 10, B: 0 }]);
    expect(lacks.simulated).toEqual(["It has no column end, so that all rows count, complete or not."]);
    expect(text).toContain("rows:");
    await expect(loadAnswers(simulated, given, "simulated")).rejects.toMatchObject({
      hint: expect.stringContaining("simulated: { id: …, rows: { item: item, value: value } }"),
    });
  });

  it("as a survey of ours writes them are one row a person", async () => {
    const of = (respondent: string, item: string, value: unknown, more: object = {}) => ({
      ...{ respondent, sample: 1, item, value, missing: null, ...more },
    });
    const answers = tableOf([
      of("ann", "vote", "2", { distribution: { 2: 0.75, 3: 0.25 } }),
      of("ann", "where", ["home", "work"]),
      of("ann", "order", ["B", "A", "C"]),
      of("ben", "vote", null, { missing: "refused" }),
      of("ben", "money", { A: 4, B: 6 }),
      { ...of("ben", "money", { A: 1, B: 9 }), sample: 2 },
    ]);
    const file = await written("answers.csv", await writeTable(answers, "csv", {}));
    const given = answers.rows.map((row) => Object.fromEntries(answers.columns.map(({ name }, at) => [name, row[at]])));
    const asGiven = answersFrom(given, described({ only: { sample: [1] } }), { side: "human" });
    expect(asGiven.people[0]?.answers["where"]?.value).toEqual(["home", "work"]);
    const { people } = await loadAnswers(file, described({ only: { sample: [1] } }));
    const [ann, ben] = people.map(({ id, answers: own }) => [id, own] as const);
    expect(ann).toEqual([
      "ann",
      {
        vote: { item: "vote", value: "2", distribution: { 2: 0.75, 3: 0.25 }, method: "person" },
        where: { item: "where", value: ["home", "work"], method: "person" },
        order: { item: "order", value: ["B", "A", "C"], method: "person" },
        money: { item: "money", value: null, missing: "skipped", method: "person" },
      },
    ]);
    expect(ben?.[1]).toMatchObject({ vote: { missing: "refused" }, money: { value: { A: 4, B: 6 } } });

    const twice = await loadAnswers(file, described()).catch((error: unknown) => error);
    if (!isTinyTroupeError(twice, "ANSWERS_INVALID")) throw twice;
    expect(twice.data.issues).toEqual([
      { path: "", message: "'money' is answered in line 6 already: `only` says which rows count.", line: 7, column: 7 },
    ]);
  });

  it("say one thing of each person", async () => {
    const file = await written("unlike.csv", "respondent,age,item,value\nann,30,vote,1\nann,31,where,home\n");
    const reading = loadAnswers(file, described({ rows: { item: "item", value: "value" }, attributes: ["age"] }));
    await expect(reading).rejects.toMatchObject({
      data: {
        issues: [{ message: "'age' is '31' here, and '30' in another row of the same person.", line: 3, column: 5 }],
      },
    });
    expect(() => described({ id: undefined })).toThrow("Rows by item need the column that says whose they are.");
    const strange = described({ rows: { item: "itm", value: "value" } });
    await expect(loadAnswers(file, strange)).rejects.toThrow("There is no column 'itm'. Did you mean 'item'?");
  });

  it("are seen where nobody described them", async () => {
    const human = await written(
      "human.csv",
      `id,vote\n${Array.from({ length: 12 }, (_, n) => `h${n},${1 + (n % 3)}`).join("\n")}\n`,
    );
    const simulated = await written(
      "simulated.csv",
      `respondent,sample,item,value\n${Array.from({ length: 12 }, (_, n) => `h${n},1,vote,2\nh${n},2,vote,3`).join("\n")}\n`,
    );
    const { description, assumptions } = await proposeAnswersDescription(human, simulated);
    expect(description).toMatchObject({
      id: "id",
      simulated: { id: "respondent", rows: { item: "item", value: "value" }, only: { sample: ["1"] } },
    });
    expect(assumptions.join("\n")).toContain("has a row for each answer: respondent says whose, item to what");
    const { people } = await loadAnswers(simulated, description, "simulated");
    expect(people.map(({ id, answers: { vote } }) => [id, vote?.value])).toEqual(
      Array.from({ length: 12 }, (_, n) => [`h${n}`, "2"]),
    );
  });
});

describe("tables that are not UTF-8", () => {
  const table = "respondent,vote\nJosé,2\n";
  const one = (more: object = {}) =>
    parseAnswersDescription({ answers: 1, id: "respondent", items: { vote: items.vote }, ...more });
  const western = Uint8Array.from(table, (sign) => sign.charCodeAt(0));

  it.each([
    ["UTF-16 with its mark", Buffer.from(`\ufeff${table}`, "utf16le"), {}],
    ["UTF-16 the other way round", Buffer.from(`\ufeff${table}`, "utf16le").swap16(), {}],
    ["what the description says", western, { encoding: "windows-1252" }],
  ])("are read by %s", async (_, bytes, more) => {
    const { people } = await loadAnswers(await written("encoded.csv", bytes), one(more));
    expect(people.map(({ id }) => id)).toEqual(["José"]);
  });

  it.each([
    ["western", western],
    ["without a mark", Buffer.from("respondent,vote\nann,2\n", "utf16le")],
  ])("are refused with what to do: %s", async (_, bytes) => {
    await expect(loadAnswers(await written("refused.csv", bytes), one())).rejects.toMatchObject({
      code: "FILE_UNREADABLE",
      hint: expect.stringContaining("`encoding: windows-1252`"),
    });
    expect(() => one({ encoding: "klingon" })).toThrow("This is no encoding that is known");
  });
});

it("ids that only count rows link nobody, unless that is declared", async () => {
  const side = async (name: string, id: (n: number) => string, twins?: boolean) => {
    const lines = Array.from({ length: 20 }, (_, n) => `${id(n + 1)},${1 + (n % 3)}`);
    const description = { answers: 1, id: "who", items: { vote: items.vote }, ...(twins !== undefined && { twins }) };
    return loadAnswers(await written(name, `who,vote\n${lines.join("\n")}\n`), parseAnswersDescription(description));
  };
  for (const [id, twins, linked, linkage] of [
    [String, undefined, 0, "counts"],
    [String, true, 20, "declared"],
    [(n: number) => `p${n}`, undefined, 20, "ids"],
    [(n: number) => `p${n}`, false, 0, "none"],
  ] as const) {
    const compared = await compareAnswers(await side("one.csv", id, twins), await side("two.csv", id, twins), {
      resamples: 100,
      halves: 10,
    });
    expect([compared.linked, compared.linkage]).toEqual([linked, linkage]);
  }
});
