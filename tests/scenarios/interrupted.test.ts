import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { untilRequest } from "../support/counted.ts";
import { markOf } from "../support/fake-provider/cast.ts";
import type { FakeProvider, Order } from "../support/fake-provider/server.ts";
import { exampleFile, type Project, tempProject } from "../support/project.ts";
import { castServer, chatModel, openaiAt } from "../support/served.ts";

let project: Project;
let server: FakeProvider;
beforeEach(async () => {
  [project, server] = await Promise.all([tempProject(), castServer()]);
});
afterEach(() => Promise.all([project[Symbol.asyncDispose](), server[Symbol.asyncDispose]()]));

const start = (study: string, ...flags: readonly string[]) =>
  project.cli(["run", study, "--model", chatModel, ...flags], openaiAt(server.url));

/** Sends Ctrl-C once the server has so many requests; answers that are held come when that was heard. */
async function interruptAt(
  requests: number,
  orderOf: (count: number, held: { readonly until: Promise<void> }) => Order | undefined,
  args: Parameters<typeof start>,
) {
  const { promise: until, resolve: release } = Promise.withResolvers<void>();
  const { director, reached } = untilRequest(requests, (_request, count) => orderOf(count, { until }));
  server.direct(director);
  const line = start(...args);
  await Promise.race([reached, line.ended]);
  line.process.kill("SIGINT");
  await line.said("Stopping");
  release();
  return line;
}

const runsOf = () =>
  project.withStore(async (store) => {
    const [run] = await store.listRuns();
    const calls = run === undefined ? [] : await Array.fromAsync(store.listCalls(run.id));
    return { run, answers: calls.map(({ value }) => JSON.stringify(value)) };
  });

describe("Ctrl-C", () => {
  const ads = exampleFile("02-tv-ad", "main.ts");

  it("lets the calls in flight come home, begins no other, says how to go on, and that goes on", async () => {
    const line = await interruptAt(2, (_count, held) => held, [ads, "--concurrency", "2"]);
    const ended = await line.ended;
    expect([ended.code, ended.signal]).toEqual([130, null]);
    expect(server.requests.length).toBe(2);
    const { run, answers } = await runsOf();
    expect(run?.status).toBe("stopped");
    expect(answers.length).toBe(2);
    for (const request of server.requests) expect(answers.join("\n")).toContain(markOf(request));
    expect(ended.stderr).toMatch(/stopping/i);
    expect(ended.stderr).toContain(run?.id);
    expect(ended.stderr).toMatch(/tinytroupe.* run .*main\.ts/);

    server.direct(() => undefined);
    const rest = await start(ads, "--resume", run?.id ?? "", "--json").ended;
    expect(rest.code, rest.stderr).toBe(0);
    expect(server.requests.length).toBe(16);
    const { result, ok, run: id } = JSON.parse(rest.stdout);
    expect([ok, id, result.choices.length]).toEqual([true, run?.id, 8]);
  });

  it("stops a world between its steps, and what goes on is as one that was never stopped", async () => {
    const room = exampleFile("03-brainstorming", "main.ts");
    const stopped = await (await interruptAt(6, (count, held) => (count < 3 ? undefined : held), [room])).ended;
    expect(stopped.code).toBe(130);
    expect(server.requests.length).toBe(6);
    server.direct(() => undefined);
    const rest = await start(room).ended;
    expect(rest.code).toBe(0);
    expect(rest.stderr).not.toMatch(/journal differs/);
    expect(server.requests.length).toBe(13);
    const { run } = await runsOf();
    expect(run?.status).toBe("finished");

    await using other = await tempProject();
    await other.cli(["run", room, "--model", chatModel], openaiAt(server.url)).ended;
    expect(await project.story(run?.id ?? "")).toEqual(await other.story(run?.id ?? ""));
  });

  it("twice stops at once", async () => {
    const line = await interruptAt(2, () => ({ hang: true }), [ads, "--concurrency", "2"]);
    line.process.kill("SIGINT");
    // The calls in flight never come home: that it ends at all says that it did not wait for them.
    const ended = await line.ended;
    expect([ended.code, ended.signal]).toEqual([130, null]);
    const { run, answers } = await runsOf();
    expect([run?.status, answers.length]).toEqual(["stopped", 0]);
  });

  it("ends the wait for a place and between attempts as well", async () => {
    const overloaded = { status: 503, headers: { "retry-after": "300" } };
    const line = await interruptAt(3, () => overloaded, [ads, "--concurrency", "3"]);
    const ended = await line.ended;
    expect(ended.code).toBe(130);
    expect(server.requests.length).toBe(3);
  });
});

describe("what fails", () => {
  it("is a failed run, a talk and a person in the making as well", async () => {
    server.direct(() => ({ status: 401, body: { error: { message: "Incorrect API key provided." } } }));
    const model = ["--model", chatModel];
    const commands = [
      ["run", exampleFile("02-tv-ad", "study.yaml"), ...model],
      ["chat", "lisa", ...model],
      ["persona", "new", "a tram driver in Porto", ...model],
    ];
    for (const [place, args] of commands.entries()) {
      expect((await project.cli(args, openaiAt(server.url), "Hello.\n").ended).code).toBe(1);
      const statuses = await project.withStore(async (store) => (await store.listRuns()).map(({ status }) => status));
      expect(statuses).toEqual(Array.from({ length: place + 1 }, () => "failed"));
    }
  });
});

describe("--json", () => {
  it("prints one document on standard output, and nothing else there, whatever comes of the run", async () => {
    const finished = await start(exampleFile("02-tv-ad", "study.yaml"), "--json").ended;
    expect(JSON.parse(finished.stdout)).toMatchObject({ ok: true, simulated: true, heuristic: false });
    server.direct(() => ({ status: 401, body: { error: { message: "Incorrect API key provided." } } }));
    const failed = await start(exampleFile("03-brainstorming", "study.yaml"), "--json").ended;
    expect(failed.code).toBe(1);
    expect(JSON.parse(failed.stdout)).toMatchObject({ ok: false, error: { code: "MODEL_REJECTED" } });
  });
});
