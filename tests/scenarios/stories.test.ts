import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { type JournalEvent, openSimulation, TinyStory } from "../../src/index.ts";
import { scriptedModel } from "../../src/testing/index.ts";
import { pngOf } from "../support/pages/png.ts";
import { says, textOf } from "../support/person.ts";

let folder = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "stories-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const poster = pngOf(2, 2, [7, 7, 7]);

/** Plays as far as `until` says, with a model that counts what it is asked. */
async function play(chapters: number) {
  const model = scriptedModel(
    (request) =>
      request.purpose === "story"
        ? { beats: [{ heading: "H", text: `Chapter of ${request.messages.length}.`, people: ["Ann"], from: [1] }] }
        : says("I see."),
    { limits: { images: true } },
  );
  const simulation = await openSimulation({ name: "stories", seed: 7, model, store: join(folder, "journal.db") });
  const room = simulation.world("Room", [
    await simulation.person({ name: "Ann" }),
    await simulation.person({ name: "Bob" }),
  ]);
  await room.show({ image: join(folder, "poster.png"), name: "Poster", description: "The poster" });
  await room.show({ document: join(folder, "offer.md"), description: "The offer" });
  await room.show({ document: join(folder, "offer.md"), description: "The same offer" });
  await room.run(1);
  const story = new TinyStory(room);
  await story.startStory();
  for (let chapter = 1; chapter < chapters; chapter++) {
    await story.continueStory({ broadcast: true });
    await room.run(1);
  }
  await simulation.end(chapters < 3 ? "stopped" : "finished");
  const events: JournalEvent[] = await Array.fromAsync(simulation.story());
  await simulation.close();
  return { asked: model.requests, beats: story.beats, markdown: story.toMarkdown(), events };
}

it("a story is told on when its run is opened again, though what was shown is no file any more", async () => {
  await writeFile(join(folder, "poster.png"), poster);
  await writeFile(join(folder, "offer.md"), "# Offer\n\nForty euros.");
  const first = await play(2);
  await rm(join(folder, "poster.png"));
  await rm(join(folder, "offer.md"));
  const same = await play(2);
  expect(same.asked).toEqual([]);
  expect(same.events).toEqual(first.events);
  expect(same.markdown).toBe(first.markdown);
  const on = await play(3);
  expect(on.asked.filter(({ purpose }) => purpose === "story")).toHaveLength(1);
  expect(on.beats.slice(0, 2)).toEqual(first.beats);
  expect(on.beats.map(({ text }) => text)).toEqual(["Chapter of 2.", "Chapter of 4.", "Chapter of 6."]);
  const prompt =
    on.asked
      .find(({ purpose }) => purpose === "act")
      ?.messages.map(textOf)
      .join("\n") ?? "";
  expect(prompt).toContain("[image/png]");
  expect(prompt.split("Forty euros.")).toHaveLength(3);
});
