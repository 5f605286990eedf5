import { existsSync } from "node:fs";
import { mkdir, symlink } from "node:fs/promises";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { RunRecord } from "../../src/stores.ts";
import { commandHere } from "../support/command-here.ts";
import { type Project, tempProject } from "../support/project.ts";
import { inTerminal } from "../support/pseudo-terminal.ts";

let project: Project;
const day = (count: number): string => new Date(Date.UTC(2030, 0, 1) + count * 864e5).toISOString();
const id = (index: number): string => `study-${String(index).padStart(5, "0")}`;
const statuses = ["finished", "stopped", "failed", "running"] as const;

/** Ten thousand runs, a day apart; every fourth says that it is running, and nobody plays it. */
const run = (index: number): RunRecord => ({
  ...{ id: id(index), name: `study ${index % 10}`, seed: "1", model: index % 2 ? "openai/gpt-5-mini" : "builtin" },
  ...{ status: statuses[index % 4] ?? "failed", createdAt: day(0), updatedAt: day(index), takes: 1 },
});

beforeAll(async () => {
  project = await tempProject();
  await project.withStore((store) =>
    Promise.all(Array.from({ length: 10_000 }, (_, index) => store.putRun(run(index)))),
  );
}, 60_000);
afterAll(() => project[Symbol.asyncDispose]());

const tinytroupe = (...args: readonly string[]) => commandHere(project, args);
const document = async (...args: readonly string[]) => JSON.parse((await tinytroupe(...args, "--json")).stdout);
const ids = async (...args: readonly string[]): Promise<string[]> =>
  (await document("runs", "list", ...args)).runs.map((found: { run: string }) => found.run);

describe("ten thousand runs", () => {
  it("are listed by the page, the last played first", async () => {
    const { stdout } = await tinytroupe("runs", "list", "--limit", "3");
    expect(stdout).toMatch(
      /study-09999 +cut off .*\nstudy-09998 +failed .*\nstudy-09997 +stopped .*\n\n1 to 3 of 10,000 runs\./,
    );
    expect(stdout).toContain("--skip 3");
    expect(await ids("--limit", "2", "--skip", "9998")).toEqual([id(1), id(0)]);
    expect((await tinytroupe("runs", "list", "--skip", "10000")).stdout).toBe("\nNone of 10,000 runs.\n");
    expect((await document("runs", "list")).runs).toHaveLength(30);
  });

  it("are found by name, model, status and time", async () => {
    const { runs, total } = await document("runs", "list", "--name", "study 7", "--limit", "1");
    expect([runs[0].run, total]).toEqual([id(9997), 1000]);
    expect((await document("runs", "list", "--model", "openai/", "--status", "stopped")).total).toBe(2500);
    const since = async (zone: string): Promise<string> =>
      (await project.cli(["runs", "list", "--since", day(9998).slice(0, 10)], { TZ: zone }).ended).stdout;
    expect((await since("UTC")).match(/^study-\d+/gm)).toEqual([id(9999), id(9998)]);
    expect((await since("America/New_York")).match(/^study-\d+/gm), "evening before, there").toEqual([id(9999)]);
    const cut = await document("runs", "list", "--status", "cut-off", "--limit", "2", "--skip", "1");
    expect([cut.total, cut.runs.map((found: { run: string; status: string }) => [found.run, found.status])]).toEqual([
      2500,
      [
        [id(9995), "cut-off"],
        [id(9991), "cut-off"],
      ],
    ]);
    expect((await document("runs", "list", "--status", "running")).total).toBe(0);
    expect((await tinytroupe("runs", "list", "--name", "nothing")).stdout).toContain("None of the 10,000 runs");
    const wrong = await Promise.all([
      tinytroupe("runs", "list", "--status", "done"),
      tinytroupe("runs", "list", "--since", "yesterday"),
    ]);
    expect(wrong.map(({ code }) => code)).toEqual([2, 2]);
    expect(wrong[1]?.stderr).toContain("as in 90min, 12h, 30d, 4w or 2030-01-31");
  });

  it("are shown by the beginning of the name", async () => {
    const { error } = await document("runs", "show", "study-0420");
    expect(error.message).toContain("'study-0420' is ambiguous: the names of 10 runs begin so.");
    expect(error.hint).toMatch(
      /^Say more of the name of one: (?:study-0420\d-?\w* \(2041-[\d: -]+\), ){5}and 5 more\.$/,
    );
    const { stdout } = await tinytroupe("runs", "show", id(4203));
    expect(stdout.replaceAll(/\s+/g, " ")).toMatch(/ status cut off .* to go on .* run <study> --resume study-04203 $/);
    expect((await document("runs", "show", "04203")).error.hint).toBe("Did you mean study-04203?");
  });
});

