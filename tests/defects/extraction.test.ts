import { expect, it } from "vitest";
import { z } from "zod";
import { extract, extractEach } from "../../src/insight/extract.ts";
import { codeAnswers } from "../../src/insight/themes/codebook.ts";
import { findThemes } from "../../src/insight/themes/themes.ts";
import type { ModelRequest } from "../../src/kernel/contracts/model.ts";
import { transcriptText } from "../../src/kernel/values/transcript.ts";
import { display } from "../../src/notebook/display.ts";
import { createMemoryStore } from "../../src/stores.ts";
import { says, scriptedModel, testSimulation } from "../../src/testing/index.ts";
import { promptOf } from "../support/person.ts";
import { topicEmbedder } from "../support/topics.ts";

const sharp = `She said: "1 < 2 && it's <b>bold</b>", then {{left}} & 'right' [a] [/b].`;
const gist = { gist: "Tea." };
const Gist = z.object({ gist: z.string() });

/** Two people in a room, of whom each says the words once; whoever reads them finds the gist. */
async function talked(words: string) {
  const run = await testSimulation(
    scriptedModel(({ purpose }, call) =>
      purpose === "extract" ? { ...gist, drink: "tea", price: null } : says(`${words} (${call})`),
    ),
  );
  const names = ["Ann", "Bob"];
  const people = await Promise.all(names.map((name) => run.simulation.person({ name }, { repetition: false })));
  const room = run.simulation.world("Room", people).makeEveryoneAccessible();
  room.broadcast(`Tea? ${words}`);
  await room.run(1);
  const readings = () => run.model.requests.filter(({ purpose }) => purpose === "extract").map(promptOf);
  return { run, people, room, readings };
}
type Options = Omit<Parameters<typeof extract>[1], "schema" | "fields" | "hints" | "notApplicable">;

