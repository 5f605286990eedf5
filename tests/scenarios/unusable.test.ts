import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { defineStudy, type JournalEvent, type SimulationEvent } from "../../src/index.ts";
import { commandHere } from "../support/command-here.ts";
import { wordsOf } from "../support/fake-provider/cast.ts";
import type { FakeProvider } from "../support/fake-provider/server.ts";
import { type Project, tempProject } from "../support/project.ts";
import { castServer, chatModel, openaiAt } from "../support/served.ts";

let project: Project;
let server: FakeProvider;
beforeEach(async () => {
  [project, server] = await Promise.all([tempProject(), castServer()]);
});
afterEach(() => Promise.all([project[Symbol.asyncDispose](), server[Symbol.asyncDispose]()]));

const group = (steps: string): string => `
name: group
people: [lisa, oscar, marcos, minji]
world: { name: The room }
steps:
${steps}`;

const prose = () => ({ text: "As a friendly assistant, I would rather chat." });
const compatible = () => ({ OPENAI_COMPATIBLE_BASE_URL: `${server.url}/v1` });

/** Plays a study file through the command line, and counts what was asked. */
async function run(file: string, ...more: readonly string[]) {
  const before = server.requests.length;
  const args = ["run", file, "--model", "compatible/chatty", ...more];
  const { code, stdout, stderr } = await commandHere(project, args, compatible());
  return { code, stdout, stderr, asked: server.requests.length - before };
}

describe("a server whose every answer is of no use", () => {
  it.each([
    ["a world", group("  - broadcast: Good evening.\n  - run: 3"), 3],
    ["an interview", group("  - ask: { question: How are you? }\n  - ask: { question: And now? }"), 2],
  ])("ends the run with the reason, and all of it can be gone on with: %s", async (_what, text, steps) => {
    server.direct(prose);
    await project.write("group.yaml", text);
    const first = await run("group.yaml", "--json");
    // Each is shown once what is wrong with the answer, and nothing is asked of anybody after that.
    expect([first.code, first.asked]).toEqual([1, 8]);
    expect(JSON.parse(first.stdout)).toMatchObject({
      ok: false,
      error: {
        code: "MODEL_MALFORMED",
        message: expect.stringMatching(/^None of the 4 who were asked has a usable answer\. The first: compatible/),
        hint: expect.stringMatching(/\w/),
      },
    });
    const [record] = await project.withStore((store) => store.listRuns());
    expect(record?.status).toBe("failed");

    const again = await run("group.yaml");
    expect([again.code, again.asked]).toEqual([1, 8]);
    expect(again.stderr).toContain("--resume");

    server.direct(() => undefined);
    const well = await run("group.yaml", "--json");
    expect([well.code, well.asked], well.stderr).toEqual([0, 4 * steps]);
    expect(JSON.parse(well.stdout)).toMatchObject({ ok: true });
    expect((await run("group.yaml")).asked).toBe(0);
  });
});

describe("turns that somebody lost", () => {
  const duo = defineStudy({
    name: "duo",
    run: async (simulation) => {
      const people = await simulation.loadPeople("lisa", "oscar");
      const world = simulation.world("Table", people).makeEveryoneAccessible();
      world.broadcast("Good evening.");
      return world.run(3);
    },
  });
  const lostBy = (name: string, events: readonly (JournalEvent | SimulationEvent)[]) =>
    events.flatMap((event) => (event.type === "failed" && event.person === name ? [event.step] : []));

  it("stay lost where the story went on without them; only the last is asked again", async () => {
    server.direct((request) => (wordsOf(request).includes("You are Oscar") ? prose() : undefined));
    const options = { model: chatModel, variables: openaiAt(server.url) };
    const first = await project.play(duo, options);
    expect(first.error).toBeUndefined();
    expect(lostBy("oscar-ramsaran", first.story)).toEqual([1, 2, 3]);
    const asked = server.requests.length;

    // What Lisa said in the second step answers to a first one in which Oscar was silent.
    server.direct(() => undefined);
    const again = await project.play(duo, options);
    expect(again.error).toBeUndefined();
    expect(server.requests.length - asked).toBe(1);
    expect(lostBy("oscar-ramsaran", again.story)).toEqual([1, 2]);
    expect(again.result.steps.map(({ outcomes }) => outcomes.map((one) => "turn" in one))).toEqual([
      [true, false],
      [true, false],
      [true, true],
    ]);
  });
});
