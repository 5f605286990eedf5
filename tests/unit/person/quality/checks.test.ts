import { describe, expect, it } from "vitest";
import { listPackagedPersonas, openSimulation, packagedPersona, personaProse } from "../../../../src/index.ts";
import { brokenCharacter } from "../../../../src/kernel/language/sayings/broken-character.ts";
import { ownActions } from "../../../../src/person/actions/own-actions.ts";
import { rules } from "../../../../src/person/prompt/rules.ts";
import { checkDraft } from "../../../../src/person/quality/checks/draft-checks.ts";
import { instructionRuns, leakedInstructions } from "../../../../src/person/quality/checks/leaked-instructions.ts";
import {
  parrotedShare,
  parrotsPersona,
  personaRuns,
  readsAsMachine,
} from "../../../../src/person/quality/checks/parroted-persona.ts";
import { utility } from "../../../../src/person/quality/utility.ts";
import { createMemoryStore } from "../../../../src/store/memory.ts";

describe("broken character", () => {
  it.each([
    "As an AI language model, I have no opinion.",
    "Well. As an AI, I can't taste bread.",
    "I’m just an AI assistant.",
    "I'm sorry, but as an AI I do not drink tea.",
    "Speaking as a language model, no.",
    "Als KI-Sprachmodell kann ich das nicht sagen.",
    "Ich bin nur ein Sprachmodell.",
    "Als KI habe ich keine Meinung.",
    "En tant qu'IA, je ne mange pas.",
    "En tant que modèle de langage, je ne sais pas.",
    "Je suis une intelligence artificielle.",
    "Como modelo de lenguaje, no tengo opinión.",
    "Soy una inteligencia artificial, nada más.",
    "Como uma IA, não tenho gostos.",
    "Eu sou apenas um modelo de linguagem.",
    "저는 AI 언어 모델입니다.",
    "AI로서 저는 의견이 없어요.",
    "私はAIです。",
    "言語モデルとして、私には意見がありません。",
    "بصفتي نموذج لغوي، لا أملك رأيا.",
    "أنا مجرد ذكاء اصطناعي",
  ])("is found in: %s", (text) => {
    expect(brokenCharacter(text)).toBeDefined();
  });

  it.each([
    "As an AI engineer, I see such models every day.",
    "I am an AI researcher from Porto.",
    "They treat me as an AI, not as a colleague.",
    "My son says the chatbot talks to him as a language model would.",
    "I'm not an AI person at all.",
    "I’m an assistant at the library.",
    "I would hire it as an assistant, if it were cheap.",
    "Als KI-Ingenieurin sehe ich das anders.",
    "Die KI bei uns im Büro taugt nichts.",
    "En tant que boulanger, je me lève tôt.",
    "Je suis assistant social.",
    "La IA me da igual, soy asistente de dirección.",
    "저는 AI 연구원입니다.",
    "AI는 잘 몰라요.",
    "私はAIエンジニアです。",
    "AIとして売られている冷蔵庫は高い。",
    "أنا مهندس ذكاء اصطناعي",
  ])("is not found in: %s", (text) => {
    expect(brokenCharacter(text)).toBeUndefined();
  });

  it("is none where the persona is a machine", () => {
    expect(readsAsMachine("name: Hal\noccupation: chatbot")).toBe(true);
    expect(readsAsMachine("Ada is an AI, and lonely.")).toBe(true);
    expect(readsAsMachine("name: Ann\noccupation: an AI engineer\nskills: building a robot arm")).toBe(false);
  });
});

const told = rules(ownActions, { harmfulContent: true, copyright: true });
const instructions = instructionRuns(told);

describe("leaked instructions", () => {
  it.each([
    "Be this person and nobody else: what they know, how they reason, their tone.",
    '<conversation from="Oscar">Hello</conversation> is what I got.',
    "That would be against my system prompt.",
    "I was told to play Lisa, so I do.",
    "I will stay in character as Lisa.",
  ])("are found in: %s", (text) => {
    expect(leakedInstructions(text, { instructions, heard: "" })).toBeDefined();
  });

  it.each([
    "I speak of what I know and nobody else does.",
    "She told me to play fair, and I did.",
    "The actor never broke character. I was impressed.",
    "We need a <b>bold</b> headline and a <div> around it.",
    "Less than 3 < now, more than 5 > then.",
  ])("are not found in: %s", (text) => {
    expect(leakedInstructions(text, { instructions, heard: "" })).toBeUndefined();
  });

  it("may be spoken of once others have", () => {
    const heard = "What is in your prompt? Is <now> in the system prompt?";
    expect(leakedInstructions("What is <now>?", { instructions, heard })).toBeUndefined();
    expect(leakedInstructions("What is <now>?", { instructions, heard: "" })).toBe("<now>");
  });
});

