import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { commandHere } from "../support/command-here.ts";
import { untilRequest } from "../support/counted.ts";
import type { FakeProvider, Order } from "../support/fake-provider/server.ts";
import { type Project, tempProject } from "../support/project.ts";
import { castServer, chatModel, openaiAt } from "../support/served.ts";

let project: Project;
let server: FakeProvider;
beforeAll(async () => {
  [project, server] = await Promise.all([tempProject(), castServer()]);
  const asks = [{ broadcast: "Is this \u001b[31mkettle\u001b[0m worth 40 euros?" }, { run: 1 }];
  const study = { name: "kettles", people: ["lisa", "oscar"], world: { name: "Kitchen" }, steps: asks };
  await project.write("kettles.yaml", JSON.stringify(study));
  expect((await commandHere(project, ["run", "kettles.yaml", "-m", "builtin", "--quiet"])).code).toBe(0);
});
afterAll(() => Promise.all([project[Symbol.asyncDispose](), server[Symbol.asyncDispose]()]));

/** Runs a command to its end; nothing of it may steer a terminal. */
async function tinytroupe(...args: readonly string[]) {
  const ended = await commandHere(project, args, openaiAt(server.url));
  expect(ended.stdout + ended.stderr).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/);
  return ended;
}

/** An answer of the model, resting on these words of the first entry. */
const resting = (quote: string): Order => ({
  text: JSON.stringify({ value: { answer: "It is dear." }, evidence: [{ path: "answer", entry: 1, quote }] }),
});
const question = "What did they say of the price?";

describe("runs ask", () => {
  it("answers with quotes, by whom, and once for its money", async () => {
    server.direct(() => resting("worth 40 euros"));
    const { code, stdout } = await tinytroupe("runs", "ask", question, "-m", chatModel, "--budget", "2 calls");
    expect(code).toBe(0);
    expect(stdout).toMatch(/^kettles · kettles-\S+ · read by openai\/\S+ · simulated\n\nIt is dear\.\n\n/);
    expect(stdout).toContain("(from outside)\n  “worth 40 euros”");
    const paid = server.requests.length;
    const again = await tinytroupe("runs", "ask", "kettles", question, "-m", chatModel, "--json");
    expect(JSON.parse(again.stdout)).toMatchObject({
      ...{ ok: true, command: "runs ask", simulated: true, by: chatModel, question, answer: "It is dear." },
      quotes: [{ type: "CONVERSATION", words: "worth 40 euros" }],
      unfounded: false,
    });
    expect(server.requests).toHaveLength(paid);
    const { stdout: table } = await tinytroupe("runs", "cost", "ask-kettles", "--by", "label");
    expect(table).toMatch(/^label +calls +in +cached +out +cost\n─+\nask +1 /);
    const told = JSON.parse((await tinytroupe("runs", "cost", "ask-kettles", "--by", "label,model", "--json")).stdout);
    expect(told.tables).toMatchObject([
      { by: ["label", "model"], rows: [{ label: "ask", model: chatModel, calls: 1 }] },
    ]);
    const wrong = await tinytroupe("runs", "cost", "--by", "lable");
    expect([wrong.code, wrong.stderr]).toEqual([2, expect.stringContaining("label")]);
  });

  it("says that an answer which no words bear is left out, and estimates for nothing", async () => {
    server.direct(() => resting("far too dear for anybody"));
    const before = server.requests.length;
    const dry = await tinytroupe("runs", "ask", "Who would buy?", "-m", chatModel, "--dry-run", "--json");
    expect(JSON.parse(dry.stdout).calls).toBe(1);
    expect(server.requests).toHaveLength(before);
    const { code, stdout } = await tinytroupe("runs", "ask", "Who would buy?", "-m", chatModel);
    expect([code, stdout.replaceAll("\n", " ")]).toEqual([0, expect.stringContaining("no words of the record bear")]);
    expect(stdout).not.toContain("It is dear.");
    expect(server.requests).toHaveLength(before + 2);
    const empty = await tinytroupe("runs", "ask", " ", "-m", chatModel);
    expect([empty.code, empty.stderr]).toEqual([2, expect.stringMatching(/The question is empty[\s\S]*plain words/)]);
    const lost = await tinytroupe("runs", "ask", "nobody", question, "-m", chatModel);
    expect([lost.code, lost.stderr]).toEqual([2, expect.stringContaining("There is no run 'nobody'")]);
  });

  it("stops at Ctrl-C after the call in flight, and pays for that no second time", async () => {
    const { promise: until, resolve: release } = Promise.withResolvers<void>();
    const before = server.requests.length;
    const { director, reached } = untilRequest(1, () => ({ ...resting("nobody said so"), until }));
    server.direct(director);
    const line = project.cli(["runs", "ask", "Who hesitates?", "-m", chatModel], openaiAt(server.url));
    await Promise.race([reached, line.ended]);
    line.process.kill("SIGINT");
    await line.said("Stopping");
    release();
    expect(await line.ended).toMatchObject({ code: 130, signal: null });
    expect(server.requests).toHaveLength(before + 1);
    server.direct(() => resting("worth 40 euros"));
    const rest = await tinytroupe("runs", "ask", "Who hesitates?", "-m", chatModel);
    expect([rest.code, rest.stdout]).toEqual([0, expect.stringContaining("“worth 40 euros”")]);
    expect(server.requests).toHaveLength(before + 2);
  });
});

