import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { openSimulation, testAds } from "../../../../src/index.ts";
import { createMemoryStore, queryRun, queryTables, type Store } from "../../../../src/stores.ts";
import { type Project, tempProject } from "../../../support/project.ts";

let project: Project;
let store: Store;
let run: string;
beforeAll(async () => {
  project = await tempProject();
  store = createMemoryStore();
  await using simulation = await openSimulation({ name: "asked", seed: 7, model: "builtin", store });
  const room = simulation.world("Room", await simulation.loadPeople("lisa", "oscar")).makeEveryoneAccessible();
  room.broadcast("What is bread worth? =1+1");
  await room.run(2);
  const ads = [
    { name: "Fresh", text: "Bread like in 1950." },
    { name: "Quick", text: "Bread in two minutes." },
  ];
  await testAds(simulation.context, { people: room.people, ads });
  run = simulation.run;
});
afterAll(() => project[Symbol.asyncDispose]());

const asked = async (sql: string) => {
  const { columns, rows } = await queryRun(store, run, { sql });
  return rows.map((row) => Object.fromEntries(row.map((cell, at) => [columns[at]?.name, cell])));
};

describe("a run asked in SQL", () => {
  it("has each of its tables, with the columns that are told", async () => {
    const tables = await asked(
      "select m.name, group_concat(i.name) columns from sqlite_schema m, pragma_table_info(m.name) i group by m.name",
    );
    const told = Object.entries(queryTables).map(([name, { columns }]) => ({ name, columns: columns.join() }));
    expect(tables).toEqual(told.toSorted((one, other) => (one.name < other.name ? -1 : 1)));
    const counts = Object.keys(queryTables).map((name) => `(select count(*) from ${name}) as "${name}"`);
    const [filled = {}] = await asked(`select ${counts.join()}`);
    for (const [name, count] of Object.entries(filled)) expect(count, name).toBeGreaterThan(0);
    expect(await asked("select run, seed, models, heuristic from run")).toEqual([
      { run, seed: "7", models: "builtin", heuristic: 1 },
    ]);
  });
  it("joins them: who did what in which step, after which broadcast, at what cost", async () => {
    const [{ turns = 0, people = 0 } = {}] = await asked(
      "select count(*) turns, count(distinct person) people from turns",
    );
    expect([turns, people]).toEqual([4, 2]);
    const did = await asked("select t.step, count(*) n from actions a join turns t on t.id = a.turn group by t.step");
    expect(did.map(({ step }) => step)).toEqual([1, 2]);
    expect(await asked("select world, person, type, text from stimuli where text like '%=1+1'")).toEqual([
      { world: "room", person: null, type: "CONVERSATION", text: "What is bread worth? =1+1" },
    ]);
    expect(await asked("select json_extract(persona, '$.name') name from people order by 1")).toHaveLength(2);
    const [calls] = await asked("select count(*) n, sum(input) tokens from calls where purpose = 'act'");
    expect(calls?.["n"]).toBeGreaterThan(0);
  });
  it("has what people answered on forks, and the forks", async () => {
    const choices = await asked("select person, instrument, item, value, heuristic from answers where item = 'choice'");
    expect(choices.map(({ person }) => person).sort()).toEqual(["lisa-brannigan", "oscar-ramsaran"]);
    expect(choices[0]).toMatchObject({
      instrument: "ad test",
      value: expect.stringMatching(/Fresh|Quick|none/),
      heuristic: 1,
    });
    const forks = await asked("select f.id from forks f join answers a on a.person = f.person where a.item = 'choice'");
    expect(forks.map(({ id }) => id)).toEqual(
      expect.arrayContaining([expect.stringMatching(/^lisa-\w+\/ad-test:\w{12}$/)]),
    );
  });
  it("gives typed columns, a column each for two of one name, and whole numbers of any size", async () => {
    const sql = "-- a comment\n/* another */ select 1 as a, 2.5 as a, 9007199254740993 as big, 'x' as t, null as n;  ";
    const { columns, rows } = await queryRun(store, run, { sql });
    expect(columns).toEqual([
      ...[
        { name: "a", type: "integer" },
        { name: "a_2", type: "number" },
        { name: "big", type: "integer" },
      ],
      ...[
        { name: "t", type: "text" },
        { name: "n", type: "text" },
      ],
    ]);
    expect(rows).toEqual([[1, 2.5, 9007199254740993n, "x", null]]);
    expect((await queryRun(store, run, { sql: "select name from people where 0" })).columns[0]?.name).toBe("name");
  });
  it.each([
    ["attach database 'FILE' as f", /does not begin with SELECT/],
    ["select 1; attach database 'FILE' as f", /more than one statement/],
    ["vacuum into 'FILE'", /does not begin with SELECT/],
    ["with x as (select 1) insert into people select 1, 2, 3", /./],
    ["select load_extension('FILE')", /./],
    ["select writefile('FILE', 'x')", /no such function/],
    ["select * from pragma_query_only(0)", /./],
    ["select x from nowhere", /no such table/],
    ["", /does not begin/],
  ])("refuses %s, and touches no file", async (sql, why) => {
    const file = join(project.folder, "out.db");
    const query = queryRun(store, run, { sql: sql.replace("FILE", file) });
    await expect(query).rejects.toMatchObject({ code: "OPTION_INVALID", message: expect.stringMatching(why) });
    expect(existsSync(file)).toBe(false);
  });
  it("is bounded in rows, and stops when it is stopped, however long it would take", async () => {
    const endless = "with recursive n(i) as (select 1 union all select i + 1 from n) select";
    await expect(queryRun(store, run, { sql: `${endless} i from n`, mostRows: 10 })).rejects.toMatchObject({
      ...{ code: "OPTION_INVALID", message: expect.stringContaining("more than 10 rows") },
    });
    const stop = new AbortController();
    const query = queryRun(store, run, { sql: `${endless} count(*) from n`, signal: stop.signal });
    setImmediate(() => stop.abort());
    await expect(query).rejects.toMatchObject({ code: "ABORTED" });
    await expect(queryRun(store, "nobody", { sql: "select 1" })).rejects.toMatchObject({ code: "RUN_UNKNOWN" });
  });
  it.runIf(existsSync("/proc/self"))("goes with the program that asked, however that ended", async () => {
    const program = `import { openSimulation } from "./src/index.ts";
      import { createMemoryStore, queryRun } from "./src/stores.ts";
      const store = createMemoryStore();
      const simulation = await openSimulation({ name: "asked", seed: 7, model: "builtin", store });
      await simulation.close();
      const sql = "with recursive n(i) as (select 1 union all select i + 1 from n) select count(*) from n";
      await Promise.all([queryRun(store, simulation.run, { sql }), console.log("asked")]);`;
    const flags = ["--conditions=tinytroupe-source", "--input-type=module", "--eval", program];
    const asking = spawn(process.execPath, flags, { stdio: ["ignore", "pipe", "inherit"] });
    await once(asking.stdout, "data");
    const children = () =>
      readFileSync(`/proc/${asking.pid}/task/${asking.pid}/children`, "utf8").trim().split(" ").filter(Boolean);
    const [child = ""] = await vi.waitUntil(() => (children().length > 0 ? children() : false), 20_000);
    const threads = () => readdirSync(`/proc/${child}/task`).length;
    await vi.waitUntil(() => isBusy(child), 20_000);
    expect(threads()).toBeGreaterThan(1);
    asking.kill("SIGKILL");
    await vi.waitUntil(() => !existsSync(`/proc/${child}`), 20_000);
  });
});

/** It has computed for half a second: the query is under way. */
const isBusy = (pid: string): boolean => {
  const [, , , , , , , , , , , user = "0"] = (readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1] ?? "").split(
    " ",
  );
  return Number(user) > 50;
};
