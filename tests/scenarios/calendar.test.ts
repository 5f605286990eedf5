import { describe, expect, it } from "vitest";
import { defineStudy, TinyCalendar, toolUse } from "../../src/index.ts";
import { markOf, wordsOf } from "../support/fake-provider/cast.ts";
import type { FakeRequest } from "../support/fake-provider/dialect.ts";
import type { Director, FakeProvider } from "../support/fake-provider/server.ts";
import { tempProject } from "../support/project.ts";
import { castServer, chatModel, openaiAt } from "../support/served.ts";

/** Three people at one calendar: all plan at once, then answer what they are invited to. */
const office = defineStudy({
  name: "office",
  seed: 5,
  startAt: "2030-01-31T08:00",
  run: async (simulation) => {
    const calendar = new TinyCalendar();
    const faculties = [toolUse([calendar])];
    const people = await Promise.all(["lisa", "oscar", "marcos"].map((name) => simulation.person(name, { faculties })));
    const room = simulation.world("Office", people).makeEveryoneAccessible();
    room.broadcast("Please plan a meeting about the launch in the calendar.");
    const { stopped } = await room.run(4, { delta: { hours: 1 } });
    if (stopped === "budget" || stopped === "signal") throw new Error(`stopped by ${stopped}`);
    return calendar.events;
  },
});

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
    expect(first?.result).toMatchObject([
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
      "Lisa Brannigan to Oscar Ramsaran, Marcos Benítez Ovelar [SOCIAL] Lisa Brannigan invites you to “Launch” (lisa-brannigan-1), 2030-02-01 10:00–11:00.",
    );
    for (const other of others) {
      expect(other.story).toEqual(first?.story);
      expect(other.result).toEqual(first?.result);
      expect(other.transcript).toBe(first?.transcript);
    }
  }, 60_000);
});
