import { describe, expect, it } from "vitest";
import { focusGroup } from "../../../../src/world/kinds/talk/focus-group.ts";
import { interview } from "../../../../src/world/kinds/talk/interview.ts";
import { always, done, once, type Player, type Script, talk } from "../cast.ts";
import { actingIn, heardBy, stage } from "./venue.ts";

const says = (words: string, target?: string): Script => always(talk(words, target));
const silent: Script = always(done);
/** Says the guide's line that is on their mind. */
const reads: Script = (news) => {
  const [, line] = /“(.*)”/.exec(news.at(-1)?.content ?? "") ?? [];
  return [talk(line ?? "")];
};

describe("a focus group", () => {
  it("opens, asks, lets everybody speak, and closes, in the voice of its moderator", async () => {
    const played = stage({ Ann: says("Aye."), Bob: says("Nay.") });
    const { Ann, Bob } = played.people as Record<"Ann" | "Bob", Player>;
    const guide = { opening: "Welcome.", topics: ["Tea?", "Milk?"], closing: "Thanks." };
    const rows = await focusGroup(played.venue, { people: [Ann, Bob], guide, schedule: "sequential" }).hold();
    const bob = ["Bob: Nay.", "Bob: Nay."];
    const asked = (words: string) => `The moderator: ${words}`;
    expect(heardBy(Ann)).toEqual([
      ...[asked("Welcome."), asked("Tea?"), ...bob, asked("Milk?"), ...bob, asked("Thanks.")],
    ]);
    expect(rows).toEqual(
      ["Tea?", "Milk?"].flatMap((topic) =>
        ["Ann", "Bob"].map((person) => ({ topic, person, spoke: 2, probed: false })),
      ),
    );
  });

  it("has all hear what one says to another, and knows for whom it was", async () => {
    const played = stage({ Ann: once([talk("You first.", "Bob")]), Bob: silent, Cleo: silent });
    const { Ann, Bob, Cleo } = played.people as Record<"Ann" | "Bob" | "Cleo", Player>;
    const group = focusGroup(played.venue, { people: [Ann, Bob, Cleo], guide: [{ ask: "Tea?", rounds: 1 }] });
    await group.hold();
    for (const one of [Bob, Cleo]) expect(heardBy(one)).toContain("Ann: You first.");
    const [said] = group.world.transcript().filter(({ from }) => from === "Ann");
    expect(said?.to).toEqual(["Bob"]);
  });

  it("turns to those who kept silent, by name, and to nobody else; they alone answer", async () => {
    const played = stage({ Ann: says("Aye."), Bob: once([done], [talk("Well, yes.")]), Cleo: silent });
    const people = Object.values(played.people);
    const guide = [{ ask: "Tea?", probe: "And you?", rounds: 1 }];
    const rows = await focusGroup(played.venue, { people, guide, schedule: "sequential" }).hold();
    expect(heardBy(people[0] as Player)).toContain("The moderator: Bob, Cleo: And you?");
    expect(actingIn(played)).toEqual(["ann", "bob", "cleo", "bob", "cleo"]);
    expect(rows.map(({ person, spoke, probed }) => [person, spoke, probed])).toEqual([
      ["Ann", 1, false],
      ["Bob", 1, true],
      ["Cleo", 0, true],
    ]);
  });

  it("moves on as soon as it is quiet", async () => {
    const played = stage({ Ann: once([talk("Aye.")]), Bob: once([talk("Nay.")]) });
    const people = Object.values(played.people);
    const guide = [{ ask: "Tea?", rounds: 9 }];
    await focusGroup(played.venue, { people, guide, schedule: "sequential" }).hold();
    // The first round, and one in which nobody says anything.
    expect(played.context.events.filter(({ type }) => type === "step-finished")).toHaveLength(2);
  });

  it("is led by one of the people in their own words, who takes no part in the rounds", async () => {
    const played = stage({
      Host: (news) => [talk(`Well: ${/“(.*)”/.exec(news.at(-1)?.content ?? "")?.[1]}`)],
      Ann: says("Aye."),
    });
    const { Host, Ann } = played.people as Record<"Host" | "Ann", Player>;
    const guide = { topics: [{ ask: "Tea?", rounds: 2 }], closing: "Bye.", deviations: 0 };
    const rows = await focusGroup(played.venue, { people: [Host, Ann], moderator: Host, guide }).hold();
    expect(heardBy(Ann)).toEqual(["Host: Well: Tea?", "Host: Well: Bye."]);
    expect(actingIn(played)).toEqual(["host", "ann", "host"]);
    expect(rows.map(({ person }) => person)).toEqual(["Ann"]);
  });

  it("reads the guide out where the one who leads says nothing", async () => {
    const played = stage({ Host: silent, Ann: says("Aye.") });
    const { Host, Ann } = played.people as Record<"Host" | "Ann", Player>;
    await focusGroup(played.venue, { people: [Ann], moderator: Host, guide: ["Tea?"] }).hold();
    expect(heardBy(Ann)).toEqual(["Host: Tea?"]);
  });

  it("lets the one who leads deviate so often a topic; whom they name answers", async () => {
    const host: Script = (news) =>
      /one question/.test(news.at(-1)?.content ?? "") ? [talk("Why so?", "Bob")] : reads(news, {}, 0);
    const played = stage({ Host: host, Ann: says("Aye."), Bob: says("Nay.") });
    const { Host, Ann, Bob } = played.people as Record<"Host" | "Ann" | "Bob", Player>;
    const guide = { topics: [{ ask: "Tea?", rounds: 1 }], deviations: 2 };
    await focusGroup(played.venue, { people: [Ann, Bob], moderator: Host, guide, schedule: "sequential" }).hold();
    expect(actingIn(played)).toEqual(["host", "ann", "bob", "host", "bob", "host", "bob"]);
    expect(heardBy(Ann).filter((words) => words === "Host: Why so?")).toHaveLength(2);
  });

  it("does not go on when it is cut short", async () => {
    const stopped = Object.assign(new Error("Stopped."), { name: "AbortError" });
    const played = stage({ Ann: () => stopped });
    const group = focusGroup(played.venue, { people: Object.values(played.people), guide: ["Tea?", "Milk?"] });
    await expect(group.hold()).rejects.toMatchObject({ code: "ABORTED" });
    expect(played.context.events.filter(({ type }) => type === "stage-entered")).toHaveLength(1);
  });
});

