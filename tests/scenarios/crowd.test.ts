import { availableParallelism } from "node:os";
import { join } from "node:path";
import type { Worker } from "node:worker_threads";
import { afterEach, beforeEach, expect, it } from "vitest";
import { openSimulation, SocialFeed } from "../../src/index.ts";
import { sameStory } from "../support/faults/same-story.ts";
import { tempProject } from "../support/project.ts";

/** What came from a thread that rehearses. */
let rehearsed = 0;
const watch = (worker: Worker): void => {
  worker.on("message", (told: unknown) => {
    if (Array.isArray(told)) rehearsed += told.length;
  });
};

beforeEach(() => void process.on("worker", watch));
afterEach(() => void process.off("worker", watch));

const hobbies = ["chess", "sailing", "baking", "old trams", "orchids"];

/** 250 people write, like and pass on what they read, and make notes of it, until that was enough. */
async function played(enough: (steps: number) => boolean, peopleMegabytes?: number) {
  rehearsed = 0;
  const project = await tempProject();
  const store = join(project.folder, "troupe.db");
  const more = peopleMegabytes === undefined ? {} : { peopleMegabytes };
  await using simulation = await openSimulation({
    ...{ name: "crowd", model: "builtin", store, environment: project.environment(), ...more },
  });
  const feed = new SocialFeed();
  for (let number = 1; number <= 250; number++) {
    const interests = [hobbies[number % hobbies.length], hobbies[(number * 3) % 4]];
    await simulation.person(
      { name: `Person ${number}`, age: 20 + (number % 60), preferences: { interests } },
      { faculties: [feed] },
    );
  }
  const world = simulation.world("Feed", simulation.people, feed.parts);
  world.broadcast("Would you pay for a tram that runs at night?");
  let steps = 0;
  while (!enough(steps)) {
    await world.run(1);
    steps += 1;
  }
  return { file: store, rehearsed, steps, [Symbol.asyncDispose]: () => project[Symbol.asyncDispose]() };
}

it("a crowd that has room is rehearsed in a thread of its own, and its story is the same", async () => {
  // Where one thing is done at a time there is none. How long one takes to begin depends on the machine: the crowd plays
  // on until it did its part, notes and all.
  const least = availableParallelism() > 1 ? 500 : 0;
  await using beside = await played((steps) => rehearsed >= least && steps >= 10, 1_024);
  expect(beside.rehearsed > 0).toBe(least > 0);
  await using alone = await played((steps) => steps === beside.steps);
  expect(alone.rehearsed).toBe(0);
  sameStory(beside.file, alone.file);
}, 120_000);
