import { fileURLToPath } from "node:url";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { isOfFork, renderTranscript, transcriptOf } from "../../src/index.ts";
import { listForks, readStory } from "../../src/stores.ts";
import { untilRequest } from "../support/counted.ts";
import { markOf } from "../support/fake-provider/cast.ts";
import type { FakeProvider } from "../support/fake-provider/server.ts";
import { interviewed } from "../support/faults/interviewed.ts";
import { type Played, type Project, tempProject } from "../support/project.ts";
import { castServer, chatModel, openaiAt } from "../support/served.ts";

const file = fileURLToPath(new URL("../support/faults/interviewed.ts", import.meta.url));
const study = interviewed("interviewed", true);

let server: FakeProvider;
let whole: Project;
let first: Played<unknown>;
let needed = 0;
beforeAll(async () => {
  [server, whole] = await Promise.all([castServer(), tempProject()]);
  first = await whole.play(study, onServer());
  needed = server.requests.length;
});
afterAll(() => Promise.all([server, whole].map((each) => each[Symbol.asyncDispose]())));

let project: Project;
beforeEach(async () => {
  project = await tempProject();
});
afterEach(() => project[Symbol.asyncDispose]());

const onServer = () => ({ model: chatModel, variables: openaiAt(server.url) });
const storyOf = async (of: Project, run: string, fork?: string) =>
  of.withStore((store) => Array.fromAsync(readStory(store, run, fork === undefined ? {} : { fork })));

describe("forks of the people of a running world", () => {
  it("are heard by nobody: the story is that of the same study without them, to the byte", async () => {
    expect(first.error).toBeUndefined();
    const asked = server.requests.length;
    const plain = await project.play(interviewed("quiet", false), onServer());
    const quiet = server.requests.length - asked;
    expect(needed - quiet).toBe(2 * 2 * 4);
    expect(first.story).toEqual(plain.story);
    expect(first.transcript).toBe(plain.transcript);
    expect(first.shown.some((event) => isOfFork(event))).toBe(true);
    expect(plain.shown.some((event) => isOfFork(event))).toBe(false);
  });

  it("are found in the store by their ids, each with its own story", async () => {
    const forks = await whole.withStore((store) => listForks(store, first.run));
    const ids = forks.map(({ person }) => person);
    expect(ids.toSorted()).toEqual(
      ["lisa-brannigan", "oscar-ramsaran"].flatMap((of) =>
        ["first", "first/off-the-record", "second", "second/off-the-record"].map((name) => `${of}/${name}`),
      ),
    );
    const talk = renderTranscript(transcriptOf(await storyOf(whole, first.run, "lisa-brannigan/second")));
    expect(talk).toMatch(
      /What do you make of it so far\?[\s\S]*Lisa Brannigan[\s\S]*And what would you rather not say\?/,
    );
    expect(talk).not.toContain("Off the record");
    const deeper = renderTranscript(
      transcriptOf(await storyOf(whole, first.run, "lisa-brannigan/second/off-the-record")),
    );
    expect(deeper).toContain("Off the record");
    expect(deeper).not.toContain("rather not say");
  });

  it("are made anew when the program is played again, and nobody is asked", async () => {
    const asked = server.requests.length;
    const again = await whole.play(study, onServer());
    expect(server.requests.length).toBe(asked);
    expect(again.result).toEqual(first.result);
    expect(again.story).toEqual(first.story);
    expect(again.shown.filter(({ type }) => type === "diverged")).toEqual([]);
  });

  it("are those of before where a fork of the run goes the same way, and others after it", async () => {
    const asked = server.requests.length;
    const fork = { of: first.run, at: "room/4" };
    const other = await whole.play(study, { ...onServer(), name: "dearer", fork });
    expect(server.requests.length).toBe(asked);
    expect(other.result).toEqual(first.result);
    expect(await whole.withStore((store) => listForks(store, other.run))).toHaveLength(8);
  });

  it("are gone on with after a kill in the middle of an interview, and nothing durable is asked again", async () => {
    const play = (kill?: number) => {
      const { reached, director } = untilRequest(kill ?? Number.POSITIVE_INFINITY, () => ({ afterMs: 5 }));
      server.direct(director);
      const line = project.cli(
        ["run", file, "--model", chatModel, "--json", "--concurrency", "2"],
        openaiAt(server.url),
      );
      if (kill !== undefined) void Promise.race([reached, line.ended]).then(() => line.process.kill("SIGKILL"));
      return line.ended;
    };
    for (const kill of [6, 9]) {
      const ended = await play(kill);
      expect(ended.signal).toBe("SIGKILL");
    }
    const kept = await project.withStore(async (store) => {
      const calls = await Array.fromAsync(store.listCalls(first.run));
      return new Set(calls.map(({ value }) => /[0-9a-f]{12}/.exec(JSON.stringify(value))?.[0]));
    });
    const asked = server.requests.length;
    const ended = await play();
    expect(ended.code, ended.stderr).toBe(0);
    const last = server.requests.slice(asked).map(markOf);
    expect(last.filter((mark) => kept.has(mark))).toEqual([]);
    expect(last.length).toBe(needed - kept.size);
    expect(JSON.parse(ended.stdout).result).toEqual(first.result);
    expect(await project.story(first.run)).toEqual(first.story);
    expect(ended.stderr).not.toContain("What do you make of it so far?");
  }, 60_000);
});
