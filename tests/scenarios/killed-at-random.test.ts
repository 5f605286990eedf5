import { cp, readFile } from "node:fs/promises";
import { basename } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createRandom } from "../../src/index.ts";
import { programOf } from "../support/compiled.ts";
import { markOf } from "../support/fake-provider/cast.ts";
import type { FakeProvider, FakeRequest } from "../support/fake-provider/server.ts";
import { killed, type Moment, momentsOf, start } from "../support/faults/kills.ts";
import { callsOfMarket, playMarket } from "../support/faults/market.ts";
import { sameStory } from "../support/faults/same-story.ts";
import { type Project, tempProject } from "../support/project.ts";
import { castServer } from "../support/served.ts";

const program = programOf("killed-market");
const random = createRandom("fifty kills");
const singles = momentsOf(26, { dice: random.fork("alone"), calls: callsOfMarket });
const rows = [0, 1, 2].map((row) => momentsOf(8, { dice: random.fork(`row ${row}`), calls: callsOfMarket }));

let server: FakeProvider;
let unbroken: Project;
let whole: Awaited<ReturnType<typeof playMarket>>;
let events = 0;

beforeAll(async () => {
  [server, unbroken] = await Promise.all([castServer(), tempProject()]);
  server.direct(answered);
  const { ended } = start(unbroken, victim());
  events = Number((await ended).stdout);
  expect(server.requests.length).toBe(callsOfMarket);
  expect(new Set(server.requests.map(markOf)).size).toBe(callsOfMarket);
  whole = await playMarket({ folder: unbroken.folder, url: server.url });
  expect(server.requests.length).toBe(callsOfMarket);
});
afterAll(() => Promise.all([server, unbroken].map((each) => each[Symbol.asyncDispose]())));

/** Up to 4 ms, each question its own. */
const answered = (request: FakeRequest) => ({ afterMs: Number.parseInt(markOf(request).slice(0, 2), 16) / 64 });

const victim = () => ({ program, server, director: answered, events });
const killedIn = (project: Project, moment: Moment, before: readonly string[]) =>
  killed(project, victim(), { moment, before });

/** Goes on to the end: without asking for what was durable, and to the same end. */
async function expectWholeAfter(project: Project, durable: readonly string[]): Promise<void> {
  const asked = server.requests.length;
  const { result, run, files } = await playMarket({ folder: project.folder, url: server.url });
  const marks = server.requests.slice(asked).map(markOf);
  expect(marks.filter((mark) => durable.includes(mark))).toEqual([]);
  expect(marks.length).toBe(callsOfMarket - durable.length);
  expect({ run, result }).toEqual({ run: whole.run, result: whole.result });
  sameStory(project.store, unbroken.store, { interrupted: true });
  expect(files.map((file) => basename(file))).toEqual(whole.files.map((file) => basename(file)));
  for (const [place, file] of files.entries()) expect(await linesOf(file)).toEqual(await linesOf(whole.files[place]));
}

/** Sorted: what the square and the interview tell at the same time stands in the order in which it was told. */
const linesOf = async (file = ""): Promise<readonly string[]> => (await readFile(file, "utf8")).split("\n").sort();

describe("nothing is lost, and nothing durable is asked again, by kill -9", () => {
  it.each(singles.map((moment) => [JSON.stringify(moment), moment] as const))("%s: once", async (_, moment) => {
    await using project = await tempProject();
    await expectWholeAfter(project, await killedIn(project, moment, []));
  });

  it.each(rows.map((moments) => [JSON.stringify(moments), moments] as const))(
    "%s: again and again, of each who takes over",
    async (_, moments) => {
      await using project = await tempProject();
      let durable: readonly string[] = [];
      for (const moment of moments) {
        durable = await killedIn(project, moment, durable);
        await using copy = await tempProject();
        await cp(project.folder, copy.folder, { recursive: true });
        await expectWholeAfter(copy, durable);
      }
    },
  );
});