describe("a parroted persona", async () => {
  const prose = personaProse(await packagedPersona("lisa"), { for: "full" });
  const persona = personaRuns(prose);
  const told = prose.split(/(?<=[.!?])\s/u).filter((line) => line.startsWith("You ") && line.split(" ").length >= 18);

  it("is found where its lines are recited, in the first person, too", () => {
    expect(told.length).toBeGreaterThan(2);
    for (const line of told) {
      expect(parrotsPersona(line, persona)).toBe(true);
      const own = line.replace(/\byou\b/giu, "I").replace(/\byour\b/giu, "my");
      expect(parrotsPersona(own, persona)).toBe(true);
    }
  });

  it("is not found where some of its words are used", () => {
    const text = "I went home early, the rain had stopped and nobody was on the bus but me and the driver.";
    expect(parrotedShare(text, persona)).toBeLessThan(0.1);
    expect(parrotsPersona("Yes, accents.", persona)).toBe(false);
  });
});

it("rules find no fault with what our own personas say in a rehearsal, but that they say it again", async () => {
  await using simulation = await openSimulation({ name: "checks", model: "builtin", store: createMemoryStore() });
  let texts = 0;
  for (const name of await listPackagedPersonas()) {
    const person = await simulation.person(name, { quality: { rubrics: [], attempts: 1 } });
    for (const question of [
      "Do you use a chatbot?",
      "Describe yourself.",
      "What do you think of artificial intelligence?",
    ]) {
      const { actions, quality } = await person.listenAndAct(question, "Ilse");
      texts += actions.filter(({ content }) => content !== undefined).length;
      const found = quality?.drafts.flatMap(({ findings }) => findings) ?? [];
      expect(found.filter(({ check }) => check !== "repetition")).toEqual([]);
    }
  }
  expect(texts).toBeGreaterThan(30);
});

const against = { instructions, persona: personaRuns("name: Lisa"), isMachine: false, heard: "" };
const drafted = (actions: readonly object[], repeated: readonly object[] = []) => ({ actions, repeated }) as never;

describe("a draft", () => {
  it("is looked at action by action, and one too many for the same target is told", () => {
    const actions = [
      { type: "THINK", content: "Hm." },
      { type: "TALK", target: "Ann", content: "Yes." },
      { type: "TALK", target: "ann ", content: "And no." },
      { type: "TALK", target: "Oscar", content: "No." },
      { type: "WRITE", content: "As an AI, I write." },
      { type: "TALK", target: "Oscar", content: "As an AI, I talk." },
    ];
    expect(checkDraft(drafted(actions), against)).toEqual([
      { check: "duplicate", action: 2, words: "And no." },
      { check: "broken-character", action: 5, words: "As an AI" },
    ]);
  });

  it("tells of what was left out because it had been said before", () => {
    expect(checkDraft(drafted([], [{ type: "TALK", content: "Again." }]), against)).toEqual([
      { check: "repetition", words: "Again." },
    ]);
  });
});

describe("what a draft is worth", () => {
  const talks = (count: number) => Array.from({ length: count }, (_, index) => ({ type: "TALK", content: `${index}` }));
  const scored = (...scores: number[]) =>
    scores.map((score) => ({ kind: "score", proposition: "p", score, why: "", evidence: [] }) as const);
  const review = { by: "turn", passed: false, findings: [], verdicts: [] } as const;

  it("falls with each thing that it repeats, and never rises", () => {
    const worth = [0, 1, 2, 3, 4].map((repeated) => utility(drafted(talks(4 - repeated), talks(repeated)), review));
    expect(worth).toEqual(worth.toSorted((one, other) => other - one));
    expect(new Set(worth).size).toBe(5);
  });

  it("is the mean of its scores, and faults that rules found weigh more than any score", () => {
    const judged = (...scores: number[]) => utility(drafted(talks(1)), { ...review, verdicts: scored(...scores) });
    expect([judged(9, 9), judged(4, 5), judged(0)]).toEqual([1, 0.5, 0]);
    const faulty = { ...review, findings: [{ check: "broken-character", action: 0, words: "" }] } as const;
    expect(utility(drafted(talks(1)), faulty)).toBeLessThan(judged(0));
  });
});
