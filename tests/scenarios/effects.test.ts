import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { commandHere } from "../support/command-here.ts";
import { wordsOf } from "../support/fake-provider/cast.ts";
import type { FakeProvider } from "../support/fake-provider/server.ts";
import { type Project, tempProject } from "../support/project.ts";
import { castServer, chatModel, openaiAt } from "../support/served.ts";

const study = fileURLToPath(new URL("../support/faults/posting.ts", import.meta.url));
const nothing = { goals: null, context: null, attention: null, emotions: null };
const actions = [...["POST", "FILE", "WIRE"].map((type) => ({ type, to: "Oscar" })), { type: "DONE" }];

/** A provider whose Lisa does all that she can as soon as she is asked to, and then speaks of it. */
const posting = (): Promise<FakeProvider> =>
  castServer((request) =>
    wordsOf(request).includes("What came of it?") ? undefined : { text: JSON.stringify({ state: nothing, actions }) },
  );

const play = (project: Project, server: FakeProvider, ...flags: readonly string[]) =>
  project.cli(["run", study, "--model", chatModel, "--json", ...flags], openaiAt(server.url)).ended;

const trace = async (project: Project): Promise<string[]> =>
  (await project.read("trace").catch(() => "")).split("\n").filter((line) => line !== "");

it.each([
  ["in POST before", ["FILE Oscar"], "unsure"],
  ["in POST after", ["POST Oscar", "FILE Oscar"], "unsure"],
  ["in FILE before", ["POST Oscar", "FILE Oscar"], "run"],
  ["in FILE after", ["POST Oscar", "FILE Oscar", "FILE Oscar"], "run"],
  ["told", ["POST Oscar", "FILE Oscar"], "run"],
])(
  "a run that is killed (%s) goes on: what is done is not done again, and what nobody knows is told",
  async (moment, left, post) => {
    await using server = await posting();
    await using project = await tempProject();
    await writeFile(join(project.folder, "kill"), moment);
    expect((await play(project, server)).signal).toBe("SIGKILL");
    const paid = server.requests.length;
    expect(paid).toBe(1);

    const ended = await play(project, server);
    expect(ended.code, ended.stderr).toBe(0);
    expect(await trace(project)).toEqual(left);
    expect(server.requests.length).toBe(2);
    const { result, run } = JSON.parse(ended.stdout);
    expect(result).toMatchObject([
      { type: "POST", how: post },
      { type: "FILE", how: "run", text: "sent to Oscar" },
      { type: "WIRE", how: "simulated" },
    ]);
    const show = async (command: string, ...flags: string[]) =>
      (await commandHere(project, ["runs", command, ...flags])).stdout;
    const fates = post === "run" ? { done: 2, simulated: 1 } : { "may have happened": 1, done: 1, simulated: 1 };
    expect(JSON.parse(await show("show", "--json")).effects).toEqual(fates);
    expect(await show("show")).toContain("1 simulated");
    expect(await show("transcript")).toMatch(/wire[\s\S]*\(Lisa[^,]*, file: done: sent to Oscar\)/i);
    const again = await play(project, server);
    expect(JSON.parse(again.stdout)).toMatchObject({ run, result });
    expect([await trace(project), server.requests.length]).toEqual([left, 2]);
  },
);

it("a run that needs an approval stops to be asked, and goes on with the answer without paying again", async () => {
  await using server = await posting();
  await using project = await tempProject();
  await writeFile(join(project.folder, "ask"), "");
  const stopped = await play(project, server);
  expect(stopped.code, stopped.stderr).toBe(4);
  const { error } = JSON.parse(stopped.stdout);
  expect(error).toMatchObject({
    code: "APPROVAL_NEEDED",
    data: { question: { person: "Lisa Brannigan", type: "POST", args: { to: "Oscar" } } },
  });
  const { id } = error.data.question;
  expect(stopped.stderr).toContain(`--approve ${id}`);
  expect([await trace(project), server.requests.length]).toEqual([[], 1]);

  const refused = await play(project, server, "--refuse", id);
  expect(JSON.parse(refused.stdout).result[0]).toMatchObject({ how: "refused" });
  expect([await trace(project), server.requests.length]).toEqual([["FILE Oscar"], 2]);

  const approved = await play(project, server, "--approve", "POST");
  expect(approved.code, approved.stderr).toBe(0);
  expect(JSON.parse(approved.stdout).result[0]).toMatchObject({ how: "run", text: "sent to Oscar" });
  const left = ["FILE Oscar", "POST Oscar"];
  expect(await trace(project)).toEqual(left);
  const after = await play(project, server);
  expect(JSON.parse(after.stdout).result).toEqual(JSON.parse(approved.stdout).result);
  expect(await trace(project)).toEqual(left);
});
