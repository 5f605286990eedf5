import { describe, expect, it } from "vitest";
import type { Move, System } from "../../../src/kernel/contracts/systems/system.ts";
import { createLimiter } from "../../../src/model/flow/limit/limiter.ts";
import { KeptSession } from "../../../src/usability/session/kept-session.ts";
import { testContext } from "../../support/context.ts";

/** A counter behind a session; it says how often it was opened, and all that was ever done. */
function counter(place = "http://127.0.0.1:1234/") {
  const done: string[] = [];
  const state = { opened: 0, closed: 0, done };
  const system: System = {
    ...{ name: "counter", about: "a counter", place, moves: [] },
    open: async () => {
      let count = 0;
      state.opened += 1;
      return {
        first: { text: "0", picture: { data: Uint8Array.of(1, 2, 3), mediaType: "image/jpeg" } },
        do: async ({ type }: Move) => {
          done.push(type);
          count += 1;
          return { text: String(count) };
        },
        close: async () => {
          state.closed += 1;
        },
      };
    },
  };
  return { system, state };
}

const move = (type: string): Move => ({ type, args: {} });
const limiter = createLimiter({});
const context = testContext();
const session = (system: System, name = "one") => new KeptSession({ system, name, context, limiter });

describe("a session whose answers stand in the journal", () => {
  it("is served from there, pictures too, and the system is not touched", async () => {
    const live = counter();
    const first = session(live.system);
    const began = await first.first();
    expect((await first.do(move("A"))).text).toBe("1");
    await first.close();
    expect(live.state).toEqual({ opened: 1, closed: 1, done: ["A"] });

    const later = counter("http://127.0.0.1:9999/"); // another port of this machine is the same place
    const second = session(later.system);
    expect(await second.first()).toEqual(began);
    expect((await second.do(move("A"))).text).toBe("1");
    expect(later.state.opened).toBe(0);

    // What is new is done live, after all that was done before.
    expect((await second.do(move("B"))).text).toBe("2");
    expect(later.state).toMatchObject({ opened: 1, done: ["A", "B"] });
  });

  it("is another one under another name, at another place, and after other moves", async () => {
    const { system, state } = counter();
    const other = session(system, "two");
    await other.first();
    expect(state.opened).toBe(1);
    const elsewhere = counter("http://shop.example/");
    await session(elsewhere.system).first();
    expect(elsewhere.state.opened).toBe(1);
    const turned = counter();
    const parted = session(turned.system);
    await parted.first();
    await parted.do(move("C"));
    await parted.do(move("A"));
    expect(turned.state.done).toEqual(["C", "A"]);
  });
});

it("in a dry run nothing is sent, and nothing is kept", async () => {
  const { system, state } = counter();
  const rehearsing = { ...testContext(), simulating: true as const };
  const dry = new KeptSession({ system, name: "one", context: rehearsing, limiter });
  expect((await dry.first()).text).toContain("Nothing was sent");
  expect((await dry.do(move("A"))).text).toContain("Nothing was sent");
  expect(state).toEqual({ opened: 0, closed: 0, done: [] });
});
