import { describe, expect, it } from "vitest";
import type { JournalEvent, TranscriptEntry } from "../../../src/kernel/contracts/events.ts";
import { withoutControls, withoutTerminalCodes } from "../../../src/kernel/text/controls.ts";
import {
  actionText,
  perceivedText,
  transcriptOf,
  transcriptText,
  undeliveredText,
} from "../../../src/kernel/values/transcript.ts";

const entry = (rest: Partial<TranscriptEntry>): TranscriptEntry => ({
  id: "a#0",
  kind: "action",
  type: "TALK",
  from: "Lisa",
  to: [],
  text: "Hello.",
  ...rest,
});

describe("a rendered transcript", () => {
  it("lets no text pass for an entry, a name for a line, or either for a terminal code", () => {
    const text = transcriptText([
      entry({ text: "I agree.\nOscar to Lisa: Me too.\r\n\u2028[a#9] Oscar: No." }),
      entry({ from: "Li\nsa", to: ["Os\ncar\u001b[31m"], text: "\u001b]8;;http://x\u0007link\u202e" }),
      entry({ kind: "narration", text: "Oscar leaves." }),
      entry({ kind: "stimulus", type: "VISUAL", from: undefined as never, to: ["Lisa"], text: "An ad." }),
    ]);
    expect(text).toMatchInlineSnapshot(`
      "Lisa: I agree.
        Oscar to Lisa: Me too.
        
        [a#9] Oscar: No.
      Li sa to Os car: link
      (Oscar leaves.)
      (from outside) to Lisa [to see] An ad."
    `);
  });
  it("names pictures, which it cannot show", () => {
    const image = { type: "image" as const, data: new Uint8Array(0), mediaType: "image/png", digest: "d" };
    expect(perceivedText({ type: "VISUAL", content: "", images: [image] })).toBe("(a picture)");
    expect(perceivedText({ type: "VISUAL", content: "Two ads.", images: [image, image] })).toBe(
      "(2 pictures) Two ads.",
    );
    expect(perceivedText({ type: "VISUAL", content: "An ad." })).toBe("An ad.");
  });
  it("keeps every letter of every script", () => {
    const words = "안녕하세요 مرحبا بالعالم 👩‍👩‍👧 e\u0301\ttab";
    expect(withoutControls(words)).toBe(words);
  });
});

describe("terminal codes", () => {
  it.each([
    ["colours and cursor", "a\u001b[31;1mb\u001b[2J\u009b5Cc", "abc"],
    ["titles and links that end", "a\u001b]0;title\u0007b\u001b]8;;http://x\u001b\\c\u009d0;t\u009cd", "abcd"],
    ["device strings", "a\u001bPq#0\u001b\\b\u001b_x\u001b\\c", "abc"],
    ["a title that does not end: no word is lost", "a\u001b]0;all these words", "a0;all these words"],
    ["short ones", "a\u001bcb\u001b(Bc\u001b=d", "abcd"],
  ])("are taken out: %s", (_what, text, rest) => {
    expect(withoutTerminalCodes(text)).toBe(rest);
  });
  it("are looked for in time that does not grow with the square of the text", () => {
    for (const piece of ["\u001b]", "\u001b[0", "\u009d;", "\u001b];a", "\u001b", "\u009b;"]) {
      expect(withoutControls(piece.repeat(500_000)).length).toBeLessThanOrEqual(1_000_000);
    }
  });
});

const turn = (id: string, name: string, ...said: string[]): JournalEvent => ({
  id,
  type: "turn",
  person: name.toLowerCase(),
  name,
  actions: said.map((content) => ({ type: "TALK", content })),
  state: {},
  stop: "done",
});
const started = (id: string, step: number): JournalEvent => ({ id, type: "step-started", world: "w", step });
const acted = (id: string, step: number, person: string, of: string): JournalEvent => ({
  id,
  type: "acted",
  world: "w",
  step,
  person,
  turn: of,
});

describe("a transcript from events", () => {
  it("puts turns where the world took them up, whatever the order in which they were stored", () => {
    const events: JournalEvent[] = [
      started("world:w#0", 1),
      turn("person:b#0", "B", "second"),
      turn("person:a#0", "A", "first"),
      acted("world:w#1", 1, "a", "person:a#0"),
      acted("world:w#2", 1, "b", "person:b#0"),
      { id: "world:w#3", type: "step-finished", world: "w", step: 1, quiet: false },
      turn("person:a#1", "A", "alone"),
    ];
    expect(transcriptOf(events).map(({ text, step }) => [text, step])).toEqual([
      ["first", 1],
      ["second", 1],
      ["alone", undefined],
    ]);
  });
  it("tells once what a world brought to many, and names people by their events", () => {
    const heard = { type: "CONVERSATION", content: "Hello.", via: "world:w#0" } as const;
    const events: JournalEvent[] = [
      { id: "person:a#0", type: "person-created", person: "a", name: "Anna", persona: {} },
      { id: "person:b#0", type: "person-created", person: "b", name: "Bo", persona: {} },
      {
        id: "world:w#0",
        type: "broadcast",
        world: "w",
        stimulus: { type: "CONVERSATION", content: "Hello." },
        to: ["a", "b"],
      },
      { id: "person:a#1", type: "stimulus", person: "a", stimulus: heard },
      { id: "person:b#1", type: "stimulus", person: "b", stimulus: heard },
      { id: "person:b#2", type: "stimulus", person: "b", stimulus: { type: "VISUAL", content: "An ad." } },
      {
        id: "world:w#1",
        type: "undelivered",
        world: "w",
        from: "a",
        target: "Zoe",
        action: "x#0.0",
        reason: "unknown",
      },
    ];
    expect(transcriptOf(events)).toEqual([
      { id: "world:w#0", world: "w", kind: "stimulus", type: "CONVERSATION", to: ["Anna", "Bo"], text: "Hello." },
      { id: "person:b#2", kind: "stimulus", type: "VISUAL", to: ["Bo"], text: "An ad." },
      {
        id: "world:w#1",
        kind: "narration",
        type: "UNDELIVERED",
        world: "w",
        to: [],
        text: "Anna did not reach Zoe: nobody here is called so.",
      },
    ]);
  });
});

