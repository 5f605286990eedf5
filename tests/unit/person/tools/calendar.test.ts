import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ArtifactExporter } from "../../../../src/insight/export/artifact-exporter.ts";
import type { Outcome } from "../../../../src/kernel/contracts/person.ts";
import { createZone, utc } from "../../../../src/kernel/time/zone.ts";
import { createClock } from "../../../../src/kernel/values/clock.ts";
import { collisions } from "../../../../src/person/tools/calendar/events.ts";
import { freeTime } from "../../../../src/person/tools/calendar/free-time.ts";
import { day, dayOrMoment, momentOf, spanText } from "../../../../src/person/tools/calendar/moments.ts";
import { type CalendarOptions, TinyCalendar } from "../../../../src/person/tools/calendar/tiny-calendar.ts";
import { toolUse } from "../../../../src/person/tools/tiny-tool.ts";
import { testContext } from "../../../support/context.ts";
import { promptOf, testPerson } from "../../../support/person.ts";
import { scriptedModel } from "../../../support/scripted-model.ts";

type Args = Readonly<Record<string, unknown>>;

/** A calendar as it is used outside of any world: each action is settled at once unless it is held back. */
function used(options: CalendarOptions = {}, now?: string, clock = createClock()) {
  const calendar = new TinyCalendar(options);
  const context = testContext({ model: scriptedModel([]), clock });
  if (now !== undefined) context.clock.set(new Date(now));
  const kinds = new Map(calendar.actions.map((kind) => [kind.type, kind]));
  const who = (name: string) => ({ id: name.toLowerCase(), name, memory: undefined as never, life: [] });
  const settle = (name: string, type: string, args: Args) => kinds.get(type)?.effect?.settle?.(args, who(name)) ?? [];
  const run = async (name: string, type: string, args: Args): Promise<Outcome> =>
    (await kinds.get(type)?.run?.(args, who(name), context)) as Outcome;
  const act = async (name: string, type: string, args: Args) => {
    const outcome = await run(name, type, args);
    return { outcome, notices: outcome.failed === undefined ? settle(name, type, args) : [] };
  };
  return { calendar, context, run, settle, act, kinds };
}

const standup = { title: "Standup", start: "2030-01-31 09:00", end: "2030-01-31 09:30", attendees: ["Oscar", "Ana"] };