it("A5: a prompt holds what people and files say as it is, with no entity of a markup in it", async () => {
  const { run, room, readings } = await talked(sharp);
  await extract(room, { objective: `The gist of ${sharp}`, situation: sharp, schema: Gist });
  const acting = run.model.requests.map((request: ModelRequest<unknown>) => promptOf(request));
  for (const prompt of [...acting, ...readings()]) {
    expect(prompt).toContain(sharp);
    expect(prompt).not.toMatch(/&(?:amp|quot|lt|gt|#\d+);/);
  }
  await run.simulation.close();
});

it.each<[string, Options]>([
  ["an objective alone", { objective: "What they drink." }],
  ["a situation", { objective: "What they drink.", situation: "It is five o'clock in London." }],
  ["talk alone", { objective: "What they drink.", include: "talk" }],
])("A27: %s counts the same for a person, for each of several and for a world", async (_what, options) => {
  const { run, people, room, readings } = await talked("Tea, please.");
  for (const person of people) person.think("I never liked tea, but who would say so.");
  const wanted = { ...options, schema: Gist };
  expect(await extract(people[0]!, wanted)).toEqual(gist);
  expect(await extractEach(people, wanted)).toMatchObject([{ value: gist }, { value: gist }]);
  expect(await extract(room, wanted)).toEqual(gist);
  const [alone, first, , world] = readings();
  expect(first).toBe(alone);
  for (const prompt of readings()) {
    expect(prompt).toContain("The objective: What they drink.");
    expect(prompt.includes("It is five o'clock in London.")).toBe(options.situation !== undefined);
  }
  expect(alone?.includes("I never liked tea")).toBe(options.include !== "talk");
  expect(world).toContain("Tea, please.");
  await run.simulation.close();
});

it("A28: whoever reads a record reads all of it, and each thing once, however long and however many heard it", async () => {
  const long = `${"On and on it goes, as I told you. ".repeat(400)}THE END`;
  const { run, people, room, readings } = await talked(long);
  await extract(room, { objective: "The gist.", schema: Gist });
  await extract(people[0]!, { objective: "The gist.", schema: Gist });
  // In the room: the question, and what each of the two said; of Ann's own record the same three.
  expect(readings().map((prompt) => prompt.split("THE END").length - 1)).toEqual([3, 3]);
  await run.simulation.close();
});

it("B42: all that an extraction is told reaches the reader, and nothing of it is escaped", async () => {
  const { run, room, readings } = await talked("Tea.");
  const hints = { drink: `What is drunk: ${sharp}`, price: "In pounds." };
  const found = await extract(room, {
    ...{ objective: `What they drink. ${sharp}`, situation: `At five. ${sharp}`, fields: ["drink", "price"], hints },
  });
  expect(found).toEqual({ drink: "tea", price: null });
  const [request] = run.model.requests.filter(({ purpose }) => purpose === "extract");
  expect(readings()[0]).toContain(`The objective: What they drink. ${sharp}`);
  expect(readings()[0]).toContain(`The situation: At five. ${sharp}`);
  const shape = z.toJSONSchema(request!.schema) as { properties: Record<string, { description?: string }> };
  expect(shape.properties["drink"]?.description).toBe(hints.drink);
  await run.simulation.close();
});

it("B53: words keep their brackets and their lines wherever they are read, by people and by models alike", async () => {
  const words = "[laughs] Well [/x]:\n- one\n- two\n  [bold]three[/bold]";
  const { run, room, people, readings } = await talked(words);
  await extract(room, { objective: "The gist.", schema: Gist });
  const plain = transcriptText(people[0]!.transcript());
  for (const line of words.split("\n")) {
    expect(plain).toContain(line);
    expect(readings()[0]).toContain(line);
    expect(display(room)["text/plain"]).toContain(line);
  }
  expect(people[0]!.turns[0]?.actions[0]?.content).toBe(`${words} (0)`);
  for (const read of [plain, ...readings()]) expect(read).not.toContain("\u001b");
  await run.simulation.close();
});

/** 2,100 beliefs about seven things, each in words of its own, with marks of markup in them. */
const beliefs = Array.from({ length: 2_100 }, (_, at) => `belief${at % 7} & <b>"no. ${at}"</b> {{x}}`);
const namesFor = (groups: number) => ({
  themes: Array.from({ length: groups }, (_, at) => ({ group: at + 1, name: `About ${at}`, description: "It." })),
});

it("A32: of 2,100 sentences each is in exactly one theme, to the letter, and themes are those that there are", async () => {
  const embedder = topicEmbedder();
  await using run = await testSimulation([namesFor(7)], { embedder });
  const { themes, answers } = await findThemes(run.simulation.context, beliefs, { max: 12 });
  expect(themes.map(({ count }) => count)).toEqual(Array<number>(7).fill(300));
  expect(answers.map(({ answer }) => answer)).toEqual(beliefs);
  const groups = Map.groupBy(answers, ({ theme }) => theme);
  expect([...groups.keys()].sort()).toEqual(themes.map(({ id }) => id).sort());
  for (const [, members] of groups) expect(new Set(members.map(({ answer }) => answer.split(" ")[0])).size).toBe(1);
  for (const { name, examples } of themes) {
    expect(name).toMatch(/^About \d$/);
    for (const example of examples) expect(beliefs).toContain(example);
  }
  expect(run.model.requests).toHaveLength(1);
  expect(promptOf(run.model.requests[0] as ModelRequest<unknown>)).toContain('& <b>"no. ');
});

it("A32: what is known is not paid for again, neither by the same question nor by new answers", async () => {
  const store = createMemoryStore();
  const some = beliefs.slice(0, 140);
  const embedder = topicEmbedder();
  const opened = () => testSimulation([namesFor(7)], { embedder, store });
  const found = await (async () => {
    await using run = await opened();
    return await findThemes(run.simulation.context, some);
  })();
  expect(embedder.asked).toHaveLength(140);
  await using run = await opened();
  expect(await findThemes(run.simulation.context, some.toReversed())).toEqual({
    ...{ ...found, answers: found.answers.toReversed() },
  });
  const coded = await codeAnswers(run.simulation.context, found.codebook, [...some, "belief3 is new"]);
  expect(coded.slice(0, 140)).toEqual(found.answers);
  expect(coded[140]?.theme).toBe(found.answers[3]?.theme);
  expect(run.model.requests).toEqual([]);
  expect(embedder.asked.slice(140)).toEqual(["belief3 is new"]);
});
