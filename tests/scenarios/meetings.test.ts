import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { FakeProvider } from "../support/fake-provider/server.ts";
import { sameStory } from "../support/faults/same-story.ts";
import { exampleFile, type Project, study, tempProject } from "../support/project.ts";
import { castServer, chatModel, openaiAt } from "../support/served.ts";

let projects: Project[];
let server: FakeProvider;
beforeEach(async () => {
  projects = await Promise.all([tempProject(), tempProject()]);
  server = await castServer();
});
afterEach(() => Promise.all([...projects, server].map((one) => one[Symbol.asyncDispose]())));

const onServer = () => ({ model: chatModel, variables: openaiAt(server.url) });
const meetings = ["04-focus-group", "05-debate", "06-town-hall", "07-interview-in-depth"];

describe.each(meetings)("%s", (name) => {
  const example = () => study(exampleFile(name, "study.yaml"));

  it.each(["builtin", chatModel])("is the same at concurrency 1 and 64 (%s)", async (model) => {
    const [first, second] = projects as [Project, Project];
    const on = model === "builtin" ? { model } : onServer();
    const one = await first.play(await example(), { ...on, concurrency: 1 });
    const other = await second.play(await example(), { ...on, concurrency: 64 });
    expect(one.error).toBeUndefined();
    expect(one.story.filter(({ type }) => type === "turn").length).toBeGreaterThan(4);
    expect(other.result).toEqual(one.result);
    sameStory(second.store, first.store);
  });

  it("goes on where its budget stopped it, asks nothing twice, and is as one that was never stopped", async () => {
    const [stopping, whole] = projects as [Project, Project];
    const unbroken = await whole.play(await example(), onServer());
    const needed = server.requests.length;
    for (const calls of [3, Math.floor(needed / 2), needed - 1]) {
      const stopped = await stopping.play(await example(), { ...onServer(), budget: { calls } });
      expect(stopped.error).toMatchObject({ code: "BUDGET_EXCEEDED" });
      expect(server.requests.length - needed).toBe(calls);
    }
    const finished = await stopping.play(await example(), onServer());
    expect(finished.error).toBeUndefined();
    expect(server.requests.length).toBe(2 * needed);
    expect(finished.shown.filter(({ type }) => type === "diverged")).toEqual([]);
    expect(finished.result).toEqual(unbroken.result);
    sameStory(stopping.store, whole.store, { interrupted: true });
  });
});
