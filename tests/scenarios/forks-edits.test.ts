import { expect, it } from "vitest";
import { defineStudy, fork, noConfiguration, type PlayOptions, playStudy } from "../../src/index.ts";
import { createMemoryStore, readStory, type Store } from "../../src/stores.ts";

const study = defineStudy({
  name: "kettles",
  seed: 7,
  run: async (simulation) => {
    const room = simulation.world("Room", await simulation.loadPeople("lisa", "oscar", "marcos"));
    room.makeEveryoneAccessible().intervene({
      ...{ name: "price", when: ({ step }) => step === 2, once: true },
      do: ({ world }) => world.broadcast("The shop asks 90 euros."),
    });
    await room.broadcast("What is a good kettle worth?").run(3);
    return room.transcript().map(({ text }) => text);
  },
});

function options(): PlayOptions & { readonly store: Store } {
  return {
    ...{ model: "builtin", store: createMemoryStore(), configuration: noConfiguration, embedder: "lexical" },
    environment: { folder: "/", home: "/", platform: "linux", variables: {} },
  };
}

async function storyOf(store: Store, run: string) {
  return Array.fromAsync(readStory(store, run));
}

it("an intervention is switched off, or does something else, by its name alone", async () => {
  const playing = options();
  const whole = await playStudy(study, playing);
  expect(whole.result).toContain("The shop asks 90 euros.");
  const off = await fork(study, { ...playing, name: "without", edit: { interventions: { price: false } } });
  expect(off.result).not.toContain("The shop asks 90 euros.");
  // The first step hears nothing of it, and is asked of nobody.
  expect(off.reused.replayed.calls).toBeGreaterThanOrEqual(3);
  const later = await fork(study, {
    ...{ ...playing, name: "later" },
    edit: { interventions: { price: { when: ({ step }) => step === 3 } } },
  });
  expect(later.result).toContain("The shop asks 90 euros.");
  const [one, other] = await Promise.all([storyOf(playing.store, whole.run), storyOf(playing.store, later.run)]);
  const fired = (story: typeof one) =>
    story.flatMap((event) => (event.type === "intervention-fired" ? [event.step] : []));
  expect([fired(one), fired(other)]).toEqual([[2], [3]]);
});

it("the rules of one person are edited, and what nobody else reads is asked of nobody else", async () => {
  const playing = options();
  await playStudy(study, playing);
  const prompt = (rules: string, name: string) => (name === "Oscar Ramsaran" ? `${rules}\nAnswer in one word.` : rules);
  const { reused, run } = await fork(study, { ...playing, name: "terse", edit: { prompt } });
  // Of the first step those two are reused who read the same as before.
  expect(reused.replayed.calls).toBeGreaterThanOrEqual(2);
  const asked = (await storyOf(playing.store, run)).filter((event) => event.type === "turn");
  expect(asked.length).toBeGreaterThan(3);
});

it.each([
  ["words of a turn in which nobody spoke", { said: [{ by: "Lisa Brannigan", at: "room/9", words: "No." }] }],
  ["words of somebody who is not there", { said: [{ by: "Zoe", at: "room/1", words: "No." }] }],
  ["an intervention that there is not", { interventions: { prise: false as const } }],
  ["rules that stay as they are", { prompt: (rules: string) => rules }],
])("what is edited and never comes is told: %s", async (_what, edit) => {
  const playing = options();
  await playStudy(study, playing);
  await expect(fork(study, { ...playing, name: "edited", edit })).rejects.toMatchObject({ code: "TARGET_UNKNOWN" });
});

it("half a name in an edit of what was said is answered by the whole names", async () => {
  const playing = options();
  await playStudy(study, playing);
  const said = [{ by: "Lisa", at: "room/1", words: "No." }];
  await expect(fork(study, { ...playing, name: "edited", edit: { said } })).rejects.toMatchObject({
    code: "TARGET_UNKNOWN",
    hint: expect.stringContaining("Use a whole name: Lisa Brannigan"),
  });
});

it("a misspelt part of an edit is refused", async () => {
  const playing = options();
  await playStudy(study, playing);
  const edit = { interventions: { price: { whenn: () => true } as never } };
  await expect(fork(study, { ...playing, name: "edited", edit })).rejects.toMatchObject({ code: "OPTION_INVALID" });
});