describe("deleting", () => {
  it("asks, says what was freed, and takes the results along", async () => {
    const results = join(dirname(project.store), "runs", id(5));
    await mkdir(results, { recursive: true });
    await project.write(`.tinytroupe/runs/${id(5)}/transcript.txt`, "x".repeat(2500));
    const asked = inTerminal(["runs", "delete", id(5)], { folder: project.folder });
    await asked.shows("It cannot be had back.");
    asked.type("n\r");
    expect(await asked.ended).toBe(0);
    expect(asked.text()).toContain("Nothing was deleted.");
    expect(existsSync(results)).toBe(true);
    const agreed = inTerminal(["runs", "delete", id(5)], { folder: project.folder });
    await agreed.shows("It cannot be had back.");
    agreed.type("y\r");
    expect(await agreed.ended).toBe(0);
    expect(agreed.text()).toContain("Deleted 1 run: 2.5 kB of results");
    expect(existsSync(results)).toBe(false);
    expect((await tinytroupe("runs", "show", id(5))).code).toBe(2);
  });

  it("counts before the yes, and wants one where nobody can answer", async () => {
    const { code, stderr } = await tinytroupe(
      "runs",
      "delete",
      "--older-than",
      day(8).slice(0, 10),
      "--status",
      "failed",
    );
    expect([code, stderr.replaceAll(/\s+/g, " ")]).toEqual([2, expect.stringContaining("Delete 2 runs, played from")]);
    expect(stderr).toContain("--yes");
    const done = await document("runs", "delete", "--older-than", day(8), "--status", "failed", "--yes");
    expect(done).toMatchObject({ ok: true, command: "runs delete", deleted: [id(6), id(2)], playing: [] });
    expect((await tinytroupe("runs", "delete", "--older-than", day(0), "--yes")).stdout).toBe(
      "There is nothing to delete.\n",
    );
  });

  it("leaves a run that is being played", async () => {
    await project.withStore(async (store) => {
      const owner = await store.own(id(3));
      const named = await document("runs", "delete", id(3), id(4), "--yes");
      expect(named.error).toMatchObject({ code: "RUN_BUSY", data: { run: id(3) } });
      expect(await ids("--status", "running")).toEqual([id(3)]);
      const meant = await document("runs", "delete", "--older-than", day(5), "--yes");
      expect([meant.deleted, meant.playing]).toEqual([[id(4), id(1), id(0)], [id(3)]]);
      await owner.release();
    });
    expect(await ids("--skip", "9993", "--limit", "9")).toEqual([id(3)]);
  });

  it("takes along a link that leads nowhere", async () => {
    const results = join(dirname(project.store), "runs", id(7));
    await mkdir(results, { recursive: true });
    await symlink("nowhere", join(results, "transcript.txt"));
    const done = await document("runs", "delete", id(7), "--yes");
    expect([done.error, done.deleted]).toEqual([undefined, [id(7)]]);
    expect(existsSync(results)).toBe(false);
  });

  it("leaves a run in the journal for as long as its results are there", async () => {
    await mkdir(join(dirname(project.store), "runs"), { recursive: true });
    await project.write(`.tinytroupe/runs/${id(8)}`, "a file where a folder should be, which stops the deleting");
    expect((await tinytroupe("runs", "delete", id(8), "--yes")).code).toBe(1);
    expect(await ids("--since", day(8), "--limit", "10000")).toContain(id(8));
  });

  it("wants to know which", async () => {
    for (const args of [[], [id(9), "--status", "failed"]]) {
      expect(await document("runs", "delete", ...args, "--yes")).toMatchObject({ error: { code: "OPTION_INVALID" } });
    }
  });

  it.each([[["--name", ""]], [["--model", " "]], [[""]], [["", id(9)]]])(
    "takes nothing empty for all that there is: %j",
    async (args) => {
      const found = await document("runs", "delete", ...args, "--yes");
      expect([found.ok, found.error?.code]).toEqual([false, "OPTION_INVALID"]);
      expect((await document("runs", "show", id(9))).ok).toBe(true);
    },
  );

  it("takes an empty name for no run, even where there is but one", async () => {
    await using one = await tempProject();
    await one.withStore((store) => store.putRun(run(1)));
    const { code } = await commandHere(one, ["runs", "delete", "", "--yes"]);
    expect([code, (await commandHere(one, ["runs", "show"])).code]).toEqual([2, 0]);
  });

  it.each(["../..", "..", ""])("touches nothing outside for a run whose id is %j", async (odd) => {
    await mkdir(join(dirname(project.store), "runs"), { recursive: true });
    await project.write("precious.txt", "x");
    await project.write(".tinytroupe/runs/precious.txt", "x");
    await project.withStore((store) => store.putRun({ ...run(1), id: odd, name: "odd" }));
    expect((await document("runs", "delete", "--name", "odd", "--yes")).deleted).toEqual([odd]);
    expect(await project.read("precious.txt")).toBe("x");
    expect(await project.read(".tinytroupe/runs/precious.txt")).toBe("x");
  });
});
