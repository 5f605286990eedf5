import { expect, it } from "vitest";
import { extract } from "../../../src/insight/extract.ts";
import type { Model, ModelRequest } from "../../../src/kernel/contracts/model.ts";
import { transcriptText } from "../../../src/kernel/values/transcript.ts";
import { createBuiltin } from "../../../src/model/builtin/builtin.ts";
import { TinyPerson } from "../../../src/person/tiny-person.ts";
import { packagedPersona } from "../../../src/persona/files.ts";
import { testContext } from "../../support/context.ts";
import { promptOf, textOf } from "../../support/person.ts";

const questions = [
  "안녕하세요. 하루 일과가 어떻게 되세요?",
  "요즘 가장 큰 걱정은 무엇인가요?",
  "What do you think about subscriptions?",
  "그럼 병원에서 무엇을 먼저 바꾸고 싶으세요?",
];
const latinWords = /[A-Za-z]+(?:\s+[A-Za-z]+)+/u;

function listening(model: Model): Model & { readonly requests: ModelRequest<unknown>[] } {
  const requests: ModelRequest<unknown>[] = [];
  return {
    ...model,
    requests,
    generate: (request) => {
      requests.push(request as ModelRequest<unknown>);
      return model.generate(request);
    },
  };
}

it("an interview in Korean is Korean from the question to what is extracted, whatever language somebody asks in", async () => {
  const model = listening(createBuiltin());
  const context = testContext({ model });
  const minji = new TinyPerson(await packagedPersona("minji"), context.fork("person:곽민지"));
  for (const question of questions) {
    const { actions } = await minji.listenAndAct(question, "면접관");
    const words = actions.flatMap((action) => action.content ?? []);
    expect(words.length).toBeGreaterThan(0);
    for (const text of words) {
      expect(text).toMatch(/\p{Script=Hangul}/u);
      expect(text).not.toMatch(latinWords);
    }
  }
  const prompt = promptOf(model.requests.at(-1));
  expect(prompt).not.toMatch(/\\u[0-9a-f]{4}/iu);
  expect(prompt).toContain(`<conversation from="면접관">${questions[0]}</conversation>`);
  expect(textOf(model.requests.at(-1)?.messages.at(-1))).toContain("Go on as 곽민지, in Korean:");
  expect(transcriptText(minji.transcript())).toContain(`면접관 to 곽민지: ${questions[0]}\n곽민지 thinks: `);
  const answer = await extract(minji, {
    objective: "구독에 대해 어떻게 생각하는가",
    fields: ["구독"],
    hints: { 구독: "subscriptions에 대한 생각" },
  });
  expect(answer.구독).toMatch(/\p{Script=Hangul}/u);
});