describe("a calendar", () => {
  it("B41: takes an entry, tells the person, and stands in the story", async () => {
    const calendar = new TinyCalendar();
    const script = [
      { actions: [{ type: "CREATE_EVENT", ...standup }, { type: "DONE" }] },
      { actions: [{ type: "DONE" }] },
    ];
    const { person, model, context } = testPerson(script, { faculties: [toolUse([calendar])] });
    const turn = await person.listenAndAct("Plan it.");
    expect(turn.outcomes?.[0]).toMatchObject({ how: "run" });
    expect(calendar.events).toMatchObject([
      { id: "lisa-1", title: "Standup", start: "2030-01-31T09:00:00.000Z", organizer: "Lisa" },
    ]);
    expect(context.events.filter((event) => event.type === "effect-done")).toHaveLength(1);
    await person.listenAndAct("And?");
    expect(promptOf(model.requests[1])).toContain("“Standup” is in the calendar as lisa-1: 2030-01-31 09:00–09:30");
  });
  it("invites, takes answers, moves and cancels, and tells those whom it concerns", async () => {
    const { act, calendar } = used();
    const created = await act("Lisa", "CREATE_EVENT", { ...standup, place: "Room 1" });
    expect(created.notices).toEqual([
      { to: ["Oscar", "Ana"], content: "Lisa invites you to “Standup” (lisa-1), 2030-01-31 09:00–09:30, Room 1." },
    ]);
    const yes = await act("Oscar", "ANSWER_INVITATION", { event: "lisa-1", answer: "accept" });
    expect(yes.notices).toMatchObject([{ to: ["Lisa"], content: expect.stringContaining("Oscar has accepted") }]);
    await act("Ana", "ANSWER_INVITATION", { event: "lisa-1", answer: "decline" });
    expect(calendar.events[0]?.attendees.map((one) => one.answer)).toEqual(["accepted", "declined"]);
    const move = await act("Lisa", "MOVE_EVENT", { event: "lisa-1", start: "2030-02-01 10:00" });
    expect(move.notices).toMatchObject([{ to: ["Oscar"], content: expect.stringContaining("2030-02-01 10:00–10:30") }]);
    expect(calendar.events[0]?.attendees.map((one) => one.answer)).toEqual(["invited", "invited"]);
    const off = await act("Lisa", "CANCEL_EVENT", { event: "lisa-1" });
    expect(off.notices).toMatchObject([{ to: ["Oscar", "Ana"] }]);
    expect(calendar.events).toEqual([]);
    const late = await act("Oscar", "ANSWER_INVITATION", { event: "lisa-1", answer: "accept" });
    expect(late.outcome.failed?.code).toBe("EVENT_CANCELLED");
  });
  it("says what collides, and keeps out what does", async () => {
    const { act, calendar } = used();
    await act("Lisa", "CREATE_EVENT", standup);
    const again = await act("Lisa", "CREATE_EVENT", { title: "Lunch", start: "2030-01-31T09:29:00Z" });
    expect(again.outcome.failed).toEqual({ code: "CONFLICT", issues: [{ path: "event", message: "lisa-1" }] });
    expect(again.outcome.text).toContain("“Standup” (lisa-1)");
    expect((await act("Lisa", "CREATE_EVENT", { title: "Lunch", start: "2030-01-31 09:30" })).outcome.failed).toBe(
      undefined,
    );
    const push = await act("Lisa", "MOVE_EVENT", { event: "lisa-1", start: "2030-01-31 09:15" });
    expect(push.outcome.failed?.issues?.[0]?.message).toBe("lisa-2");
    const shift = await act("Lisa", "MOVE_EVENT", { event: "lisa-1", start: "2030-01-31 08:45" });
    expect(shift.outcome.failed).toBe(undefined);
    await act("Oscar", "CREATE_EVENT", { title: "Walk", start: "2030-01-31 08:00" });
    const taken = await act("Oscar", "ANSWER_INVITATION", { event: "lisa-1", answer: "accept" });
    expect(taken.outcome.failed?.code).toBe("CONFLICT");
    expect(calendar.events.map((event) => event.id)).toEqual(["oscar-1", "lisa-1", "lisa-2"]);
  });
  it.each([
    [{ start: "2030-01-31 09:00", end: "2030-01-31 09:00" }, "TIME_ORDER"],
    [{ start: "2030-01-31 09:00", end: "2030-01-30 10:00" }, "TIME_ORDER"],
    [{ start: "2029-12-31 23:59" }, "TIME_PAST"],
    [{ start: "2030-02-30 09:00" }, "TIME_INVALID"],
  ])("refuses %o with %s", async (time, code) => {
    const { act, calendar } = used({}, "2030-01-01T00:00:00Z");
    expect((await act("Lisa", "CREATE_EVENT", { title: "Odd", ...time })).outcome.failed?.code).toBe(code);
    expect(calendar.events).toEqual([]);
  });
  it("sends what nobody can mean back within the turn", () => {
    const { kinds } = used();
    const args = kinds.get("CREATE_EVENT")?.args;
    const wrong: readonly Args[] = [
      { start: "2030-02-30 09:00" },
      { start: "NaN" },
      { start: "2030-01-31" },
      { start: "2030-01-31 24:00" },
      { start: "2030-01-31 09:00+99:00" },
      { attendees: Array.from({ length: 10_000 }, (_, at) => `Person ${at}`) },
      { title: "" },
      { title: "x".repeat(1_000_000) },
    ];
    for (const one of wrong)
      expect(args?.safeParse({ ...standup, ...one }).success, JSON.stringify(one).slice(0, 80)).toBe(false);
    expect(args?.safeParse(standup).success).toBe(true);
    expect(kinds.get("FIND_FREE_TIME")?.args.safeParse({ minutes: Number.NaN }).success).toBe(false);
  });
  it("is whose it is, and of another's events nobody else disposes", async () => {
    const { act } = used();
    await act("Lisa", "CREATE_EVENT", standup);
    for (const [type, args] of [
      ["CANCEL_EVENT", {}],
      ["MOVE_EVENT", { start: "2030-02-01 09:00" }],
    ] as const) {
      expect((await act("Oscar", type, { event: "lisa-1", ...args })).outcome.failed?.code).toBe("NOT_ORGANIZER");
    }
    expect((await act("Oscar", "CANCEL_EVENT", { event: "lisa-7" })).outcome.failed?.code).toBe("EVENT_UNKNOWN");
    expect((await act("Lisa", "ANSWER_INVITATION", { event: "lisa-1", answer: "accept" })).outcome.failed?.code).toBe(
      "OWN_EVENT",
    );
  });
  it("lists days and looks for time that all have", async () => {
    const { act, run } = used({ hours: [9, 12] }, "2030-01-30T10:00:00Z");
    await act("Lisa", "CREATE_EVENT", standup);
    await act("Oscar", "CREATE_EVENT", { title: "Walk", start: "2030-01-31 10:00" });
    const list = await run("Ana", "LIST_EVENTS", { from: "2030-01-31", to: "2030-01-31" });
    expect(list.text.split("\n")).toEqual([
      "lisa-1: 2030-01-31 09:00–09:30: “Standup”, by Lisa; Oscar (invited), Ana (invited)",
      "oscar-1: 2030-01-31 10:00–11:00: “Walk”, by Oscar",
    ]);
    expect((await run("Ana", "LIST_EVENTS", { from: "2030-02-01" })).text).toContain("nothing");
    const free = await run("Lisa", "FIND_FREE_TIME", {
      minutes: 60,
      people: ["Oscar"],
      from: "2030-01-30",
      to: "2030-01-31",
    });
    expect(free.text).toBe("Free: 2030-01-30 10:00–12:00; 2030-01-31 11:00–12:00");
    expect((await run("Lisa", "LIST_EVENTS", { from: "1000-01-01", to: "2999-12-31" })).failed?.code).toBe(
      "RANGE_INVALID",
    );
    expect((await used().run("Lisa", "LIST_EVENTS", {})).failed?.code).toBe("RANGE_INVALID");
  });
  it("has events from the beginning, and refuses impossible ones and hours", async () => {
    const { act, calendar } = used({ events: [{ ...standup, organizer: "Lisa" }] });
    expect(calendar.events[0]?.attendees).toEqual([
      { name: "Oscar", answer: "accepted" },
      { name: "Ana", answer: "accepted" },
    ]);
    expect((await act("Oscar", "CREATE_EVENT", standup)).outcome.failed?.issues?.[0]?.message).toBe("fixed.1");
    expect(() => new TinyCalendar({ events: [{ ...standup, organizer: "Lisa", end: "2030-01-31 08:00" }] })).toThrow(
      "events[0]",
    );
    expect(() => new TinyCalendar({ hours: [18, 8] })).toThrow("hours");
    expect(() => new TinyCalendar({ hours: [Number.NaN, 8] })).toThrow("hours");
  });
});

