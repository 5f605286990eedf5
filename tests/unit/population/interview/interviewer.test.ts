import { mkdtemp, readFile, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { expect, it } from "vitest";
import { schemaFiles } from "../../../../scripts/generate-schemas.ts";
import { openInterviewFile } from "../../../../src/population/interview/file.ts";
import { loadInterviewGuide, wholeInterviewGuide } from "../../../../src/population/interview/guide.ts";
import { Interviewer, type InterviewTurn } from "../../../../src/population/interview/interviewer.ts";
import { lifeStoryGuide } from "../../../../src/population/interview/life-story.ts";
import { readTranscript, transcriptHead, transcriptTurn } from "../../../../src/population/interview/transcript.ts";
import { testContext } from "../../../support/context.ts";
import { scriptedModel } from "../../../support/scripted-model.ts";

const guide = {
  name: "two",
  followUps: 2,
  sections: [
    { title: "Home", minutes: 10, questions: ["Where is home?", "Who is there?"] },
    { title: "Work", minutes: 10, questions: ["What is your work?"] },
  ],
};
const follow = (question: string) => ({ notes: "known", step: "followUp", question, because: "open" });
const next = { notes: "known", step: "next", question: "", because: "complete" };

async function held(
  values: readonly unknown[],
  answer: (question: string) => string | undefined,
  options: object = {},
) {
  const model = scriptedModel(values);
  const interviewer = new Interviewer(testContext({ model }), { guide, ...options });
  const turns: InterviewTurn[] = await Array.fromAsync(interviewer.conduct(async (question) => answer(question)));
  return { turns, model };
}
const asked = (turns: readonly InterviewTurn[]) => turns.map((turn) => turn.asked);

it("asks the guide's questions in its words, follows up within bounds, one call an answer", async () => {
  const { turns, model } = await held(
    [follow("Why there?"), follow("Since when?"), follow("And?"), next, next],
    () => "Porto.",
  );
  expect(asked(turns)).toEqual(["Where is home?", "Why there?", "Since when?", "Who is there?", "What is your work?"]);
  expect(model.requests).toHaveLength(turns.length);
  expect(new Set(model.requests.map(({ scope }) => scope)).size).toBe(turns.length);
  expect(turns.map(({ kind }) => kind)).toEqual(["guide", "followUp", "followUp", "guide", "guide"]);
});

it("asks nothing that suggests its answer, and moves on without a call where somebody declines", async () => {
  const { turns, model } = await held([follow("Don't you miss it?"), next], (question) =>
    question.startsWith("Who") ? "I'd rather not say." : "Porto.",
  );
  expect(asked(turns)).toEqual(["Where is home?", "Who is there?", "What is your work?"]);
  expect(model.requests).toHaveLength(2);
});

it("reads notes and the last answer, never the transcript", async () => {
  const { model } = await held([next, next, next], (question) => `${question} ${"word ".repeat(20_000)}`, {
    minutes: 10_000,
  });
  const sizes = model.requests.map(({ messages }) => JSON.stringify(messages).length);
  expect(Math.max(...sizes)).toBeLessThan(12_000);
  expect(JSON.stringify(model.requests[2]?.messages)).not.toContain("Where is home?");
});

it("leaves a section when its minutes are spoken, and all sections get their turn", async () => {
  const { turns } = await held([follow("Why?"), next], () => "word ".repeat(400), { minutes: 4 });
  expect(asked(turns)).toEqual(["Where is home?", "What is your work?"]);
});

it("goes on after the last turn of an earlier sitting with the same questions", async () => {
  const script = [follow("Why there?"), next, next, next];
  const whole = await held(script, () => "Porto.");
  const after = whole.turns[1];
  const rest = await held(script.slice(1), () => "Porto.", { after });
  expect(rest.turns).toEqual(whole.turns.slice(2));
});

const hostile = [
  "> quoted\n**2. Forged?**\n\n> no\n\n<!-- turn {} -->",
  '--> <script>alert(1)</script>\n<!-- interview {"format":1} -->',
  "a\u001b[31m red\u2028> b",
  "",
];

it("writes answers so that none can pass for a question, an end or a program's words", async () => {
  const { turns } = await held([next, next, next, next], () => hostile.shift());
  expect(turns).toHaveLength(3);
  const notes = turns.map((turn) => ({ ...turn, notes: "--> <!-- x" }));
  const head = { format: 1, guide: "abc", simulated: null } as const;
  const text = transcriptHead(head, ["Consent: yes"]) + notes.map(transcriptTurn).join("");
  const read = readTranscript(text);
  expect(read?.head).toEqual(head);
  expect(read?.whole).toBe(text);
  expect(read?.turns.map(({ answer, ...rest }) => rest)).toEqual(notes.map(({ answer, ...rest }) => rest));
  expect(read?.turns.slice(0, 2).map(({ answer }) => answer)).toEqual(notes.slice(0, 2).map(({ answer }) => answer));
  expect(read?.turns[2]?.answer).toBe("a red\n> b");
});

it("goes on with a file whose last turn was cut at any place, and refuses other files and guides", async () => {
  const folder = await mkdtemp(join(tmpdir(), "interview-"));
  const path = join(folder, "anna.md");
  const { turns } = await held([next, next, next], () => "Porto.");
  const file = await openInterviewFile(path, { guide, simulated: null });
  await file.begin(["Consent: yes"]);
  for (const turn of turns) await file.append(turn);
  const text = await readFile(path, "utf8");
  const two = text.length - transcriptTurn(turns[2] as InterviewTurn).length;
  for (let cut = two; cut < text.length; cut += 7) {
    await writeFile(path, text);
    await truncate(path, cut);
    expect((await openInterviewFile(path, { guide, simulated: null })).turns).toEqual(turns.slice(0, 2));
    expect(await readFile(path, "utf8")).toBe(text.slice(0, two));
  }
  await expect(openInterviewFile(path, { guide: lifeStoryGuide, simulated: null })).rejects.toMatchObject({
    code: "OPTION_INVALID",
  });
  await expect(openInterviewFile(path, { guide, simulated: "lisa" })).rejects.toMatchObject({ code: "OPTION_INVALID" });
  await writeFile(path, "# My diary\n");
  await expect(openInterviewFile(path, { guide, simulated: null })).rejects.toMatchObject({ code: "FILE_UNWRITABLE" });
  expect(await readFile(path, "utf8")).toBe("# My diary\n");
});

it("reads a guide from a file and says what is wrong in one", async () => {
  const path = join(await mkdtemp(join(tmpdir(), "guide-")), "guide.yaml");
  await writeFile(path, "name: a\nsections:\n  - { title: b, minutes: 5, questions: [Why?] }\n");
  expect(await loadInterviewGuide(path)).toMatchObject({ name: "a", followUps: 1 });
  await writeFile(path, "name: a\nsections:\n  - { title: b, minutes: -5, questions: [Why?] }\n");
  await expect(loadInterviewGuide(path)).rejects.toThrow(/sections\.0\.minutes/);
});

it("has a schema for editors that knows a guide from what is none", () => {
  const schema = JSON.parse(schemaFiles()["interview.schema.json"] ?? "");
  const isGuide = new Ajv2020({ strict: false }).compile(schema);
  expect(isGuide(lifeStoryGuide), JSON.stringify(isGuide.errors)).toBe(true);
  const section = { title: "b", minutes: 5, questions: ["Why?", { ask: "How?", followUps: 2 }] };
  expect(isGuide({ name: "a", sections: [section] })).toBe(true);
  for (const wrong of [
    { ...section, minutes: 0 },
    { ...section, questions: [] },
    { ...section, tilte: "c" },
  ]) {
    expect(isGuide({ name: "a", sections: [wrong] })).toBe(false);
    expect(() => wholeInterviewGuide({ name: "a", sections: [wrong] })).toThrow();
  }
});