describe("an interview", () => {
  it("asks question and follow-ups one by one, and brings the answers home as they stand", async () => {
    const played = stage({ Ann: (_news, _options, turn) => (turn === 1 ? [done] : [talk(`Answer ${turn}.`)]) });
    const { Ann } = played.people as Record<"Ann", Player>;
    const guide = { topics: [{ ask: "Tea?", followUps: ["Why?"] }, "Milk?"], deviations: 3 };
    const talked = interview(played.venue, { interviewee: Ann, guide });
    expect(await talked.hold()).toEqual([
      { question: "Tea?", kind: "question", answer: "Answer 0.", event: expect.stringMatching(/^person:ann#\d+\.0$/) },
      { question: "Why?", kind: "follow-up", answer: "", event: undefined },
      { question: "Milk?", kind: "question", answer: "Answer 2.", event: expect.stringMatching(/^person:ann#\d+\.0$/) },
    ]);
    expect(talked.world.transcript().map(({ text }) => text)).toEqual([
      "Tea?",
      "Answer 0.",
      "Why?",
      "Milk?",
      "Answer 2.",
    ]);
  });

  it("goes further as long as the interviewer has something to ask, and no further than the guide says", async () => {
    const host: Script = (news) =>
      /one question/.test(news.at(-1)?.content ?? "") ? [talk("Really?")] : reads(news, {}, 0);
    const played = stage({ Host: host, Ann: says("Yes."), Cleo: silent });
    const { Host, Ann, Cleo } = played.people as Record<"Host" | "Ann" | "Cleo", Player>;
    const guide = { topics: ["Tea?"], deviations: 2 };
    const rows = await interview(played.venue, { interviewer: Host, interviewee: Ann, guide }).hold();
    expect(rows.map(({ question, kind }) => [question, kind])).toEqual([
      ["Tea?", "question"],
      ["Really?", "deviation"],
      ["Really?", "deviation"],
    ]);
    expect(Cleo.heard).toEqual([]);
  });
});
