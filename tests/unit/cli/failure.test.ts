import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { exitCodeOf, exitCodeOfError, placeIn, reportError } from "../../../src/cli/failure.ts";
import { TinyTroupeError } from "../../../src/index.ts";
import { fakeSession } from "./fake-session.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "tinytroupe-failure-"));
  const program = "export const run = async (people) => {\n  await null;\n  return people[9].name;\n};\n";
  await writeFile(join(folder, "main.mjs"), program);
});
afterAll(() => rm(folder, { recursive: true }));

/** An error that came from nowhere in particular. */
const from = <E extends Error>(error: E, stack = ""): E => Object.assign(error, { stack });

const aborted = new TinyTroupeError("ABORTED", "Stopped.", { data: {}, hint: "Start again." });
const budget = new TinyTroupeError("BUDGET_EXCEEDED", "Spent.", {
  data: { limit: {}, spent: {}, wanted: {} },
  hint: "Raise it.",
});
const option = new TinyTroupeError("OPTION_INVALID", "'x\u001b[2J' is no number.", {
  data: { option: "--n" },
  hint: "Give\u0007 one.",
});

async function thrown(): Promise<unknown> {
  const { run } = (await import(pathToFileURL(join(folder, "main.mjs")).href)) as { run(people: unknown[]): unknown };
  return (async () => run([]))().catch((error: unknown) => error);
}

describe("reporting an error", () => {
  it("says what, and what next, without terminal codes", () => {
    const { session, err } = fakeSession();
    expect(reportError(from(option), session)).toBe(2);
    expect(err()).toBe("OPTION_INVALID 'x' is no number.\n→ Give one.\n");
  });
  it("shows file, line and source of a fault in the user's own program", async () => {
    const { session, err } = fakeSession({ folder });
    expect(reportError(await thrown(), session)).toBe(1);
    expect(err()).toBe(
      "TypeError: Cannot read properties of undefined (reading 'name')\n" +
        "  at main.mjs:3:20\n     3 │   return people[9].name;\n",
    );
  });
  it("reports what went wrong first, and beside it what kept it from being ended well", () => {
    const late = new TinyTroupeError("FILE_UNWRITABLE", "The disk is full.", {
      data: { file: "x" },
      hint: "Make room.",
    });
    const both = Object.assign(new Error("An error was suppressed during disposal."), { name: "SuppressedError" });
    const { session, err } = fakeSession();
    expect(reportError(Object.assign(both, { error: late, suppressed: from(budget) }), session)).toBe(3);
    expect(err()).toBe("BUDGET_EXCEEDED Spent.\n→ Raise it.\nNor could it be ended well: The disk is full.\n");
    const once = fakeSession();
    reportError(Object.assign(both, { error: budget, suppressed: budget }), once.session);
    expect(once.err()).toBe("BUDGET_EXCEEDED Spent.\n→ Raise it.\n");
  });
  it("admits what may be a defect of its own, and shows all of it on request", () => {
    const quiet = fakeSession();
    reportError(from(new Error("odd"), "Error: odd\n    at node:internal/x:1:1"), quiet.session);
    expect(quiet.err()).toContain("may be a defect of tinytroupe");
    const loud = fakeSession({ variables: { TINYTROUPE_DEBUG: "1" } });
    reportError(from(new Error("odd"), "Error: odd\n    at node:internal/x:1:1"), loud.session);
    expect(loud.err()).toContain("at node:internal/x:1:1");
  });
  it("names the command for a package that is missing", () => {
    const { session, err } = fakeSession();
    reportError(from(new Error("Cannot find package 'tinytroupe' imported from /home/ana/main.ts")), session);
    expect(err()).toContain(`npm install ${resolve(import.meta.dirname, "../../..")}`);
  });
  it("is a JSON document for programs, with the run", () => {
    const { session, out } = fakeSession();
    session.json = true;
    session.run = "talk-1";
    session.command = "run";
    reportError(budget, session);
    expect(JSON.parse(out())).toEqual({
      ...{ ok: false, version: 1, command: "run", run: "talk-1" },
      error: { code: "BUDGET_EXCEEDED", message: "Spent.", hint: "Raise it.", data: budget.data },
    });
  });
  it("ends with how to go on", () => {
    const { session, err } = fakeSession();
    session.farewell = "To go on:\ntinytroupe run a.yaml --resume a-1";
    reportError(aborted, session);
    expect(err()).toBe("ABORTED Stopped.\n→ Start again.\nTo go on:\ntinytroupe run a.yaml --resume a-1\n");
  });
  it("has an exit code for each way to end", () => {
    expect([aborted, budget, option, new Error("x"), "text"].map(exitCodeOf)).toEqual([130, 3, 2, 1, 1]);
  });
  it("keeps these codes: programs branch on them", () => {
    const by = Object.groupBy(Object.entries(exitCodeOfError), ([, exit]) => exit);
    const codes = (exit: 2 | 3 | 4 | 130): readonly string[] => (by[exit] ?? []).map(([code]) => code).toSorted();
    expect(codes(130)).toEqual(["ABORTED"]);
    expect(codes(3)).toEqual(["BUDGET_EXCEEDED"]);
    expect(codes(4)).toEqual(["APPROVAL_NEEDED"]);
    expect(codes(2)).toEqual([
      ...[
        "ANSWERS_INVALID",
        "CONFIG_INVALID",
        "CONSENT_MISSING",
        "DESCRIPTION_INVALID",
        "DOCUMENT_UNREADABLE",
        "EXPERIMENT_INVALID",
        "FACULTY_MISSING",
        "FILE_UNREADABLE",
        "MODEL_UNKNOWN",
        "NAME_TAKEN",
        "NETWORK_INVALID",
        "OPTION_INVALID",
        "PATH_OUTSIDE",
      ],
      ...[
        "PERSONA_INVALID",
        "PLACE_UNKNOWN",
        "POPULATION_INVALID",
        "RUN_UNKNOWN",
        "SPECIFICATION_CONFLICT",
        "SPECIFICATION_INVALID",
        "STUDY_INVALID",
        "SURVEY_INVALID",
        "SYSTEM_REFUSED",
        "TARGET_UNKNOWN",
        "TOOL_UNUSABLE",
      ],
    ]);
  });
});

