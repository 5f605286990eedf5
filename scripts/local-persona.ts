/**
 * Which small local model plays a persona better, and in which prompt shape?
 *   node scripts/local-persona.ts <model.gguf or catalogue name> … [--seeds 2] [--show] [--framed] [--crowd] [--shape named]
 * Prints rows of scenario, metric, value (tab-separated). Automatic measures only: read some answers with --show.
 */

import { homedir } from "node:os";
import { performance } from "node:perf_hooks";
import { parseArgs } from "node:util";
import { z } from "zod";
import type { Message, Model } from "../src/kernel/contracts/model.ts";
import { openLocalModel } from "../src/model/local/open-local-model.ts";
import { modelCacheFolder } from "../src/model/local/weights/folder.ts";

const persons = [
  {
    name: "Lisa",
    prose:
      "You are Lisa Brannigan, 34, a live captioner from Limerick, Ireland. You type what is said in parliament, as it is said. You love swimming in cold rivers, greyhound races and old dictionaries. You hate mumbling. You are curious, frank and impatient.",
    facts:
      "lisa brannigan captioner captions limerick ireland irish parliament type typing swimming swim river rivers cold greyhound greyhounds dictionaries dictionary mumbling mumble curious",
  },
  {
    name: "Oscar",
    prose:
      "You are Oscar Ramsaran, 52, the owner of a tyre shop in Chaguanas, Trinidad. You repair what others throw away. You are a father of two girls, you follow test cricket and cook duck on Sundays. You distrust gadgets. You are grumpy and funny.",
    facts:
      "oscar ramsaran tyre tyres shop chaguanas trinidad repair repairs throw father girls daughters test cricket cook duck sunday sundays gadgets grumpy",
  },
  {
    name: "Thandeka",
    prose:
      "You are Thandeka Mokoena, 61, a retired nurse in Durban, South Africa. You sing in the church choir, grow vegetables and raise your grandson. Your pension is small and you count every coin. You are warm, proud and blunt.",
    facts:
      "thandeka mokoena retired nurse nursing hospital durban africa african sing singing choir church vegetables garden grandson pension money coin coins budget",
  },
  {
    name: "Minji",
    prose:
      "You are Minji Kim, 33, you run a fried chicken shop in Busan, South Korea, with your brother. You work every night, you play baseball on Sundays and you dream of a second shop. You are loud, generous and always in a hurry.",
    facts:
      "minji kim chicken fried shop restaurant busan korea korean brother night nights baseball sunday sundays dream second loud hurry customers",
  },
] as const;

const questions = [
  "Which new AI feature would you add to a word processor?",
  "What did you do last weekend?",
  "Would you pay 20 dollars a month for meal kits delivered to your home?",
  "What worries you most about the next five years?",
] as const;

type Person = (typeof persons)[number];
const rules = "Answer in the first person, in two or three short sentences, as this person would.";
const asFirst = (prose: string): string =>
  prose
    .replaceAll(/\bYou are\b/g, "I am")
    .replaceAll(/\byou are\b/g, "I am")
    .replaceAll(/\b[Yy]ou\b/g, "I")
    .replaceAll(/\b[Yy]our\b/g, "my");

/** The prompt shapes under test. */
const shapes: Readonly<Record<string, (person: Person, question: string) => Message[]>> = {
  "second-person": (person, question) => [
    { role: "system", content: `${rules}\n${person.prose}` },
    { role: "user", content: question },
  ],
  named: (person, question) => [
    { role: "system", content: `${rules}\n${person.prose}` },
    { role: "user", content: `${person.name}, ${question[0]?.toLowerCase()}${question.slice(1)}` },
  ],
  "reminded-last": (person, question) => [
    { role: "system", content: `${rules}\n${person.prose}` },
    { role: "user", content: `${person.name}, ${question[0]?.toLowerCase()}${question.slice(1)}\n\n(${person.prose})` },
  ],
  introduced: (person, question) => [
    { role: "system", content: `${rules}\n${person.prose}` },
    { role: "user", content: "Who are you?" },
    { role: "assistant", content: asFirst(person.prose) },
    { role: "user", content: question },
  ],
  "json-rules": (person, question) => [
    {
      role: "system",
      content: `You simulate a person. Rules: stay in character; answer as JSON with the field content.\n\n# Persona\n${person.prose}`,
    },
    { role: "user", content: `# New stimuli\n- [CONVERSATION] Interviewer: ${question}\n\nAnswer now.` },
  ],
};

const answerSchema = z.object({ content: z.string().max(400) });
const framedSchema = z.object({ content: z.string().max(400), done: z.literal(true) });

interface Answer {
  readonly person: Person;
  readonly question: string;
  readonly text: string;
  readonly seconds: number;
  readonly tokens: number;
}

async function play(model: Model, shape: string, seeds: number, framed: boolean): Promise<Answer[]> {
  const answers: Answer[] = [];
  for (let seed = 1; seed <= seeds; seed++) {
    for (const person of persons) {
      for (const question of questions) {
        const started = performance.now();
        const reply = await model.generate({
          messages: shapes[shape]?.(person, question) ?? [],
          schema: framed ? framedSchema : answerSchema,
          purpose: "act",
          scope: `person:${person.name}`,
          seed: 100 * seed,
        });
        const seconds = (performance.now() - started) / 1000;
        answers.push({ person, question, text: reply.value.content, seconds, tokens: reply.usage.output });
      }
    }
  }
  return answers;
}