describe("turns of one step", () => {
  it("see what stood before them and what they did themselves, in any order of running", async () => {
    const orders = [
      ["Lisa", "Oscar"],
      ["Oscar", "Lisa"],
    ] as const;
    const told = await Promise.all(
      orders.map(async (order) => {
        const { run, settle, calendar } = used();
        const args = { Lisa: { ...standup }, Oscar: { ...standup, attendees: ["Lisa"], title: "Chat" } };
        const outcomes = new Map<string, Outcome>();
        for (const name of order) outcomes.set(name, await run(name, "CREATE_EVENT", args[name]));
        expect(calendar.events).toEqual([]);
        const notices = (["Lisa", "Oscar"] as const).map((name) => settle(name, "CREATE_EVENT", args[name]));
        return { outcomes: [outcomes.get("Lisa"), outcomes.get("Oscar")], notices, events: calendar.events };
      }),
    );
    expect(told[0]).toEqual(told[1]);
    expect(told[0]?.events.map((event) => event.id)).toEqual(["lisa-1", "oscar-1"]);
  });
  it("an answer to what is moved in the same step counts for nothing, whoever comes first", async () => {
    for (const first of ["Lisa", "Oscar"]) {
      const { act, run, settle, calendar } = used();
      await act("Lisa", "CREATE_EVENT", standup);
      const move = { event: "lisa-1", start: "2030-03-01 09:00" };
      const answer = { event: "lisa-1", answer: "accept" };
      await run("Lisa", "MOVE_EVENT", move);
      await run("Oscar", "ANSWER_INVITATION", answer);
      const parts = [() => settle("Lisa", "MOVE_EVENT", move), () => settle("Oscar", "ANSWER_INVITATION", answer)];
      for (const part of first === "Lisa" ? parts : parts.toReversed()) part();
      expect(calendar.events[0]).toMatchObject({
        start: "2030-03-01T09:00:00.000Z",
        attendees: [{ name: "Oscar", answer: "invited" }, { name: "Ana" }],
      });
    }
  });
});

