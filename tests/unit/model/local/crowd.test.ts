import { expect, it } from "vitest";
import { z } from "zod";
import type { Message, Model } from "../../../../src/kernel/contracts/model.ts";
import { openLocalModel } from "../../../../src/model/local/open-local-model.ts";
import { tinyGguf } from "../../../support/tiny-gguf.ts";

const names = ["Ana", "Bea", "Cleo", "Dora", "Edda", "Fritz", "Goran", "Hana"];
/** Of a letter each, and many: few rows alone are computed another way than many together, and it shows in some only. */
const options = [..."abcdefghijklmnopqrstuvwxyz"];
const say = z.object({ content: z.string().max(60), again: z.boolean() });

const messagesOf = (index: number): Message[] => [
  {
    role: "system",
    content: `You are ${names[index]}. ${"You like long walks and short meetings. ".repeat(3 + index)}`,
  },
  { role: "user", content: "Would you buy it?" },
];

const open = (): Promise<Model> =>
  openLocalModel(tinyGguf({ width: 256, hidden: 512 }), {
    cacheFolder: "/nowhere",
    gpu: false,
    threads: 1,
    contextTokens: 512,
    sequences: names.length,
  });

/** What each of them answers, to the last bit of its likelihoods, in the order of the names. */
async function answers(together: boolean): Promise<readonly unknown[]> {
  const model = await open();
  const ask = async (index: number): Promise<unknown> => {
    const [messages, scope] = [messagesOf(index), `person:${names[index]}`];
    const chosen = await model.choose?.({ messages, options, scope });
    const said = await model.generate({ messages, schema: say, purpose: "act", scope, seed: index, temperature: 1.5 });
    return [chosen?.probabilities, said.value];
  };
  try {
    if (together) return await Promise.all(names.map((_, index) => ask(index)));
    const found: unknown[] = [];
    for (const index of names.keys()) found.push(await ask(index));
    return found;
  } finally {
    await model.close?.();
  }
}

it("answers in a crowd as it does alone, to the last bit: rows of others that are evaluated with one's own would change it", async () => {
  expect(await answers(true)).toEqual(await answers(false));
});

it("answers the same, to the last bit, whether it wrote the conversation so far or reads it for the first time", async () => {
  const [writer, reader] = await Promise.all([open(), open()]);
  const prose = z.object({ content: z.string().max(200) });
  let messages = messagesOf(5);
  for (let turn = 0; turn < 4; turn++) {
    const { value } = await writer.generate({
      messages,
      schema: prose,
      purpose: "act",
      scope: "person:Fritz",
      seed: turn,
    });
    messages = [...messages, { role: "assistant", content: value.content }, { role: "user", content: `Why ${turn}?` }];
    const chosen = await writer.choose?.({ messages, options, scope: "person:Fritz" });
    expect(chosen?.usage.cachedInput).toBeGreaterThan(0);
    // The reader knows nothing of it: each turn comes to it under another name, after somebody else's.
    await reader.choose?.({ messages: messagesOf(turn), options, scope: `other ${turn}` });
    const read = await reader.choose?.({ messages, options, scope: `reader ${turn}` });
    expect(read?.probabilities).toEqual(chosen?.probabilities);
  }
  await Promise.all([writer.close?.(), reader.close?.()]);
});