describe("the place of an error", () => {
  const at = (...frames: readonly string[]) =>
    placeIn(Object.assign(new Error("x"), { stack: ["Error: x", ...frames].join("\n") }), "file:///pkg/src/");
  it.each([
    ["    at run (file:///home/a/main.ts:3:5)", { file: "/home/a/main.ts", line: 3, column: 5 }],
    ["    at async file:///home/a%20b/main.ts:3:5", { file: "/home/a b/main.ts", line: 3, column: 5 }],
    ["    at Object.run [as x] (/home/a/main.js:30:15)", { file: "/home/a/main.js", line: 30, column: 15 }],
    ["/home/a/main.ts:2", { file: "/home/a/main.ts", line: 2 }],
    ["    at run (file:///pkg/src/world/room.ts:3:5)", undefined],
    ["    at run (/home/a/node_modules/zod/index.js:3:5)", undefined],
    ["    at node:internal/modules/esm/loader:501:10", undefined],
    ["    at Module._compile (node:internal/modules/cjs/loader:1:2)", undefined],
    ["    at <anonymous>", undefined],
  ])("in %s", (frame, place) => expect(at(frame)).toEqual(place));
  it("is the innermost of the user's, or that of the cause", () => {
    const frames = ["    at f (file:///pkg/src/a.ts:1:1)", "    at g (/home/m.ts:2:1)", "    at h (/home/n.ts:3:1)"];
    expect(at(...frames)?.file).toBe("/home/m.ts");
    const cause = Object.assign(new Error("y"), { stack: "Error: y\n    at g (/home/m.ts:2:1)" });
    const outer = Object.assign(new Error("x", { cause }), { stack: "Error: x" });
    expect(placeIn(outer, "file:///pkg/src/")?.line).toBe(2);
  });
});