describe("times", () => {
  it("are those of the zone in which the simulation takes place, through summer time too", async () => {
    const berlin = createZone("Europe/Berlin");
    expect(momentOf("2030-07-01 09:00", berlin)).toBe(Date.UTC(2030, 6, 1, 7));
    expect(momentOf("2030-07-01T09:00Z", berlin)).toBe(Date.UTC(2030, 6, 1, 9));
    expect(dayOrMoment("2030-03-31", berlin)).toEqual({
      from: Date.UTC(2030, 2, 30, 23),
      to: Date.UTC(2030, 2, 31, 22),
    });
    const clock = createClock(new Date("2030-03-30T08:00:00Z"), berlin);
    const { act, run, calendar } = used({}, undefined, clock);
    const { outcome, notices } = await act("Lisa", "CREATE_EVENT", {
      ...standup,
      start: "2030-03-31 09:00",
      end: "2030-03-31 10:00",
    });
    expect(outcome.text).toContain("2030-03-31 09:00–10:00");
    expect(notices[0]?.content).toContain("2030-03-31 09:00–10:00");
    expect(calendar.events[0]?.start).toBe("2030-03-31T09:00:00.000+02:00");
    const free = await run("Lisa", "FIND_FREE_TIME", { minutes: 60, from: "2030-03-30", to: "2030-03-31" });
    expect(free.text).toBe("Free: 2030-03-30 09:00–18:00; 2030-03-31 08:00–09:00; 2030-03-31 10:00–18:00");
    expect((await run("Lisa", "LIST_EVENTS", { from: "2030-03-31", to: "2030-03-31" })).text).toContain("09:00–10:00");
  });
  it("are those that there are", () => {
    expect(momentOf("2028-02-29 09:00")).toBe(Date.UTC(2028, 1, 29, 9));
    expect(momentOf("2030-02-29 09:00")).toBe(undefined);
    expect(momentOf("2030-01-31T09:00:00.000+02:00")).toBe(Date.UTC(2030, 0, 31, 7));
    expect(dayOrMoment("2030-04-31")).toBe(undefined);
    expect(dayOrMoment("2030-04-30")).toEqual({ from: Date.UTC(2030, 3, 30), to: Date.UTC(2030, 4, 1) });
    expect(spanText({ from: Date.UTC(2030, 0, 31, 23), to: Date.UTC(2030, 1, 1, 1) }, utc)).toBe(
      "2030-01-31 23:00–2030-02-01 01:00",
    );
  });
  it("read as the platform reads them, where it refuses nothing", () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date("1000-01-01"), max: new Date("2999-12-31"), noInvalidDate: true }),
        (date) => {
          const iso = date.toISOString();
          expect(momentOf(iso)).toBe(Math.floor(date.getTime() / 1_000) * 1_000);
          expect(momentOf(iso.slice(0, 16).replace("T", " "))).toBe(Math.floor(date.getTime() / 60_000) * 60_000);
        },
      ),
    );
  });
});

const quarter = 900_000;
const spans = fc.array(fc.tuple(fc.nat(300), fc.integer({ min: 1, max: 40 })), { maxLength: 12 });