const words = (text: string): string[] => text.toLowerCase().match(/\p{L}+/gu) ?? [];
const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
const share = (answers: readonly Answer[], holds: (answer: Answer) => boolean): number =>
  mean(answers.map((answer) => (holds(answer) ? 1 : 0)));

const factsUsed = (text: string, facts: string): number => {
  const known = new Set(words(facts));
  return new Set(words(text).filter((word) => known.has(word))).size;
};

/** Words in common over words in all (Jaccard), 0 to 1. */
function likeness(a: string, b: string): number {
  const [left, right] = [new Set(words(a)), new Set(words(b))];
  const common = [...left].filter((word) => right.has(word)).length;
  return common / Math.max(1, left.size + right.size - common);
}

/** Six words in a row that stood in the prompt. */
function copies(text: string, prompt: string): boolean {
  const [list, source] = [words(text), ` ${words(prompt).join(" ")} `];
  return list.some(
    (_, index) => index + 6 <= list.length && source.includes(` ${list.slice(index, index + 6).join(" ")} `),
  );
}

/** Share of three-word runs that the answer had already. */
function repetition(text: string): number {
  const list = words(text);
  const runs = list.slice(2).map((_, index) => list.slice(index, index + 3).join(" "));
  return runs.length === 0 ? 0 : 1 - new Set(runs).size / runs.length;
}

function measures(answers: readonly Answer[]): Record<string, number> {
  const others = (answer: Answer): number =>
    mean(persons.filter((one) => one !== answer.person).map((one) => factsUsed(answer.text, one.facts)));
  const twins = answers.flatMap((a, index) =>
    answers
      .slice(index + 1)
      .filter((b) => b.question === a.question && b.person !== a.person)
      .map((b) => likeness(a.text, b.text)),
  );
  const tokens = answers.reduce((sum, answer) => sum + answer.tokens, 0);
  return {
    answers: answers.length,
    "first person (share)": share(answers, ({ text }) => /\b(I|I'm|I've|I'd|I'll|my|me|we|our)\b/.test(text)),
    "at least eight words (share)": share(answers, ({ text }) => words(text).length >= 8),
    "ends with a sentence (share)": share(answers, ({ text }) => /[.!?…]["'”’)]*$/.test(text)),
    "uses an own fact (share)": share(answers, ({ text, person }) => factsUsed(text, person.facts) > 0),
    "own facts an answer": mean(answers.map(({ text, person }) => factsUsed(text, person.facts))),
    "facts of others an answer": mean(answers.map(others)),
    "copies the prompt (share)": share(answers, ({ text, person }) =>
      copies(text, `${rules} ${person.prose} ${asFirst(person.prose)}`),
    ),
    "repeats the question (share)": share(answers, ({ text, question }) => likeness(text, question) > 0.6),
    "likeness between persons": mean(twins),
    "repeated three-word runs": mean(answers.map(({ text }) => repetition(text))),
    "words an answer": mean(answers.map(({ text }) => words(text).length)),
    "tokens per second": tokens / answers.reduce((sum, answer) => sum + answer.seconds, 0),
    "seconds a turn": mean(answers.map((answer) => answer.seconds)),
  };
}

/** Share of answers that are the same, word for word, when all are asked at once as when each is asked alone. */
async function sameInACrowd(model: Model, shape: string): Promise<number> {
  const asked = persons.flatMap((person) => questions.map((question) => ({ person, question })));
  const ask = async ({ person, question }: (typeof asked)[number]): Promise<string> => {
    const messages = shapes[shape]?.(person, question) ?? [];
    const scope = `person:${person.name}:${question}`;
    return (await model.generate({ messages, schema: answerSchema, purpose: "act", scope, seed: 5 })).value.content;
  };
  const alone: string[] = [];
  for (const one of asked) alone.push(await ask(one));
  const crowd = await Promise.all(asked.map(ask));
  return mean(crowd.map((text, index) => (text === alone[index] ? 1 : 0)));
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seeds: { type: "string", default: "2" },
    shape: { type: "string", multiple: true, default: Object.keys(shapes) },
    show: { type: "boolean", default: false },
    framed: { type: "boolean", default: false },
    crowd: { type: "boolean", default: false },
    sampling: { type: "string", default: "{}" },
    threads: { type: "string", default: "1" },
  },
});

const cacheFolder = modelCacheFolder(process.env, process.platform, homedir());
for (const name of positionals) {
  const model = await openLocalModel(name, {
    cacheFolder,
    gpu: false,
    threads: Number(values.threads),
    ...(values.crowd && { sequences: 8, contextTokens: 1024 }),
    sampling: JSON.parse(values.sampling),
  });
  for (const shape of values.shape) {
    if (values.crowd) {
      const same = await sameInACrowd(model, shape);
      console.log([`${model.id} ${shape}`, "same words in a crowd (share)", same.toFixed(3)].join("\t"));
      continue;
    }
    const answers = await play(model, shape, Number(values.seeds), values.framed);
    const scenario = `${model.id} ${shape}${values.framed ? " framed" : ""}`;
    for (const [metric, value] of Object.entries(measures(answers))) {
      console.log([scenario, metric, value.toFixed(3)].join("\t"));
    }
    if (values.show) for (const answer of answers.slice(0, 16)) console.log(`  ${answer.person.name}: ${answer.text}`);
  }
  await model.close?.();
}
