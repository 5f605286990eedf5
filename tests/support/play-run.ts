// A program that is killed: plays the run "r" in the store argv[2], logs each call that the model really gets to
// argv[3], and gets no answers any more after argv[4] calls.
import { appendFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import type { Message } from "../../src/kernel/contracts/model.ts";
import { withReplay } from "../../src/model/replay/replay.ts";
import { openSqliteStore } from "../../src/store/sqlite/open.ts";
import { openTake } from "./journal.ts";
import { scriptedModel } from "./scripted-model.ts";

const [path = "", log = "", answered = "1000"] = process.argv.slice(2);
const schema = z.object({ text: z.string() });
const store = await openSqliteStore(path);
const take = await openTake(store);
const layer = withReplay(take.journal.calls, { seed: "7", watch: () => {} });
const model = layer(
  scriptedModel(async ({ scope, messages }, call) => {
    appendFileSync(log, `${scope} ${messages.length}\n`);
    await sleep(call < Number(answered) ? call % 4 : 60_000);
    return { text: `answer ${messages.length}` };
  }),
);

async function person(name: string): Promise<void> {
  const journal = take.journal.fork(`person:${name}`);
  const messages: Message[] = [];
  for (let step = 1; step <= 40; step++) {
    messages.push({ role: "user", content: `question ${step}` });
    const { value } = await model.generate({
      messages: [...messages],
      schema,
      purpose: "act",
      scope: journal.scope,
    });
    messages.push({ role: "assistant", content: value.text });
    journal.record({ type: "noted", label: `${name} ${step}`, value: value.text });
  }
}

await Promise.all(["a", "b", "c", "d", "e"].map(person));
await take.finish("finished");
await store.close();