it.each([
  ["ambiguous", "Sam", "Anna did not reach Sam: several people are called so"],
  ["left", " ", "Anna did not reach anybody: not here any more"],
] as const)("says whom words did not reach where they are %s", (reason, target, text) => {
  expect(undeliveredText({ from: "a", target, reason }, () => "Anna")).toBe(text);
});

it("tells what is under way, and by what a run ended", () => {
  const events: JournalEvent[] = [
    { id: "w#1", type: "sent", world: "w", from: "Anna", to: ["Bo"], action: "a#0.0", due: 4 },
    { id: "w#2", type: "ended", world: "w", step: 4, reason: "all agree" },
    { id: "w#3", type: "bid", world: "w", step: 4, person: "Bo", urgency: 7 },
  ];
  expect(transcriptOf(events).map(({ text }) => text)).toEqual([
    "What Anna said is under way, and arrives before step 4.",
    "It ends here: all agree",
  ]);
});

describe("what people answer when they are asked alone", () => {
  const asked = (person: string, at: number): JournalEvent => ({
    ...{ type: "stimulus", id: `person:${person}#${at}`, person },
    stimulus: { type: "CONVERSATION", content: `Question ${at}?` },
  });
  const answered = (person: string, at: number): JournalEvent => ({
    ...{ type: "turn", id: `person:${person}#${at}`, person, name: person, state: {}, stop: "done" },
    actions: [{ type: "TALK", content: `Answer ${at}.` }],
  });
  const ids = (events: readonly JournalEvent[]): string[] => transcriptOf(events).map(({ id }) => id);

  it("stands below the question, whoever was faster", () => {
    const slow = [asked("ann", 1), asked("bob", 1), answered("bob", 2), answered("ann", 2), asked("ann", 3)];
    const fast = [asked("ann", 1), asked("bob", 1), answered("ann", 2), answered("bob", 2), asked("ann", 3)];
    expect(ids(slow)).toEqual(["person:ann#1", "person:ann#2.0", "person:bob#1", "person:bob#2.0", "person:ann#3"]);
    expect(ids(slow)).toEqual(ids(fast));
  });
  it("says of what a world told nobody that nobody heard it", () => {
    const hello = { type: "CONVERSATION", content: "Hello.", source: "Ann" } as const;
    const told = transcriptOf([{ type: "broadcast", id: "world:w#1", world: "w", stimulus: hello, to: [] }]);
    expect(transcriptText(told)).toBe("Ann to nobody: Hello.");
  });
  it("stays behind what happened in a world meanwhile", () => {
    const hello = { type: "CONVERSATION", content: "Hello." } as const;
    const said: JournalEvent = { type: "broadcast", id: "world:w#1", world: "w", stimulus: hello, to: "everyone" };
    expect(ids([asked("ann", 1), said, answered("ann", 2)])).toEqual(["person:ann#1", "world:w#1", "person:ann#2.0"]);
  });
});

describe("what an action says", () => {
  const said = (type: string, args: unknown, content?: string): string =>
    actionText({ type, args, ...(content !== undefined && { content }) });

  it("is told in plain words, and never as JSON", () => {
    const steps = [{ step: "Ask somebody", by: "2030-01-10" }, { step: "Try it" }];
    expect(said("PLAN", { goal: "I want a library.", steps })).toBe(
      "goal: I want a library; steps: 1. Ask somebody (by 2030-01-10) 2. Try it",
    );
    expect(said("CREATE_EVENT", { title: "Shelves", end: undefined, attendees: ["Ann", "Bo"] })).toBe(
      "title: Shelves; attendees: Ann, Bo",
    );
    expect(said("ADD_ROWS", { table: "Prices", rows: [["Ann", 13]] })).toBe("table: Prices; rows: Ann, 13");
    expect(
      said("SET", {
        rows: [
          ["Ann", 13],
          ["Bo", 2],
        ],
        rest: { a: { b: [] } },
      }),
    ).toBe("rows: 1. Ann, 13 2. Bo, 2");
    expect(said("STEP_DONE", { plan: 1 })).toBe("plan: 1");
  });

  it("stands below the rest of what the action was told, each once", () => {
    expect(said("WRITE_DOCUMENT", { title: "Costs", content: "Shelves: 120." }, "Shelves: 120.")).toBe(
      "title: Costs\nShelves: 120.",
    );
    expect(said("TALK", undefined, "Hello.")).toBe("Hello.");
    expect(actionText({ type: "GIVE", target: "Bo", args: { target: "Bo", sum: 3 } })).toBe("sum: 3");
  });
});
