import { expect, it } from "vitest";
import { defineStudy, extractEach, z } from "../../src/index.ts";
import { markOf } from "../support/fake-provider/cast.ts";
import { tempProject } from "../support/project.ts";
import { castServer, chatModel, openaiAt } from "../support/served.ts";

const names = ["lisa", "oscar", "marcos", "minji", "doreen", "raghav", "rasha", "thandeka"];

/** Eight people who all hear each other, then each is read alone. */
const crowd = defineStudy({
  name: "crowd",
  seed: 5,
  run: async (simulation) => {
    const people = await simulation.loadPeople(...names);
    const square = simulation.world("Square", people).makeEveryoneAccessible();
    square.broadcast("A stranger asks the way to the station.");
    await square.run(3);
    for (const question of ["Which way did you point?", "Are you sure?"]) {
      await Promise.all(people.map((person) => person.listenAndAct(question)));
    }
    return extractEach(people, { objective: "The way", schema: z.object({ way: z.string() }) });
  },
});

it("a simultaneous world is the same, whoever is faster: one call at a time or 64 at once", async () => {
  await using server = await castServer();
  const played = [];
  for (const [round, concurrency] of [1, 64, 64].entries()) {
    // Latencies that depend on the request and the round: each round another order of completion.
    const arrived: string[] = [];
    server.direct((request) => {
      arrived.push(markOf(request));
      const dice = Number.parseInt(markOf(request).slice(2 * round, 2 * round + 2), 16);
      return { afterMs: concurrency === 1 ? 1 : dice / 5 };
    });
    await using project = await tempProject();
    const shown = await project.play(crowd, { model: chatModel, variables: openaiAt(server.url), concurrency });
    expect(shown.error).toBeUndefined();
    const finished = shown.shown.flatMap((event) => (event.type === "call-finished" ? [event.scope] : []));
    played.push({ ...shown, arrived, finished });
  }
  expect(server.most).toBeGreaterThan(4);
  const [one, two, three] = played;
  expect(two?.finished).not.toEqual(one?.finished);
  expect(three?.finished).not.toEqual(two?.finished);
  for (const other of [two, three]) {
    expect(other?.story).toEqual(one?.story);
    expect(other?.transcript).toBe(one?.transcript);
    expect(other?.result).toEqual(one?.result);
    expect(other?.arrived.toSorted()).toEqual(one?.arrived.toSorted());
  }
});
