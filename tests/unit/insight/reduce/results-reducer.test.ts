import { parquetReadObjects } from "hyparquet";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openSimulation, ResultsReducer, type Simulation, writeTable } from "../../../../src/index.ts";
import { createMemoryStore, readStory, type Store } from "../../../../src/stores.ts";

let store: Store;
let simulation: Simulation;
beforeEach(async () => {
  store = createMemoryStore();
  simulation = await openSimulation({ name: "reduced", seed: 7, model: "builtin", store });
});
afterEach(() => simulation.close());

describe("a reducer", () => {
  it("A29: sees every stimulus of a block, not the first alone, and of people in their own runs", async () => {
    const lisa = await simulation.person("lisa");
    lisa.listen("First.").think("Second.").listen("Third.");
    await lisa.act();
    const reducer = new ResultsReducer().on({ kind: "stimulus" }, ({ type, text }) => ({ type, text }));
    const expected = [
      ["CONVERSATION", "First."],
      ["THOUGHT", "Second."],
      ["CONVERSATION", "Third."],
    ];
    expect(reducer.reduce(lisa).rows).toEqual(expected);
    expect((await reducer.reduceStory(simulation.story())).rows).toEqual(expected);
  });
  it("chooses by kind, type, person and direction, and gives rows in the order of what happened", async () => {
    const people = await simulation.loadPeople("lisa", "oscar");
    const room = simulation.world("Room", people).makeEveryoneAccessible();
    room.broadcast("What is bread worth?");
    await room.run(2);
    const oscar = people[1];
    const name = oscar?.name ?? "";
    const said = new ResultsReducer()
      .on({ kind: "action", type: ["TALK"], person: name, direction: "done" }, ({ from, text }) => ({ from, text }))
      .on({ kind: "narration" }, () => null);
    const table = await said.reduceStory(readStory(store, simulation.run));
    expect(table.rows.length).toBeGreaterThan(0);
    expect(table.rows).toEqual(
      room
        .transcript()
        .filter(({ from, type }) => from === name && type === "TALK")
        .map(({ from, text }) => [from, text]),
    );
    const heard = new ResultsReducer().on({ person: name, direction: "perceived" }, ({ id, kind, from }) => ({
      id,
      kind,
      from,
    }));
    const own = heard.reduce(oscar ?? []).rows;
    expect(own.length).toBeGreaterThan(1);
    expect(own.map(([, kind]) => kind)).not.toContain("action");
    expect(own.map(([, , from]) => from)).not.toContain(name);
    const all = new ResultsReducer().on({ person: name }, ({ id }) => ({ id })).reduce(oscar ?? []);
    expect(all.rows).toHaveLength((oscar?.transcript() ?? []).length);
  });
  it("reads events by their type where there is a story, several rows of one, and nothing of nothing", async () => {
    const people = await simulation.loadPeople("lisa", "oscar");
    const room = simulation.world("Room", people).makeEveryoneAccessible();
    room.broadcast("Hello!");
    await room.run(1);
    const columns = [
      { name: "step", type: "integer" },
      { name: "quiet", type: "boolean" },
    ] as const;
    const reducer = new ResultsReducer({ columns })
      .onEvent("step-finished", ({ step, quiet }) => [
        { step, quiet },
        { step: step + 10, quiet },
      ])
      .onEvent("voted", () => ({ never: 1 }));
    const table = await reducer.reduceStory(simulation.story());
    expect(table).toEqual({
      columns,
      rows: [
        [1, false],
        [11, false],
      ],
    });
    const read = await parquetReadObjects({ file: new Uint8Array(await writeTable(table, "parquet")).buffer });
    expect(read[0]).toEqual({ step: 1n, quiet: false, simulated: true });
    expect(() => reducer.reduce(room)).toThrow(expect.objectContaining({ code: "OPTION_INVALID" }));
    expect(() => new ResultsReducer().on({ direction: "done" }, () => null)).toThrow(/needs a person/);
    expect(new ResultsReducer({ columns }).reduce([])).toEqual({ columns, rows: [] });
  });
});
