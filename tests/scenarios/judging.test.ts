import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { commandHere } from "../support/command-here.ts";
import { type Project, tempProject } from "../support/project.ts";

const nasty = '"=cmd()|<script>\u001b[31m Sit!"';
const anchors = [
  "claim,label,text",
  'Somebody refuses.,true,"No, never."',
  'Somebody refuses.,false,"Yes, gladly."',
  "It is polite.,8,Would you please sit down?",
  `It is polite.,1,${nasty}`,
];
const study = `
name: talk
people: [lisa, oscar]
world: { name: Tea room }
arms: { rain: { at: tea-room/1, do: [{ broadcast: It rains. }] } }
steps:
  - broadcast: Do you like trams?
  - run: 1
`;

/** Twins have names that begin alike. */
const control = "talk-1d1e32";

let project: Project;
beforeAll(async () => {
  project = await tempProject();
  await project.write("anchors.csv", anchors.join("\n"));
  await project.write("talk.yaml", study);
  expect((await commandHere(project, ["twins", "talk.yaml", "--model", "builtin"])).code).toBe(0);
});
afterAll(() => project[Symbol.asyncDispose]());

const judge = async (...args: readonly string[]) => {
  const ended = await commandHere(project, ["judge", ...args, "--model", "builtin"]);
  expect(ended.stdout + ended.stderr).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/);
  return ended;
};

describe("tinytroupe judge", () => {
  it("calibrates a judge, keeps that, and shows it beside what the judge says of a stored run", async () => {
    const calibrated = await judge("calibrate", "anchors.csv", "--out", "judge.json");
    expect([calibrated.code, calibrated.stdout]).toEqual([0, expect.stringContaining("builtin · 4 cases")]);
    expect(calibrated.stdout).toContain("mean error");
    const kept = JSON.parse(await readFile(join(project.folder, "judge.json"), "utf8"));
    expect(kept).toMatchObject({ summary: { judge: "builtin", asked: 4, heuristic: true }, rows: { length: 4 } });
    const judged = await judge(
      control,
      "Lisa likes {trams}.",
      "--ready",
      "fluency",
      "--calibration",
      "judge.json",
      "--json",
    );
    expect(JSON.parse(judged.stdout)).toMatchObject({
      ...{ ok: true, command: "judge", judge: "builtin", heuristic: true, calibration: { asked: 4 } },
      verdicts: [
        { proposition: "claim-1", kind: "truth" },
        { proposition: "fluency", kind: "score" },
      ],
    });
    const again = await judge(control, "Lisa likes {trams}.", "--ready", "fluency", "--calibration", "judge.json");
    expect(again.stdout).toMatch(/Lisa likes \{trams\}\.[\s\S]*How far off builtin is where answers are known/);
    expect(again.stderr).toMatch(/\b0 calls/);
  });

  it("takes the control of twins unless told, says so first, and judges everybody alone", async () => {
    const { code, stdout, stderr } = await judge("--each", "--ready", "fluency", "--json");
    expect(code, stderr).toBe(0);
    const { run, rows, claims } = JSON.parse(stdout);
    expect(stderr).toMatch(new RegExp(`^On talk · ${run} · the last played$`, "m"));
    expect(claims).toMatchObject([{ name: "fluency" }]);
    expect(rows.map(({ subject, kind }: { subject: string; kind: string }) => [subject, kind])).toEqual([
      ["Lisa Brannigan", "score"],
      ["Oscar Ramsaran", "score"],
    ]);
    const arm = await judge("talk-rain", "So.");
    expect(arm.stderr).toMatch(new RegExp(`^On talk / rain · talk-rain-\\w+ · a fork of ${run}$`, "m"));
    expect(arm.stdout, "rules are not sure of anything").not.toMatch(/\bsure\b|\d %/);
  });

  it.each<[string, readonly string[], RegExp]>([
    ["nothing to judge by", [control], /OPTION_INVALID There is nothing to judge the run by/],
    ["a ready-made claim that is none", [control, "--ready", "fluent"], /no ready-made claim 'fluent'/],
    ["a run that is none", ["other", "So."], /RUN_UNKNOWN/],
    ["somebody who was not there", [control, "So.", "--person", "Ann"], /TARGET_UNKNOWN There is no 'Ann'/],
    [
      "a calibration that is none",
      [control, "So.", "--calibration", "talk.yaml"],
      /FILE_UNREADABLE .*is no calibration/,
    ],
    ["anchors that are none", ["calibrate", "talk.yaml"], /OPTION_INVALID The anchors in/],
  ])("refuses %s", async (_what, args, message) => {
    const { code, stderr } = await judge(...args);
    expect(stderr).toMatch(message);
    expect(code).toBeGreaterThan(0);
  });
});

describe("a project that names several models", () => {
  const models = async (...args: readonly string[]): Promise<readonly string[]> => {
    const settings = { model: "openai/gpt-5-mini", models: { cheap: "openai/gpt-5-nano" } };
    await project.write("tinytroupe.config.json", JSON.stringify(settings));
    const { code, stdout } = await commandHere(project, [...args, "--dry-run", "--json"]);
    expect(code).toBe(0);
    return (JSON.parse(stdout) as { prices: { model: string }[] }).prices.map(({ model }) => model);
  };

  it("has another model judge than the one that plays, and leaves reading to the one that is asked for", async () => {
    await project.write("judged.yaml", `${study}  - judge: { claims: { keen: They like trams. }, as: judged }\n`);
    expect(await models("run", "judged.yaml")).toEqual(["openai/gpt-5-mini", "openai/gpt-5-nano"]);
    expect(await models("run", "judged.yaml", "--model", "openai/gpt-5-nano")).toEqual(["openai/gpt-5-nano"]);
    await project.write(
      "own.yaml",
      `judge: openai/gpt-5\n${await readFile(join(project.folder, "judged.yaml"), "utf8")}`,
    );
    expect(await models("run", "own.yaml")).toEqual(["openai/gpt-5-mini", "openai/gpt-5"]);
    expect(await models("runs", "ask", control, "Who likes trams?")).toEqual(["openai/gpt-5-mini"]);
    const asked = await models("runs", "ask", control, "Who likes trams?", "--model", "openai/gpt-5");
    expect(asked).toEqual(["openai/gpt-5"]);
  });

  it("has the judge that it names, but for what somebody else is asked to read", async () => {
    await project.write(
      "tinytroupe.config.json",
      JSON.stringify({ model: "openai/gpt-5-mini", judge: "openai/gpt-5" }),
    );
    const read = async (...args: readonly string[]) => {
      const asked = ["runs", "ask", control, "Who likes trams?", "--dry-run", "--json", ...args];
      return (JSON.parse((await commandHere(project, asked)).stdout) as { prices: { model: string }[] }).prices;
    };
    expect(await read()).toMatchObject([{ model: "openai/gpt-5-mini" }, { model: "openai/gpt-5" }]);
    expect(await read("--model", "openai/gpt-5-nano")).toMatchObject([{ model: "openai/gpt-5-nano" }]);
  });
});