describe("against an oracle that looks at each quarter of an hour", () => {
  it("free time is what nobody needs within the hours, in pieces that are long enough", () => {
    fc.assert(
      fc.property(
        spans,
        fc.nat(200),
        fc.integer({ min: 1, max: 150 }),
        fc.integer({ min: 1, max: 12 }),
        (taken, start, length, least) => {
          const busy = taken.map(([from, long]) => ({ from: from * quarter, to: (from + long) * quarter }));
          const within = { from: start * quarter, to: (start + length) * quarter };
          const isFree = (at: number): boolean => {
            const moment = at * quarter;
            const hour = Math.floor((moment % day) / 3_600_000);
            return (
              at >= start &&
              at < start + length &&
              hour >= 8 &&
              hour < 18 &&
              !busy.some((one) => moment >= one.from && moment < one.to)
            );
          };
          const wanted: { from: number; to: number }[] = [];
          for (let at = start; at < start + length; at++) {
            if (!isFree(at)) continue;
            let end = at;
            while (isFree(end)) end++;
            if (end - at >= least) wanted.push({ from: at * quarter, to: end * quarter });
            at = end;
          }
          expect(freeTime({ busy, within, least: least * quarter, hours: [8, 18], zone: utc })).toEqual(wanted);
        },
      ),
    );
  });
  it("nobody is ever at two things at once, whatever people try in whatever order", async () => {
    const names = ["Lisa", "Oscar", "Ana"];
    const step = fc.record({
      who: fc.constantFrom(...names),
      type: fc.constantFrom("CREATE_EVENT", "CREATE_EVENT", "ANSWER_INVITATION", "MOVE_EVENT", "CANCEL_EVENT"),
      event: fc
        .tuple(fc.constantFrom("lisa", "oscar", "ana"), fc.integer({ min: 1, max: 4 }))
        .map(([name, count]) => `${name}-${count}`),
      hour: fc.integer({ min: 8, max: 14 }),
      held: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
        const { run, settle, calendar } = used();
        const held: (() => unknown)[] = [];
        for (const { who, type, event, hour, held: isHeld } of steps) {
          const start = `2030-01-31 ${String(hour).padStart(2, "0")}:00`;
          const end = `2030-01-31 ${String(hour + 1).padStart(2, "0")}:30`;
          const args = { title: "Any", event, start, end, attendees: names, answer: "accept" };
          const before = calendar.events;
          const busy = collisions(new Map(before.map((one) => [one.id, one])), who, {
            from: Date.parse(`${start}Z`),
            to: Date.parse(`${end}Z`),
          });
          const outcome = await run(who, type, args);
          if (type === "CREATE_EVENT" && held.length === 0)
            expect(outcome.failed?.code).toBe(busy.length > 0 ? "CONFLICT" : undefined);
          if (outcome.failed !== undefined) continue;
          held.push(() => settle(who, type, args));
          if (!isHeld) for (const one of held.splice(0)) one();
        }
        for (const one of held) one();
        const events = calendar.events;
        for (const name of names) {
          const own = events.filter(
            (one) =>
              one.organizer === name ||
              one.attendees.some((guest) => guest.name === name && guest.answer === "accepted"),
          );
          for (const [at, one] of own.entries()) {
            for (const other of own.slice(at + 1)) expect(one.end <= other.start || other.end <= one.start).toBe(true);
          }
        }
      }),
    );
  });
});

describe("iCalendar", () => {
  const hostile = {
    title: "Plan\r\nEND:VEVENT\r\nBEGIN:VEVENT\u001b[31m; a, b\\n",
    start: "2030-01-31 09:00",
    attendees: ['O"; scar:\r\nX-EVIL:1'],
    place: "Raum 1, Erdgeschoß ".repeat(8),
    description: "x\r\nATTACH:http://evil.example/\u0000",
  };
  it("is one file in the exporter's folder, says that it is simulated, and nothing that people write breaks out", async () => {
    const folder = await mkdtemp(join(tmpdir(), "calendar-"));
    const { act, calendar } = used();
    await act("Lisa", "CREATE_EVENT", hostile);
    await act("Lisa", "CREATE_EVENT", { ...standup, start: "2030-02-01 09:00", end: "2030-02-01 09:30" });
    await act("Oscar", "ANSWER_INVITATION", { event: "lisa-2", answer: "accept" });
    await act("Lisa", "CANCEL_EVENT", { event: "lisa-2" });
    const exporter = new ArtifactExporter(folder);
    const made = await calendar.export(exporter, "../../team");
    expect(made).toMatchObject({ file: "calendars/team.ics", mediaType: "text/calendar" });
    expect(await calendar.export(exporter, "../../team")).toEqual(made);
    const text = await readFile(join(folder, made.file), "utf8");
    expect(text.replaceAll("\r\n", "")).not.toMatch(/[\r\n\u0000\u001b]/u);
    const lines = text.split("\r\n");
    for (const line of lines) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
    const whole = text.replaceAll("\r\n ", "").split("\r\n");
    expect(whole.filter((line) => line === "BEGIN:VEVENT")).toHaveLength(2);
    expect(whole.filter((line) => /^(?:ATTACH|X-EVIL)/u.test(line))).toEqual([]);
    expect(whole).toContain("DTSTART:20300131T090000Z");
    expect(whole).toContain("DTSTAMP:20300131T090000Z");
    expect(whole).toContain("X-SIMULATED:TRUE");
    expect(whole).toContain("STATUS:CANCELLED");
    expect(whole.find((line) => line.includes("MAILTO:oscar@"))).toContain("PARTSTAT=ACCEPTED");
    expect(
      whole.filter((line) => line.startsWith("DESCRIPTION:") && line.includes("Simulated: no real people took part.")),
    ).toHaveLength(2);
    await rm(folder, { recursive: true });
  });
});
