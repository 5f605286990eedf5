import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createView, type LiveView } from "../../../src/cli/live/view.ts";
import { createScreen } from "../../../src/cli/terminal/screen.ts";
import { createStyle } from "../../../src/cli/terminal/style.ts";
import type { SimulationEvent } from "../../../src/index.ts";
import { TinyTerminal } from "../../support/tiny-terminal.ts";

const names: Readonly<Record<string, string>> = { lisa: "Lisa", oscar: "Oscar", minji: "김민지" };
const nameOf = (person: string): string => names[person] ?? person;

interface Show {
  readonly terminal: TinyTerminal;
  readonly view: LiveView;
  tell(...events: readonly SimulationEvent[]): void;
  later(milliseconds: number): void;
}

function show(
  options: { columns?: number; rows?: number; thoughts?: boolean; colour?: boolean; isFork?: boolean } = {},
): Show {
  const terminal = new TinyTerminal(options.columns ?? 60, options.rows ?? 24);
  let time = 0;
  const view = createView({
    screen: createScreen(terminal),
    style: createStyle(options.colour ?? false),
    thoughts: options.thoughts ?? true,
    now: () => time,
    ...(options.isFork !== undefined && { isFork: options.isFork }),
  });
  return {
    terminal,
    view,
    tell: (...events) => {
      for (const event of events) view.listener(event);
    },
    later: (milliseconds) => {
      time += milliseconds;
      view.tick();
    },
  };
}

const begins = (person: string): SimulationEvent => ({ type: "call-started", scope: `person:${person}`, model: "m" });
const ends = (person: string): SimulationEvent => ({
  ...{ type: "call-finished", scope: `person:${person}`, model: "m", origin: "model", usd: 0.01 },
  usage: { input: 100, output: 20 },
});
const says = (person: string, text: string, more: { index?: number; action?: string } = {}): SimulationEvent => ({
  ...{ type: "speaking", person, name: nameOf(person), action: "TALK", index: 0, text },
  ...more,
});
const restarts = (person: string): SimulationEvent => ({ type: "speaking-restarted", person, name: nameOf(person) });
const talk = (content: string) => ({ type: "TALK", content });
const turn = (person: string, actions: readonly object[], more: object = {}): SimulationEvent =>
  ({
    ...{ id: `person:${person}#1`, type: "turn", person, name: nameOf(person), state: {}, stop: "done" },
    actions: [...actions, { type: "DONE" }],
    ...more,
  }) as SimulationEvent;

const effect = (person: string, more: object): SimulationEvent =>
  ({
    ...{ id: `person:${person}#2`, type: "effect-done", person, action: `person:${person}#1.0`, how: "run" },
    ...{ effect: "send-mail-3fa9c1e2d4b6", outcome: { text: "done" } },
    ...more,
  }) as SimulationEvent;

const inWorld = (event: object): SimulationEvent => ({ id: "world:w#9", world: "w", ...event }) as SimulationEvent;
const happening: readonly SimulationEvent[] = [
  inWorld({ type: "bid", step: 1, person: "lisa", urgency: 7, reason: "I must\nsay this \u001b[2J" }),
  inWorld({ type: "bid", step: 1, person: "oscar", urgency: 0, error: { code: "X", message: "No answer came." } }),
  inWorld({ type: "woken", step: 1, person: "lisa", by: "news" }),
  inWorld({ type: "woken", step: 1, person: "oscar", by: "time" }),
  inWorld({ type: "sent", from: "lisa", to: ["oscar"], action: "a", due: 4 }),
  inWorld({ type: "lost", from: "lisa", to: ["oscar"], action: "a" }),
  inWorld({ type: "overheard", from: "lisa", by: ["minji"], action: "a" }),
  inWorld({ type: "resolved", step: 1, person: "lisa", action: "a", outcome: "accepted", by: "rule" }),
  inWorld({ type: "resolved", step: 1, person: "lisa", action: "a", outcome: "refused", by: "rule", reason: "Shut." }),
  inWorld({ type: "time-skipped", from: "2030-01-31T09:00:00Z", to: "2030-02-02T08:30:00Z" }),
  inWorld({ type: "meanwhile", person: "lisa", from: "a", to: "b", summary: "I sold\nthree kettles." }),
  inWorld({ type: "intervention-fired", step: 1, intervention: "price", firing: 1, reason: "nobody spoke" }),
  inWorld({ type: "intervention-failed", step: 1, intervention: "price", error: { code: "X", message: "No judge." } }),
  inWorld({ type: "ended", step: 1, reason: `All agree. ${"Really. ".repeat(20)}` }),
];
const meeting = Object.entries(names).map(
  ([person, name]) =>
    ({ id: `person:${person}#0`, type: "person-created", person, name, persona: {} }) as SimulationEvent,
);

