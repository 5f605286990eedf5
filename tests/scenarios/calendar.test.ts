import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { type CalendarEvent, defineStudy, type Study, TinySpreadsheet, toolUse } from "../../src/index.ts";
import { untilRequest } from "../support/counted.ts";
import { markOf, wordsOf } from "../support/fake-provider/cast.ts";
import type { FakeRequest } from "../support/fake-provider/dialect.ts";
import type { Director, FakeProvider } from "../support/fake-provider/server.ts";
import { study, tempProject } from "../support/project.ts";
import { castServer, chatModel, openaiAt } from "../support/served.ts";

const file = fileURLToPath(new URL("../support/faults/office.ts", import.meta.url));
const office = (await study(file)) as Study<{ readonly stopped: string; readonly events: readonly CalendarEvent[] }>;

const names = ["Lisa Brannigan", "Oscar Ramsaran", "Marcos Benítez Ovelar"] as const;
const nothing = { goals: null, context: null, attention: null, emotions: null };
const blank = { start: null, end: null, place: null, attendees: null, description: null };

/** Everybody plans the same hour first, one of the others plans it twice; then each accepts what they can, and Lisa moves hers. */
const planning: Director = (request) => {
  const schema = request.schema as { properties?: { actions?: unknown } } | undefined;
  if (schema?.properties?.actions === undefined) return undefined;
  const actions = [...whatToDo(request), { type: "DONE" }];
  return { text: JSON.stringify({ state: nothing, actions }) };
};

function whatToDo(request: FakeRequest): object[] {
  const words = wordsOf(request);
  const self = names.find((name) => words.includes(`Go on as ${name}`)) ?? names[0];
  const others = names.filter((name) => name !== self);
  const invited = [...words.matchAll(/invites you to “[^”]*” \(([^)]+)\)/gu)].map((match) => match[1]);
  const moved = [...words.matchAll(/has moved “[^”]*” \(([^)]+)\)/gu)].map((match) => match[1]);
  const start = `2030-02-0${1 + names.indexOf(self)} 10:00`;
  const event = (title: string) => ({ type: "CREATE_EVENT", ...blank, title, start, attendees: others });
  if (moved.length > 0) return [{ type: "ANSWER_INVITATION", event: moved[0], answer: "accept" }];
  if (invited.length === 0) return [event("Launch"), event("Launch, once more")];
  const answers = invited.map((id) => ({ type: "ANSWER_INVITATION", event: id, answer: "accept" }));
  const move = { type: "MOVE_EVENT", event: "lisa-brannigan-1", start: "2030-02-09 10:00", end: null };
  return self === names[0] && !words.includes("is moved to") ? [...answers, move] : answers;
}

/** Latencies that depend on the request and the round: each round another order of completion. */
const slowly =
  (round: number): Director =>
  (request, count) => ({
    ...planning(request, count),
    afterMs: Number.parseInt(markOf(request).slice(2 * round, 2 * round + 2), 16) / 5,
  });

const playOn = (server: FakeProvider, project: Awaited<ReturnType<typeof tempProject>>, more = {}) =>
  project.play(office, { model: chatModel, variables: openaiAt(server.url), ...more });

