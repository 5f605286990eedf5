import { describe, expect, it } from "vitest";
import { inReadingOrder } from "../../../src/cli/commands/replay/order.ts";
import { playBack } from "../../../src/cli/commands/replay/play-back.ts";
import { createView } from "../../../src/cli/live/view.ts";
import { createScreen } from "../../../src/cli/terminal/screen.ts";
import { createStyle } from "../../../src/cli/terminal/style.ts";
import type { JournalEvent, SimulationEvent } from "../../../src/index.ts";
import { TinyTerminal } from "../../support/tiny-terminal.ts";

const turn = (id: string, name: string, ...said: readonly object[]): JournalEvent =>
  ({
    ...{ id, type: "turn", person: name.toLowerCase(), name, state: {}, stop: "done" },
    actions: [...said, { type: "DONE" }],
  }) as JournalEvent;
const talk = (content: string) => ({ type: "TALK", content });
const at = (id: string, event: object): JournalEvent => ({ id, world: "room", ...event }) as JournalEvent;

/** Oscar was quicker, and Lisa comes first in the room; then somebody asks Lisa alone. */
const story: readonly JournalEvent[] = [
  at("w#0", { type: "world-created", name: "Room", people: ["lisa", "oscar"] }),
  at("w#1", { type: "step-started", step: 1 }),
  turn("o#1", "Oscar", talk("I disagree.")),
  {
    id: "o#2",
    type: "effect-done",
    person: "oscar",
    action: "o#1.0",
    effect: "mail-1",
    how: "run",
    outcome: { text: "sent" },
  },
  turn("l#1", "Lisa", { type: "THINK", content: "Now I speak." }, talk("Hello to\u001b[2J you all.")),
  at("w#2", { type: "acted", step: 1, person: "lisa", turn: "l#1" }),
  at("w#3", { type: "acted", step: 1, person: "oscar", turn: "o#1" }),
  at("w#4", { type: "step-finished", step: 1, quiet: false }),
  { id: "l#2", type: "stimulus", person: "lisa", stimulus: { type: "CONVERSATION", content: "And alone?" } },
  turn("l#3", "Lisa", talk("안녕하세요 여러분")),
];

async function played(options: { speed: number; thoughts?: boolean; stopAfter?: number }) {
  const terminal = new TinyTerminal(60, 24);
  const view = createView({
    ...{ screen: createScreen(terminal), style: createStyle(false), thoughts: options.thoughts ?? true, now: () => 0 },
    status: () => "a replay",
  });
  const told: SimulationEvent[] = [];
  const waits: number[] = [];
  const places: string[] = [];
  const whole = await playBack(story, {
    ...{ speed: options.speed, thoughts: options.thoughts ?? true },
    listener: (event) => {
      told.push(event);
      view.listener(event);
    },
    wait: async (milliseconds) => {
      waits.push(milliseconds);
      if (waits.length === options.stopAfter) throw new Error("stopped");
    },
    before: async (place) => void places.push(place),
  }).then(
    () => true,
    () => false,
  );
  view.end();
  const text = terminal.text();
  return { told, waits, places, text, whole, total: waits.reduce((sum, one) => sum + one, 0) };
}

describe("the order in which a story is read", () => {
  it("has each turn where the world took it up, what came of it behind it, and nothing twice", () => {
    expect(inReadingOrder(story).map(({ id }) => id)).toEqual([
      "w#0",
      "w#1",
      "l#1",
      "w#2",
      "o#1",
      "o#2",
      "w#3",
      "w#4",
      "l#2",
      "l#3",
    ]);
  });
});

describe("a replay", () => {
  it("shows at any speed what it shows at once", async () => {
    const once = await played({ speed: Number.POSITIVE_INFINITY });
    const slowly = await played({ speed: 4 });
    expect(once.waits).toEqual([]);
    expect(slowly.text).toBe(once.text);
    expect(once.text).toMatch(/Lisa thinks\s+Now I speak\.\s+Lisa\s+Hello to you all\.\s+Oscar\s+I disagree\./);
    expect(once.text).toMatch(/안녕하세요 여러분/);
  });
  it("speaks word by word, and takes a fourth of the time at four times the speed", async () => {
    const [one, four] = [await played({ speed: 1 }), await played({ speed: 4 })];
    const spoken = one.told.filter((event) => event.type === "speaking");
    expect(spoken.map(({ text }) => text).join("|")).toContain("안녕하세요 |여러분");
    for (const event of story) {
      if (event.type !== "turn") continue;
      const said = event.actions.map(({ content }) => content ?? "").join("");
      expect(spoken.map(({ text }) => text).join("")).toContain(said);
    }
    expect(one.total / four.total).toBeCloseTo(4);
  });
  it("takes no time for thoughts that are hidden", async () => {
    const hidden = await played({ speed: 1, thoughts: false });
    expect(hidden.text).not.toContain("Now I speak");
    expect(hidden.total).toBeLessThan((await played({ speed: 1 })).total);
  });
  it("asks before each step, and before a turn outside of worlds", async () => {
    expect((await played({ speed: 4 })).places).toEqual(["room/1", "Lisa"]);
  });
  it("ends within a sentence when it is stopped, and takes its last line away", async () => {
    const { whole, text } = await played({ speed: 1, stopAfter: 5 });
    expect(whole).toBe(false);
    expect(text).not.toMatch(/a replay|disagree/);
  });
});