describe("view of a world of parts", () => {
  const lines = (thoughts: boolean): readonly string[] => {
    const { terminal, tell, view } = show({ thoughts });
    tell(...meeting, ...happening);
    view.end();
    const text = terminal.text().split("\n");
    return text.map((line) => line.trim()).filter((line) => line.startsWith("("));
  };
  it("tells what a reader wants to know, harmless and whole", () => {
    expect(lines(true)).toEqual([
      "(Lisa bids 7 of 9: I must say this )",
      "(Oscar bids 0 of 9: No answer came.)",
      "(Oscar wakes: it is time)",
      "(what Lisa said reaches Oscar before step 4)",
      "(what Lisa said never reaches Oscar)",
      "(overheard by 김민지)",
      "(Lisa: it did not come about, by rule: Shut.)",
      "(time goes on to 2030-02-02 08:30)",
      "(Lisa meanwhile: I sold three kettles.)",
      "(intervention price: nobody spoke)",
      "(intervention price failed: No judge.)",
      expect.stringMatching(/^\(it ends here: All agree\. Really\./),
    ]);
  });

  it("tells why something did not come about, and what somebody did meanwhile, on as many lines as it takes", () => {
    const { terminal, tell, view } = show();
    const reason = `${"the time was up after so many words, and ".repeat(3)}the rest was not heard.`;
    const resolved = { type: "resolved", step: 1, person: "lisa", action: "a", outcome: "changed", by: "time limit" };
    const summary = `${"I carried parcels to the back room, and ".repeat(3)}then it was night.`;
    tell(...meeting, inWorld({ ...resolved, reason }));
    tell(inWorld({ type: "meanwhile", person: "lisa", from: "a", to: "b", summary }));
    view.end();
    expect(terminal.text().replace(/\s+/g, " ")).toContain(`(Lisa meanwhile: ${summary})`);
    expect(terminal.text().replace(/\s+/g, " ")).toContain(`it came about otherwise, by time limit: ${reason})`);
  });

  it("keeps bids to itself where thoughts are hidden", () => {
    expect(lines(false)[0]).toBe("(Oscar wakes: it is time)");
  });
});

describe("a view of what goes another way than its journal", () => {
  const diverged = (scope: string): SimulationEvent => ({ type: "diverged", scope, ordinal: 3, what: "it differs" });
  const said = (isFork: boolean): string => {
    const { terminal, tell, view } = show({ isFork, columns: 90 });
    tell(diverged("world:room"), diverged("person:lisa"));
    view.end();
    return terminal.text();
  };
  it("warns of each scope where nothing was meant to differ", () => {
    expect(said(false).match(/From here the journal differs \((world:room|person:lisa)\): it differs/g)).toHaveLength(
      2,
    );
  });
  it("says once of a fork where it parts, and warns of nothing", () => {
    expect(said(true)).toContain("(from here the fork goes its own way, first in world:room)");
    expect(said(true)).not.toMatch(/person:lisa|journal differs/);
    const { terminal, tell, view } = show({ isFork: true, columns: 90 });
    tell({ id: "person:lisa#0", type: "person-created", person: "lisa", name: "Lisa Brannigan", persona: {} });
    tell(diverged("person:lisa"));
    view.end();
    expect(terminal.text()).toContain("first in Lisa Brannigan)");
  });
});

describe("view of a run", () => {
  it("shows what came of effects on one harmless line each", () => {
    const { terminal, tell, view } = show();
    const failed = { text: "No such\naddress \u001b[2J", failed: { code: "FAILED" } };
    tell(
      turn("lisa", [talk("I write to you all.")]),
      { ...effect("lisa", {}), type: "effect-begun", approved: true } as SimulationEvent,
      effect("lisa", {}),
      effect("lisa", { how: "simulated", outcome: { text: `It goes to ${"everybody, ".repeat(20)}` } }),
      effect("lisa", { outcome: failed }),
      effect("lisa", { how: "refused", outcome: { text: "It was not allowed.", failed: { code: "REFUSED" } } }),
      effect("lisa", { how: "unsure", outcome: { text: "Nobody knows.", failed: { code: "UNSURE" } } }),
      effect("lisa", { outcome: { text: "Written.", artefacts: [{ file: "notes/plan.md" }] } }),
    );
    view.end();
    const lines = terminal
      .text()
      .split("\n")
      .map((line) => line.trimEnd());
    expect(lines.slice(2, 9)).toEqual([
      "  (Lisa, send mail: asked, and approved of)",
      "  (Lisa, send mail: done)",
      expect.stringMatching(/^ {2}\(Lisa, send mail: simulated: It goes to everybody, .*…$/),
      "  (Lisa, send mail: failed: No such address )",
      "  (Lisa, send mail: refused: It was not allowed.)",
      "  (Lisa, send mail: may have happened: Nobody knows.)",
      "  (Lisa, send mail: done: notes/plan.md)",
    ]);
  });
  it("shows what came of a turn under it, whoever was quicker in a step", () => {
    const { terminal, tell, view } = show();
    const id = "world:room#0";
    tell(
      { id, type: "world-created", world: "room", name: "Room", people: ["lisa", "oscar"] },
      { id, type: "step-started", world: "room", step: 1 },
      begins("lisa"),
      turn("oscar", [talk("I wrote it.")]),
      effect("oscar", {}),
      turn("lisa", [talk("I am late.")]),
      { id, type: "acted", world: "room", step: 1, person: "lisa", turn: "person:lisa#1" },
      { id, type: "acted", world: "room", step: 1, person: "oscar", turn: "person:oscar#1" },
      { id, type: "step-finished", world: "room", step: 1, quiet: false },
    );
    view.end();
    expect(terminal.text()).toMatch(/I am late\.[\s\S]*I wrote it\.\s*\(Oscar, send mail: done\)/);
  });
  it("shows who says what to whom, thoughts, steps, what the experimenter says, and what went astray", () => {
    const { terminal, tell, view } = show();
    const id = "world:room#0";
    tell(
      { id, type: "world-created", world: "room", name: "Focus group", people: ["lisa", "oscar"] },
      { id, type: "person-created", person: "lisa", name: "Lisa", persona: {} },
      {
        id,
        type: "broadcast",
        world: "room",
        stimulus: { type: "CONVERSATION", content: "What would you add?" },
        to: "everyone",
      },
      { id, type: "step-started", world: "room", step: 1, of: 2, time: "2030-01-31T09:00:00.000Z" },
      turn("lisa", [
        { type: "THINK", content: "Hm." },
        { type: "TALK", content: "Notes.\nShort ones.", target: "Oscar" },
      ]),
      turn("oscar", [
        { type: "REACH_OUT", target: "Lisa", content: "May I?" },
        { type: "WRITE_DOC", args: { page: 1 } },
      ]),
      { id, type: "undelivered", world: "room", from: "lisa", target: "Bob", action: "a", reason: "unknown" },
      { id, type: "failed", world: "room", step: 1, person: "oscar", error: { code: "MODEL_REFUSED", message: "No." } },
      {
        ...{ id, type: "stimulus", person: "lisa" },
        stimulus: {
          type: "VISUAL",
          content: "An advertisement.",
          images: [{ type: "image", data: new Uint8Array(1), mediaType: "image/png", digest: "a" }],
        },
      },
      { id, type: "extracted", subject: "Focus group", objective: "Ideas", value: {} },
      { type: "warning", message: "The journal is slow." },
    );
    view.end();
    expect(terminal.text()).toMatchInlineSnapshot(`
      "
      You → everyone
        What would you add?

      ── Focus group · step 1 of 2 · 2030-01-31 09:00 ───────────
      Lisa thinks
        Hm.
      Lisa → Oscar
        Notes.
        Short ones.
      Oscar reaches out → Lisa
        May I?
      Oscar (write doc)
        page: 1
        (Lisa did not reach Bob: nobody here is called so)
      Oscar lost this turn: No.

      You → Lisa (to see)
        (a picture) An advertisement.

      Extracted from Focus group: Ideas
      The journal is slow."
    `);
  });

  it("shows above the status how far visits to systems are, for as long as they last", () => {
    const { terminal, tell } = show({ columns: 60 });
    const visiting = (visitor: string, moves: number, more: object = {}): SimulationEvent => ({
      ...{ type: "visiting", visitor, system: "shop bot", goal: "sunday", session: 1, moves, most: 8, isOver: false },
      ...more,
    });
    tell(visiting("Lisa", 0), visiting("Oscar", 2, { did: "SAY: When are you \u001b[31mopen on Sundays?" }));
    expect(terminal.text().split("\n").slice(-3)).toEqual([
      "Lisa · shop bot · sunday · move 0 of 8",
      "Oscar · shop bot · sunday · move 2 of 8: SAY: When are y…",
      expect.stringMatching(/^0 calls/),
    ]);
    tell(visiting("Oscar", 3, { isOver: true }), visiting("Lisa", 1, { did: "SAY: Hello" }));
    expect(terminal.text().split("\n").slice(-2)).toEqual([
      "Lisa · shop bot · sunday · move 1 of 8: SAY: Hello",
      expect.stringMatching(/^0 calls/),
    ]);
    expect(terminal.text()).not.toContain("Oscar");
  });
  it("keeps the status last: calls, calls in flight, tokens, money, time, waiting", () => {
    const { terminal, tell, later } = show({ columns: 90 });
    tell(begins("lisa"), begins("oscar"), ends("lisa"));
    later(61_000);
    expect(terminal.text()).toBe("1 call · 1 in flight · 120 tokens · $0.010 · 1:01");
    tell({
      type: "call-failed",
      scope: "person:oscar",
      model: "m",
      error: { code: "MODEL_UNAVAILABLE", message: "x" },
      usage: { input: 0, output: 0 },
    });
    tell({ type: "call-waiting", scope: "person:oscar", model: "m", forMs: 3000, reason: "busy" });
    expect(terminal.text()).toBe("2 calls · 1 failed · 120 tokens · $0.010 · 1:01 · waiting 3 s · busy");
    later(3000);
    tell(begins("oscar"));
    expect(terminal.text()).toBe("2 calls · 1 in flight · 1 failed · 120 tokens · $0.010 · 1:04");
    const error = { code: "MODEL_REFUSED", message: "No." } as const;
    const paid = { usage: { input: 70, output: 10 }, usd: 0.02 };
    tell({ type: "call-failed", scope: "person:oscar", model: "m", error, ...paid });
    expect(terminal.text()).toBe("3 calls · 2 failed · 200 tokens · $0.030 · 1:04");
    tell({
      type: "call-failed",
      scope: "person:oscar",
      model: "m",
      error: { code: "MODEL_TIMEOUT", message: "Late." },
    });
    expect(terminal.text()).toBe("4 calls · 3 failed · 200 tokens · $0.030 + unknown · 1:04");
  });

  it("shows words as they are produced, and the whole once", () => {
    const { terminal, tell, view } = show();
    tell(begins("lisa"), says("lisa", "Well, I "), says("lisa", "would not"));
    expect(terminal.text()).toMatchInlineSnapshot(`
      "Lisa
        Well, I would not
      0 calls · 1 in flight · 0 tokens · $0 · 0:00"
    `);
    tell(says("lisa", " trust it."), ends("lisa"), turn("lisa", [talk("Well, I would not trust it.")]));
    view.end();
    expect(terminal.text()).toBe("Lisa\n  Well, I would not trust it.");
  });

  it("shows one of several who speak at once, the others after, each whole", () => {
    const { terminal, tell, view } = show();
    tell(says("lisa", "I am "), says("oscar", "Me, I "), says("lisa", "Lisa."), says("minji", "저는"));
    expect(terminal.text()).toMatchInlineSnapshot(`
      "Lisa
        I am Lisa.
      0 calls · 0 tokens · $0 · 0:00"
    `);
    tell(turn("minji", [talk("저는 민지예요.")]), turn("lisa", [talk("I am Lisa.")]));
    expect(terminal.text()).toMatchInlineSnapshot(`
      "Lisa
        I am Lisa.
      김민지
        저는 민지예요.
      Oscar
        Me, I
      0 calls · 0 tokens · $0 · 0:00"
    `);
    tell(says("oscar", "drive."), turn("oscar", [talk("Me, I drive.")]));
    view.end();
    expect(terminal.text()).toMatchInlineSnapshot(`
      "Lisa
        I am Lisa.
      김민지
        저는 민지예요.
      Oscar
        Me, I drive."
    `);
  });

  it("takes what a broken stream showed off the screen without a trace while it can", () => {
    const { terminal, tell, view } = show();
    tell(says("lisa", "I am about to be cut"), restarts("lisa"));
    expect(terminal.text()).not.toContain("about");
    tell(says("lisa", "Here I am."), turn("lisa", [talk("Here I am.")]));
    view.end();
    expect(terminal.text()).toBe("Lisa\n  Here I am.");
  });

  it("lets one who waits start over without touching the one who speaks", () => {
    const { terminal, tell, view } = show();
    tell(says("lisa", "I go "), says("oscar", "Broken"), { type: "warning", message: "Slow." }, restarts("oscar"));
    expect(terminal.text()).toMatch(/^Lisa\n {2}I go\n0 calls/);
    tell(says("oscar", "Whole."), says("lisa", "on."), turn("lisa", [talk("I go on.")]));
    tell(turn("oscar", [talk("Whole.")]));
    view.end();
    expect(terminal.text()).toBe("Lisa\n  I go on.\nSlow.\nOscar\n  Whole.");
  });

  it("says that something is taken back when it has scrolled past already", () => {
    const { terminal, tell, view } = show({ rows: 6, columns: 30 });
    tell(says("lisa", "one two three four five six seven eight nine ten eleven twelve thirteen"), restarts("lisa"));
    tell(turn("lisa", [talk("Short.")]));
    view.end();
    expect(terminal.text()).toMatchInlineSnapshot(`
      "Lisa
        one two three four five six
        seven eight nine ten eleven
        twelve thirteen
        (taken back)
      Lisa
        Short."
    `);
  });

  it("believes the turn, not the stream, and does not say again what is said again of a turn that stands", () => {
    const { terminal, tell, view } = show();
    tell(begins("lisa"), says("lisa", "I repeat myself."), ends("lisa"));
    tell(turn("lisa", [talk("I say something new.")]), restarts("lisa"), says("lisa", "I say something new."));
    tell(turn("oscar", [], { stop: "repetition" }));
    expect(terminal.text()).toMatchInlineSnapshot(`
      "Lisa
        I say something new.
        (Oscar says nothing but what was said before)
      1 call · 120 tokens · $0.010 · 0:00"
    `);
    tell(begins("lisa"), says("lisa", "Next turn."));
    expect(terminal.text()).toContain("Next turn.");
    view.end();
  });

  it("loses no action that did not stream, and no thought that was hidden", () => {
    const { terminal, tell, view } = show({ thoughts: false });
    tell(says("lisa", "Hm, hm.", { action: "THINK" }), says("oscar", "I begin."));
    tell(says("lisa", "Aloud.", { index: 2 }));
    tell(turn("oscar", [talk("I begin.")]));
    const actions = [{ type: "THINK", content: "Hm, hm." }, { type: "REACH_OUT", content: "Hello" }, talk("Aloud.")];
    tell(turn("lisa", actions));
    view.end();
    expect(terminal.text()).toBe("Oscar\n  I begin.\nLisa reaches out\n  Hello\nLisa\n  Aloud.");
  });

  it("lets a heading wait until the sentence is over", () => {
    const { terminal, tell, view } = show();
    tell(says("lisa", "I am not "), { type: "warning", message: "Careful." });
    expect(terminal.text()).not.toContain("Careful");
    tell(turn("lisa", [talk("I am not done.")]));
    view.end();
    expect(terminal.text()).toBe("Lisa\n  I am not done.\nCareful.");
  });

  it("lets no model, persona or study reach the terminal", () => {
    const evil = "a\u001b]0;owned\u0007\u001b[2J\u202eb\r\u009b31m";
    const { terminal, tell, view } = show();
    const id = "world:room#0";
    tell(
      { id, type: "world-created", world: "room", name: evil, people: [] },
      { id, type: "person-created", person: "p", name: evil, persona: {} },
      { id, type: "step-started", world: "room", step: 1 },
      { id, type: "broadcast", world: "room", stimulus: { type: "SOCIAL", content: evil, source: evil }, to: [] },
      { type: "speaking", person: "q", name: evil, action: evil, index: 0, target: evil, text: evil },
      { id, type: "undelivered", world: "room", from: "p", target: evil, action: "a", reason: "unknown" },
      turn(
        "q",
        [
          { type: evil, content: evil, target: evil },
          { type: "X", args: { evil } },
        ],
        { name: evil },
      ),
      { id, type: "failed", world: "room", step: 1, person: "p", error: { code: "MODEL_EMPTY", message: evil } },
      { id, type: "extracted", subject: evil, objective: evil, value: {} },
      { type: "diverged", scope: evil, ordinal: 1, what: evil },
      { type: "warning", message: evil },
      { type: "call-waiting", scope: "s", model: "m", forMs: 100, reason: evil },
    );
    // The terminal of this test throws at any code but those that move up, erase and colour.
    const kept = terminal.written.replace(/\u001b\[(?:\d+A|J|\?7[lh])/g, "");
    expect(kept).not.toMatch(/[\u0000-\u0009\u000b\u000c\u000e-\u001f\u007f-\u009f\u202a-\u202e\u2066\u2067]/);
    expect(kept).not.toContain("owned");
    view.end();
  });

  it("dims thoughts and colours names where there are colours", () => {
    const { terminal, tell, view } = show({ colour: true });
    tell(turn("lisa", [{ type: "THINK", content: "Hm." }, talk("Yes.")]));
    view.end();
    expect(terminal.written).toContain("\u001b[2mHm.\u001b[22m");
    expect(terminal.written).toContain("\u001b[1m\u001b[36mLisa");
    expect(terminal.written).toContain("\n  Yes.\n");
  });
});

describe("view of a step", () => {
  const id = "world:room#0";
  const people = ["lisa", "oscar", "minji"];
  const opens: SimulationEvent = { id, type: "world-created", world: "room", name: "Room", people };
  const steps: SimulationEvent = { id, type: "step-started", world: "room", step: 1 };
  const acted = (person: string): SimulationEvent => ({
    ...{ id, type: "acted", world: "room", step: 1, person, turn: `person:${person}#1` },
  });
  const finished: SimulationEvent = { id, type: "step-finished", world: "room", step: 1, quiet: false };
  /** Who is on the screen, in order. */
  const shownIn = (text: string): readonly string[] =>
    text.split("\n").filter((line) => people.some((person) => line === nameOf(person)));
  const inOrder = people.map(nameOf);

  it("shows people in the order of their world, whoever is quicker", () => {
    const { terminal, tell, view } = show();
    tell(opens, steps, ...people.map(begins), says("oscar", "Second, and qui"));
    expect(shownIn(terminal.text())).toEqual([]);
    tell(turn("minji", [talk("Third.")]), turn("oscar", [talk("Second, and quick.")]));
    expect(shownIn(terminal.text())).toEqual([]);
    tell(says("lisa", "First, wor"));
    expect(terminal.text()).toContain("First, wor\n0 calls");
    tell(says("lisa", "d by word."), turn("lisa", [talk("First, word by word.")]));
    expect(shownIn(terminal.text())).toEqual(inOrder);
    tell(...people.map(acted), finished);
    view.end();
    expect(shownIn(terminal.text())).toEqual(inOrder);
  });

  it("shows one word by word while those before have nothing to answer", () => {
    const { terminal, tell } = show();
    tell(opens, steps, begins("oscar"), begins("minji"), says("minji", "Third"), says("oscar", "I am the fir"));
    expect(terminal.text()).toContain("I am the fir\n0 calls");
    expect(terminal.text()).not.toContain("Third");
    tell(turn("oscar", [talk("I am the first.")]));
    expect(terminal.text()).toContain("Third\n0 calls");
  });

  it("shows who acts out of that order as soon as the world takes them up, with what went astray", () => {
    const { terminal, tell } = show();
    const astray = { from: "minji", target: "Bob", action: "a", reason: "unknown" } as const;
    tell(opens, steps, begins("minji"), turn("minji", [talk("I go first.")]), acted("minji"));
    tell({ id, type: "undelivered", world: "room", ...astray }, begins("lisa"), turn("lisa", [talk("Then I.")]));
    expect(terminal.text()).toContain(
      "김민지\n  I go first.\n  (김민지 did not reach Bob: nobody here is called so)\nLisa",
    );
  });

  it("lets nobody wait for one whose turn came to nothing, and shows what is left when a step is cut short", () => {
    const error = { code: "MODEL_REFUSED", message: "No." } as const;
    const { terminal, tell, view } = show();
    tell(opens, steps, ...people.map(begins), turn("oscar", [talk("Second.")]));
    tell({ id: "person:lisa#1", type: "turn-failed", person: "lisa", error });
    expect(shownIn(terminal.text())).toEqual(["Oscar"]);
    const cut = show();
    cut.tell(opens, steps, ...people.map(begins), turn("minji", [talk("Third.")]), turn("oscar", [talk("Second.")]));
    cut.view.end();
    view.end();
    expect(shownIn(cut.terminal.text())).toEqual(["Oscar", "김민지"]);
  });

  it("follows who comes and goes, and keeps nobody waiting who acts outside of a step", () => {
    const { terminal, tell } = show();
    tell(
      { id, type: "world-created", world: "room", name: "Room", people: ["lisa", "minji"] },
      { id, type: "person-left", world: "room", person: "lisa" },
      { id, type: "person-entered", world: "room", person: "oscar" },
    );
    tell(steps, begins("minji"), begins("oscar"), turn("oscar", [talk("Second.")]), turn("lisa", [talk("Alone.")]));
    expect(shownIn(terminal.text())).toEqual(["Lisa"]);
    tell(turn("minji", [talk("First.")]));
    expect(shownIn(terminal.text())).toEqual(["Lisa", "김민지", "Oscar"]);
    tell(acted("minji"), acted("oscar"), finished, turn("oscar", [talk("Alone.")]));
    expect(shownIn(terminal.text())).toEqual(["Lisa", "김민지", "Oscar", "Oscar"]);
  });

  it("has one order, however turns from a journal and from models come", () => {
    const chances = fc.array(fc.nat({ max: 2 }), { minLength: 12, maxLength: 12 });
    const streams = fc.tuple(fc.boolean(), fc.boolean(), fc.boolean());
    fc.assert(
      fc.property(chances, fc.boolean(), streams, (order, live, streaming) => {
        const queues = people.map((person, index) => [
          ...(live && streaming[index] ? [says(person, "I sp"), says(person, "eak.")] : []),
          turn(person, [talk("I speak.")]),
        ]);
        const { terminal, tell, view } = show();
        tell(opens, steps, ...(live ? people.map(begins) : []));
        for (const index of [...order, 0, 0, 0, 1, 1, 1, 2, 2, 2]) {
          const event = queues[index]?.shift();
          if (event) tell(event);
        }
        tell(...people.map(acted), finished);
        view.end();
        const lines = terminal.text().split("\n").slice(2);
        expect(lines).toEqual(inOrder.flatMap((name) => [name, "  I speak."]));
      }),
    );
  });
});

describe("view of several who stream", () => {
  const people = ["lisa", "oscar", "minji"] as const;
  const words = fc.array(fc.constantFrom("well", "김치찌개", "新しい機能", "👍🏽", "idea,", "trust"), {
    minLength: 1,
    maxLength: 40,
  });
  const speech = fc.record({ thought: words, talk: words, piece: fc.integer({ min: 1, max: 30 }) });

  /** The events of one person's turn, in pieces. */
  function streamed(
    person: string,
    { thought, talk: said, piece }: { thought: string[]; talk: string[]; piece: number },
  ) {
    const texts = [`${nameOf(person)}: ${thought.join(" ")} ;`, `${nameOf(person)}: ${said.join(" ")} .`];
    const actions = [
      { type: "THINK", content: texts[0] ?? "" },
      { type: "TALK", content: texts[1] ?? "" },
    ];
    const events = actions.flatMap(({ type: action, content }, index) =>
      (content.match(new RegExp(`[\\s\\S]{1,${piece}}`, "gu")) ?? []).map((text) =>
        says(person, text, { index, action }),
      ),
    );
    return { actions, events: [begins(person), ...events, ends(person), turn(person, actions)] };
  }

  it("mixes no voices, loses no line and doubles none, however they interleave", () => {
    const order = fc.infiniteStream(fc.nat({ max: people.length - 1 }));
    const size = fc.record({ columns: fc.integer({ min: 30, max: 80 }), rows: fc.integer({ min: 5, max: 30 }) });
    fc.assert(
      fc.property(fc.tuple(speech, speech, speech), order, size, (speeches, chances, terminalSize) => {
        const all = people.map((person, index) => streamed(person, speeches[index] as (typeof speeches)[0]));
        const queues = all.map(({ events }) => [...events]);
        const { terminal, tell, view } = show(terminalSize);
        while (queues.some((queue) => queue.length > 0)) {
          const open = queues.filter((queue) => queue.length > 0);
          const event = open[(chances.next().value ?? 0) % open.length]?.shift();
          if (event) tell(event);
          expect(terminal.text().split("\n").at(-1)).toMatch(/^\d calls?/);
        }
        view.end();
        expect(blocksOf(terminal.text())).toEqual(blocksOf(blocks(all, terminalSize)));
      }),
      { numRuns: 50 },
    );
  });

  /** What the same turns look like without streams. */
  function blocks(
    all: readonly { events: readonly SimulationEvent[] }[],
    size: { columns: number; rows: number },
  ): string {
    const { terminal, tell, view } = show({ ...size, rows: 1000 });
    for (const { events } of all) tell(...events.slice(-1));
    view.end();
    return terminal.text();
  }

  /** The parts that begin with somebody who thinks: one for each turn, in any order. */
  const blocksOf = (text: string): string[] => text.split(/\n(?=\S+ thinks\n)/).toSorted();
});
