import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import writeXlsx from "write-excel-file/node";
import { parseAnswersDescription } from "../../../../src/evaluation/people/description/load.ts";
import { loadAnswers } from "../../../../src/evaluation/people/reading/load-answers.ts";
import { isTinyTroupeError } from "../../../../src/kernel/values/errors.ts";

const likert = { kind: "ordinal", options: [1, 2, 3, 4, 5] };
const described = (items: object, more: object = {}) => parseAnswersDescription({ answers: 1, ...more, items });
const voted = described(
  { vote: { column: "Vote", scale: likert } },
  { id: "Responder #", comment: "Explanation", attributes: ["Age Range"], missing: { refused: ["Prefer not to say"] } },
);

describe("answers of people", () => {
  let folder = "";
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "answers-"));
  });
  afterAll(() => rm(folder, { recursive: true }));
  const written = async (name: string, content: string | Uint8Array): Promise<string> => {
    const file = join(folder, name);
    await writeFile(file, content);
    return file;
  };
  const values = async (file: string, description = voted, item = "vote") =>
    (await loadAnswers(file, description)).people.map(({ answers }) => answers[item]?.value);
  const issuesOf = async (reading: Promise<unknown>) => {
    const error = await reading.catch((thrown: unknown) => thrown);
    if (!isTinyTroupeError(error, "ANSWERS_INVALID")) throw error;
    return error.data.issues.map(({ message, line, column }) => [message, line, column]);
  };

  it("are known for a rehearsal by the metadata beside their table", async () => {
    const file = await written("rehearsed.csv", "Responder #,Vote,Explanation,Age Range\n1,4,,20\n");
    const rehearsed = async (metadata: string) => {
      await written("rehearsed.csv-metadata.json", metadata);
      return (await loadAnswers(file, voted)).rehearsed;
    };
    expect(await rehearsed(JSON.stringify({ notes: [{ simulated: true, heuristic: true }] }))).toBe(true);
    expect(await rehearsed(JSON.stringify({ notes: [{ simulated: true }] }))).toBeUndefined();
    for (const other of ["", "[1", "null", '{"notes": 1}']) expect(await rehearsed(other), other).toBeUndefined();
  });

  it("are told apart from a rehearsal no more where the metadata beside their table cannot be read", async () => {
    const file = await written("untold.csv", "Responder #,Vote,Explanation,Age Range\n1,4,,20\n");
    const remarks = async () => (await loadAnswers(file, voted)).remarks;
    expect(await remarks()).toEqual([]);
    await written("untold.csv-metadata.json", "{}");
    expect(await remarks()).toEqual([]);
    await written("untold.csv-metadata.json", '{"notes": [{"heur');
    expect(await remarks()).toEqual([
      "Whether it is a rehearsal is not known, as untold.csv-metadata.json cannot be read: it is no JSON.",
    ]);
    await rm(`${file}-metadata.json`);
    await mkdir(`${file}-metadata.json`);
    expect(await remarks()).toEqual([expect.stringContaining("it is a folder or a device, not a file")]);
  });

  it("are read with a byte order mark, quoted line ends, stray spaces and empty lines", async () => {
    const file = await written(
      "bom.csv",
      '\ufeffResponder #, Vote ,Explanation,Age Range\r\n1, 4 ,"Tasty,\r\nbut ""cold""", 18-29 \r\n\r\n2,,no,\r\n3,prefer not,,30-44\r\n',
    );
    const lenient = described(
      { vote: { column: "Vote", scale: likert } },
      {
        ...{ id: "Responder #", comment: "Explanation", attributes: { age: "Age Range" } },
        missing: { refused: ["prefer not"] },
      },
    );
    const { people, digest } = await loadAnswers(file, lenient);
    expect(digest).toMatch(/^[0-9a-f]{64}$/);
    expect(people).toEqual([
      {
        ...{ id: "1", row: 1, line: 2, weight: 1, attributes: { age: "18-29" }, comment: 'Tasty,\r\nbut "cold"' },
        answers: { vote: { item: "vote", value: "4", method: "person" } },
      },
      {
        ...{ id: "2", row: 2, line: 5, weight: 1, attributes: { age: null }, comment: "no" },
        answers: { vote: { item: "vote", value: null, missing: "skipped", method: "person" } },
      },
      {
        ...{ id: "3", row: 3, line: 6, weight: 1, attributes: { age: "30-44" } },
        answers: { vote: { item: "vote", value: null, missing: "refused", method: "person" } },
      },
    ]);
  });

  it.each([
    ["semicolons and decimal commas", "a.csv", "Vote;Pays\n4;2,50\n3;1\n", [2.5, 1]],
    ["tabs", "a.tsv", "Vote\tPays\n4\t2.5\n3\t1\n", [2.5, 1]],
  ])("are read with %s", async (_, name, text, found) => {
    const pays = described({ pays: { column: "Pays", scale: { kind: "number", low: 0 } } });
    expect(await values(await written(name, text), pays, "pays")).toEqual(found);
  });

  it("are read from Excel as from CSV", async () => {
    const cell = (value: string | number) => ({ value, type: typeof value === "number" ? Number : String });
    const rows = [
      ["Responder #", "Vote", "Explanation", "Age Range"],
      [1, 4, "cold", "18-29"],
      ["x2", "5", "", ""],
    ];
    const bytes = await writeXlsx(rows.map((row) => row.map(cell)) as never).toBuffer();
    const { people } = await loadAnswers(await written("a.xlsx", new Uint8Array(bytes)), voted);
    expect(people.map(({ id, row, answers, attributes }) => [id, row, answers["vote"]?.value, attributes])).toEqual([
      ["1", 1, "4", { "Age Range": "18-29" }],
      ["x2", 2, "5", { "Age Range": null }],
    ]);
  });

  it("are read from exports of Qualtrics with two or three rows of heads, which say what was asked", async () => {
    const heads = 'ResponseId,Status,Q1\nResponse ID,Response Type,"How likely\n are you to buy it?"\n';
    const ids = '"{""ImportId"":""_recordId""}","{""ImportId"":""status""}","{""ImportId"":""QID1""}"\n';
    const rows = "R_1,IP Address,4\nR_2,Survey Preview,2\n";
    const asked = (more: object) => described({ q1: { column: "Q1", scale: likert } }, { id: "ResponseId", ...more });
    const three = await loadAnswers(await written("q.csv", heads + ids + rows), asked({}));
    expect(three.people.map(({ id, answers }) => [id, answers["q1"]?.value])).toEqual([
      ["R_1", "4"],
      ["R_2", "2"],
    ]);
    expect(three.items["q1"]?.title).toBe("How likely are you to buy it?");
    expect(three.remarks[0]).toMatch(/^One row is of people who looked at the survey before it began/);
    const two = await loadAnswers(
      await written("q2.csv", heads + rows),
      asked({ headers: 2, only: { Status: ["IP Address"] } }),
    );
    expect([two.people.map(({ id }) => id), two.leftOut]).toEqual([["R_1"], 1]);
  });

  it.each([
    ["the same, whatever its case", "YES", "yes"],
    ["its label", "Very likely", "5"],
    ["the same number", "5.0", "5"],
  ])("name an option by %s", async (_, cell, option) => {
    const scale = { kind: "ordinal", options: ["yes", 5] };
    const item = described({ vote: { scale, labels: { 5: "very  likely" } } });
    expect(await values(await written("options.csv", `vote,x\n${cell},1\n`), item)).toEqual([option]);
  });

  describe("on scales with several options", () => {
    const options = ["A", "B", "C"];
    it.each([
      [
        "a text between options",
        "vote\nB-C-A\nC - a - B\n",
        { column: "vote", separator: "-" },
        [
          ["B", "C", "A"],
          ["C", "A", "B"],
        ],
      ],
      ["a text that would be a pattern", "vote\nB|C|A\n", { column: "vote", separator: "|" }, [["B", "C", "A"]]],
      [
        "a column with the place of each",
        "a,b,c\n3,1,2\n1,2,3\n",
        { columns: { A: "a", B: "b", C: "c" } },
        [
          ["B", "C", "A"],
          ["A", "B", "C"],
        ],
      ],
    ])("rankings are read with %s", async (_, text, how, found) => {
      expect(
        await values(
          await written("rank.csv", text),
          described({ vote: { scale: { kind: "ranking", options }, ...how } }),
        ),
      ).toEqual(found);
    });
    it("of choices each has a column, or all stand in one", async () => {
      const scale = { kind: "choices", options };
      const across = described({ vote: { scale, columns: { A: "a", B: "b", C: "c" } } });
      expect(await values(await written("c.csv", "a,b,c\n1,0,C\n,,\n0,0,0\n"), across)).toEqual([["A", "C"], null, []]);
      const called = described({ vote: { scale, columns: { A: "a", B: "b", C: "c" }, labels: { C: "Gold" } } });
      expect(await values(await written("d.csv", "a,b,c\nx,-99,gold\n"), called)).toEqual([["A", "C"]]);
      await expect(values(await written("e.csv", "a,b,c\n1,2,0\n"), across)).rejects.toThrow(/does not say whether/);
      const within = described({ vote: { scale, separator: "; " } });
      expect(await values(await written("w.csv", "vote,x\nA; C,1\n"), within)).toEqual([["A", "C"]]);
    });
    it("amounts add up", async () => {
      const item = described({
        vote: { scale: { kind: "allocation", options: ["A", "B"], total: 10 }, columns: { A: "a", B: "b" } },
      });
      expect(await values(await written("al.csv", "a,b\n4,6\n10,\n"), item)).toEqual([
        { A: 4, B: 6 },
        { A: 10, B: 0 },
      ]);
      expect(await issuesOf(loadAnswers(await written("al2.csv", "a,b\n4,5\n"), item))).toEqual([
        ["vote of row 1: it adds up to 9 instead of 10.", 2, 1],
      ]);
    });
  });

  it("outside of their scale are errors with their place, all of them", async () => {
    const file = await written("out.csv", "Responder #,Vote,Explanation,Age Range\n1,6,,\n2,3,,\n2,x,,\n");
    expect(await issuesOf(loadAnswers(file, voted))).toEqual([
      ["vote of 1: '6' is none of its options.", 2, 3],
      ["'2' stands in row 2 already.", 4, 1],
      ["vote of 2: 'x' is none of its options.", 4, 3],
    ]);
  });

  it.each([
    [
      "misfits",
      "who,vote,uses\na,6,A\n",
      "`items: { vote: { outside: exclude } }` lists answers outside of a scale instead.",
    ],
    [
      "rows of the same person",
      "who,vote,uses,variant,end\na,1,A,reversed,complete\na,1,A,as-written,complete\nb,1,A,as-written,partial\n",
      "`simulated: { only: { variant: [as-written], end: [complete] } }` says which rows count, so that everybody has one.",
    ],
    ["lists", "who,vote,uses\na,1,A; B\n", '`items: { uses: { separator: ";" } }` parts the options in a cell.'],
    ["columns", "who,vote\na,1\n", ""],
  ])("that cannot be read have a hint of what helps with %s alone", async (_, text, hint) => {
    const uses = { scale: { kind: "choices", options: ["A", "B"] } };
    const asked = described({ vote: { scale: likert }, uses }, { id: "who" });
    const reading = loadAnswers(await written("hints.csv", text), asked, "simulated");
    await expect(reading).rejects.toMatchObject({ hint: `Mend the file or its description. ${hint}`.trim() });
  });

  it("outside of their scale are listed as excluded where that is declared", async () => {
    const lenient = described({ vote: { column: "Vote", scale: likert, outside: "exclude" } });
    const { people, excluded } = await loadAnswers(await written("ex.csv", "Vote,x\n6,1\n3,1\n"), lenient);
    expect(excluded).toEqual([
      { item: "vote", id: "row 1", row: 1, line: 2, text: "6", reason: "'6' is none of its options" },
    ]);
    expect(people.map(({ answers }) => answers["vote"]?.value)).toEqual([null, "3"]);
  });

  it("of simulated people may stand in columns of other names, with probabilities", async () => {
    const both = described(
      { vote: { column: "Vote", scale: likert } },
      { id: "who", weight: "w", simulated: { id: "person", columns: { vote: "value" }, distributions: { vote: "p" } } },
    );
    const file = await written("sim.csv", 'person,value,p\nLisa,4,"{""4"":0.75,""5"":0.25}"\n');
    const { people } = await loadAnswers(file, both, "simulated");
    expect(people[0]).toMatchObject({
      id: "Lisa",
      weight: 1,
      answers: { vote: { value: "4", distribution: { 4: 0.75, 5: 0.25 } } },
    });
    const bad = await written("sim2.csv", 'person,value,p\nLisa,4,"{""4"":0.75}"\n');
    expect(await issuesOf(loadAnswers(bad, both, "simulated"))).toEqual([
      ["vote: its probabilities add up to 0.75.", 2, 8],
    ]);
  });

  it("have weights, which are numbers", async () => {
    const weighted = described({ vote: { scale: likert } }, { weight: "w" });
    const { people } = await loadAnswers(await written("w1.csv", "vote,w\n1,0.5\n2,2\n"), weighted);
    expect(people.map(({ weight }) => weight)).toEqual([0.5, 2]);
    expect(await issuesOf(loadAnswers(await written("w2.csv", "vote,w\n1,-1\n"), weighted))).toEqual([
      ["The weight is '-1': a weight is a number from 0, in every row.", 2, 3],
    ]);
  });

  it("are not read from Stata, with the way to convert it", async () => {
    const refused = loadAnswers(await written("a.dta", "<stata_dta>"), voted);
    await expect(refused).rejects.toMatchObject({
      code: "OPTION_INVALID",
      hint: expect.stringContaining("pandas.read_stata"),
    });
  });

  it("are described by what fits together, or it is said what does not", () => {
    const bad = (item: object) => () => described({ vote: item });
    expect(bad({ scale: { kind: "ordinal", options: [1, 1] } })).toThrow(/An option stands here twice/);
    expect(bad({ scale: { kind: "ranking", options: ["A", "B"] } })).toThrow(/Say what stands between the options/);
    expect(bad({ scale: likert, separator: "-" })).toThrow(/Answers on this scale are one option/);
    expect(bad({ scale: { kind: "choices", options: ["A", "B"] }, columns: { A: "a" } })).toThrow(/'B' has no column/);
    expect(bad({ scale: likert, desirable: "9" })).toThrow(/On this scale it is one of: high, low, 1, 2/);
  });
});