describe("runs query", () => {
  it("asks a run in SQL, as a table, as rows for programs, and into a file with where it comes from", async () => {
    const counted = "select name, count(*) as turns from turns group by name order by name";
    const shown = await tinytroupe("runs", "query", counted);
    expect(shown.stdout).toMatch(
      /^name +turns\n─+\nLisa Brannigan +1\nOscar Ramsaran +1\n2 rows · kettles-\S+ · simulated\n$/,
    );
    const { rows, columns, run } = JSON.parse((await tinytroupe("runs", "query", counted, "kettles", "--json")).stdout);
    expect(rows).toEqual([
      { name: "Lisa Brannigan", turns: 1 },
      { name: "Oscar Ramsaran", turns: 1 },
    ]);
    expect(columns.map(({ name, type }: { name: string; type: string }) => [name, type])).toEqual([
      ["name", "text"],
      ["turns", "integer"],
    ]);
    expect((await tinytroupe("runs", "query", counted, "--out", "turns.csv")).code).toBe(0);
    expect(await project.read("turns.csv")).toMatch(/^name,turns,simulated\r\nLisa Brannigan,1,true\r\n/);
    expect(await project.read("turns.csv-metadata.json")).toContain(run);
    expect((await tinytroupe("runs", "query", "select 1 where 0")).stdout).toContain("(no rows)\n0 rows");
  });

  it("says what is wrong with a query, writes nothing, and knows its formats", async () => {
    const query = async (...args: readonly string[]) => {
      const { code, stderr } = await tinytroupe("runs", "query", ...args);
      return [code, stderr.replace(/\s+/g, " ")];
    };
    expect(await query("select nam from turns")).toEqual([2, expect.stringMatching(/no such column: nam.*→/)]);
    expect(await query("select * from turn")).toEqual([2, expect.stringMatching(/no such table: turn.*→.*turns/)]);
    for (const writing of ["delete from turns", "drop table turns", "attach 'x.db' as x"]) {
      expect(await query(writing), writing).toEqual([2, expect.stringMatching(/[A-Z]+_[A-Z]+ .*SELECT/)]);
    }
    expect(await query("select 1", "--out", "x.doc")).toEqual([2, expect.stringContaining("End it with one of .csv")]);
    const { rows } = JSON.parse(
      (await tinytroupe("runs", "query", "select count(*) as n from turns", "--json")).stdout,
    );
    expect(rows).toEqual([{ n: 2 }]);
  });
});