describe("three people at one calendar", () => {
  it("plan, invite and answer; what collides is told; the same whoever is faster", async () => {
    await using server = await castServer();
    const played = [];
    for (const round of [0, 1, 2]) {
      server.direct(slowly(round));
      await using project = await tempProject();
      played.push(await playOn(server, project, { concurrency: round === 0 ? 1 : 16 }));
    }
    const [first, ...others] = played;
    expect(first?.error).toBeUndefined();
    expect(first?.result.events).toMatchObject([
      { id: "oscar-ramsaran-1", organizer: names[1], attendees: [{ answer: "accepted" }, { answer: "accepted" }] },
      {
        id: "marcos-benítez-ovelar-1",
        organizer: names[2],
        attendees: [{ answer: "accepted" }, { answer: "accepted" }],
      },
      {
        id: "lisa-brannigan-1",
        start: "2030-02-09T10:00:00.000Z",
        attendees: [{ answer: "accepted" }, { answer: "accepted" }],
      },
    ]);
    const collided = first?.story.flatMap((event) =>
      event.type === "effect-done" && event.outcome.failed ? [event.outcome.failed] : [],
    );
    expect(collided?.slice(0, 3)).toEqual(
      ["lisa-brannigan-1", "marcos-benítez-ovelar-1", "oscar-ramsaran-1"].map((message) => ({
        code: "CONFLICT",
        issues: [{ path: "event", message }],
      })),
    );
    expect(first?.transcript).toContain(
      "Lisa Brannigan to Oscar Ramsaran, Marcos Benítez Ovelar [a meeting] Lisa Brannigan invites you to “Launch” (lisa-brannigan-1), 2030-02-01 10:00–11:00.",
    );
    for (const other of others) {
      expect(other.story).toEqual(first?.story);
      expect(other.result).toEqual(first?.result);
      expect(other.transcript).toBe(first?.transcript);
    }
  }, 60_000);

  it("is the same when it is stopped by its budget again and again, and nothing is planned twice", async () => {
    await using server = await castServer();
    server.direct(planning);
    await using straight = await tempProject();
    const whole = await playOn(server, straight);
    const calls = server.requests.length;
    expect(calls).toBeGreaterThan(8);
    await using project = await tempProject();
    const stops: unknown[] = [];
    for (let limit = 1; limit < calls; limit += 2) {
      const stopped = await playOn(server, project, { budget: { calls: limit } });
      stops.push((stopped.error as { code?: string } | undefined)?.code);
    }
    expect(new Set(stops)).toEqual(new Set(["BUDGET_EXCEEDED"]));
    const last = await playOn(server, project, { budget: { calls } });
    expect(last.result).toEqual(whole.result);
    expect(last.story).toEqual(whole.story);
    expect(last.transcript).toBe(whole.transcript);
    expect(server.requests.length).toBe(2 * calls);
  }, 60_000);
  it("is the same when its process is killed at several points", async () => {
    await using server = await castServer();
    server.direct(planning);
    await using straight = await tempProject();
    const whole = await playOn(server, straight);
    const calls = server.requests.length;
    await using project = await tempProject();
    const start = () => project.cli(["run", file, "--model", chatModel, "--json"], openaiAt(server.url));
    for (const more of [2, 3, 4]) {
      // What is asked after that is never answered.
      let count = 0;
      const { director, reached } = untilRequest(more, (request, place) => {
        count += 1;
        return { ...planning(request, place), ...(count >= more && { until: new Promise<void>(() => {}) }) };
      });
      server.direct(director);
      const line = start();
      await reached;
      line.process.kill("SIGKILL");
      expect((await line.ended).signal).toBe("SIGKILL");
    }
    server.direct(planning);
    const ended = await start().ended;
    expect(ended.code, ended.stderr).toBe(0);
    const { result, run } = JSON.parse(ended.stdout);
    expect(result).toEqual(JSON.parse(JSON.stringify(whole.result)));
    expect(await project.story(run)).toEqual(whole.story);
    expect(server.requests.length).toBeGreaterThan(2 * calls);
  }, 60_000);
});

describe("builtin", () => {
  it("plans at plausible moments, answers what comes, and does not spam", async () => {
    await using project = await tempProject();
    const { result, story, error } = await project.play(office, { model: "builtin" });
    expect(error).toBeUndefined();
    const actions = story.flatMap((event) => (event.type === "turn" ? event.actions : []));
    const count = (type: string): number => actions.filter((action) => action.type === type).length;
    expect(count("CREATE_EVENT")).toBeGreaterThan(0);
    expect(count("CREATE_EVENT")).toBeLessThanOrEqual(4);
    expect(count("ANSWER_INVITATION")).toBeGreaterThan(0);
    expect(result.events.length).toBeGreaterThan(0);
    for (const event of result.events) {
      expect(names).toContain(event.organizer);
      expect([0, 6]).not.toContain(new Date(event.start).getUTCDay());
    }
    const again = await project.play(office, { model: "builtin" });
    expect([again.result, again.story]).toEqual([result, story]);
  }, 60_000);
  it("makes a table when one is spoken of, and adds to it once each", async () => {
    await using project = await tempProject();
    const sheets = new TinySpreadsheet();
    const pricing = defineStudy({
      name: "pricing",
      run: async (simulation) => {
        for (const name of ["lisa", "oscar"]) {
          const person = await simulation.person(name, { faculties: [toolUse([sheets])] });
          await person.listenAndAct("Please add what you would pay for a kettle to the table of prices.");
          await person.listenAndAct("Is the table complete? Have a look.");
          await person.listenAndAct("And how is the weather?");
        }
        return sheets.tables.map(({ columns, rows }) => [columns.length, rows.map((row) => row.cells[0])]);
      },
    });
    const { result, error } = await project.play(pricing, { model: "builtin" });
    expect(error).toBeUndefined();
    expect(result).toEqual([[2, [names[0], names[1]]]]);
  }, 60_000);
});
