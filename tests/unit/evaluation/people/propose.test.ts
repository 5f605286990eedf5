import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parseAnswersDescription } from "../../../../src/evaluation/people/description/load.ts";
import { proposeAnswersDescription } from "../../../../src/evaluation/people/proposal/propose.ts";
import { loadAnswers } from "../../../../src/evaluation/people/reading/load-answers.ts";

describe("a description that is proposed", () => {
  let folder = "";
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "proposed-"));
  });
  afterAll(() => rm(folder, { recursive: true }));
  const written = async (...texts: readonly string[]): Promise<[string, string]> => {
    const files: [string, string] = [join(folder, "human.csv"), join(folder, "simulated.csv")];
    for (const [side, file] of files.entries()) await writeFile(file, texts[side] ?? "");
    return files;
  };

  const human =
    "Responder #,Vote,Order,Explanation,Gender,Often,Shop,Alone\n" +
    "1,1,B-A-C,it is much too cold for me,female,never,Lidl,x\n2,2,C-A-B,I would rather make it myself,male,Always,Aldi,x\n3,NA,A-B-C,,female,often,Lidl,x\n";
  const simulated =
    "Responder #,Vote,Order,Explanation,Gender,Often,Shop,simulated\n" +
    "1,4,A-B-C,a welcome refreshment on hot days,female,often,Lidl,true\n2,5,C-B-A,I love tomatoes and garlic so much,male,never,Aldi,true\n";

  it("goes by the values of both tables together, and says what it assumes", async () => {
    const both = await written(human, simulated);
    const { description, assumptions, text } = await proposeAnswersDescription(...both);
    expect(description).toMatchObject({
      ...{ id: "Responder #", comment: "Explanation", attributes: { Gender: "Gender" } },
      items: {
        Vote: { scale: { kind: "ordinal", options: ["1", "2", "3", "4", "5"] } },
        Order: { scale: { kind: "ranking", options: ["A", "B", "C"] }, separator: "-" },
        Often: { scale: { kind: "ordinal", options: ["never", "often", "Always"] } },
        Shop: { scale: { kind: "nominal", options: ["Aldi", "Lidl"] } },
      },
    });
    expect(Object.keys(description.items)).toHaveLength(4);
    expect(assumptions).toContain("Vote: a scale from 1 to 5, as these are the ends that occur.");
    expect(assumptions).toContain(`Alone: left out: only ${both[0]} has it.`);
    expect(text).toContain('separator: "-"');
    expect((await loadAnswers(both[0], description)).people).toHaveLength(3);
  });

  it("reads numbers with a word among them, options of any case, and lists of options", async () => {
    const rows = Array.from({ length: 20 }, (_, at) => [
      at === 7 ? "many" : `${at * 3}`,
      at % 2 === 0 ? "Yes" : at % 3 === 0 ? "no" : "yes",
      at % 2 === 0 ? "toilets; noise; theft" : "noise",
      at % 2 === 0 ? "yes; often" : "no",
    ]);
    const both = await written(...[rows, rows].map((own) => `trips,again,bothers,goes\n${own.join("\n")}\n`));
    const { description, assumptions } = await proposeAnswersDescription(...both);
    expect(description.items).toMatchObject({
      trips: { scale: { kind: "number" }, outside: "exclude" },
      again: { scale: { kind: "nominal", options: ["Yes", "no"] } },
      bothers: { scale: { kind: "choices", options: ["noise", "theft", "toilets"] }, separator: ";" },
      goes: { scale: { kind: "nominal", options: ["no", "yes; often"] } },
    });
    expect(assumptions[0]).toMatch(/what is no number is listed as excluded: 'many'\.$/);
    const { people, excluded } = await loadAnswers(both[0], description);
    expect([people[0]?.answers["bothers"]?.value, people[1]?.answers["again"]?.value, excluded[0]?.text]).toEqual([
      ["toilets", "noise", "theft"],
      "Yes",
      "many",
    ]);
  });

  it("counts one row a person of a survey that asked them several times, and knows ids of other names", async () => {
    const rows = ["a", "b", "c"].flatMap((who, at) =>
      ["reversed", "as-written"].flatMap((variant) =>
        [0, 1].map((sample) => `${who},${who},${variant},${sample},${at === 2 ? "partial" : "complete"},0,${at + 1}`),
      ),
    );
    const both = await written(
      "id,vote\np1,1\np2,3\n",
      `respondent,name,variant,sample,end,checks,vote\n${rows.join("\n")}\n`,
    );
    const { description, assumptions } = await proposeAnswersDescription(...both);
    expect([description.id, description.simulated, Object.keys(description.items)]).toEqual([
      "id",
      { id: "respondent", only: { variant: ["as-written"], sample: ["0"], end: ["complete"] } },
      ["vote"],
    ]);
    expect(assumptions).toContain(`of ${both[1]} the rows whose sample is 0 count, and not those of 1.`);
    const { people, leftOut } = await loadAnswers(both[1], description, "simulated");
    expect([people.map(({ id }) => id), leftOut]).toEqual([["a", "b"], 10]);
  });

  it("that names a kind of question is told the scale on which it is answered", () => {
    const items = { uses: { scale: { kind: "checkbox", options: ["A", "B"] } } };
    expect(() => parseAnswersDescription({ answers: 1, items })).toThrow(
      /items\.uses\.scale\.kind: .*Did you mean 'choices'\?/,
    );
  });

  it("is none where the tables have nothing in common, and both are told", async () => {
    const both = await written("a,b\n1,2\n", "c,d\n1,2\n");
    await expect(proposeAnswersDescription(...both)).rejects.toMatchObject({
      code: "OPTION_INVALID",
      hint: "Say which is which with --describe. There are: a, b; and: c, d.",
    });
  });
});
