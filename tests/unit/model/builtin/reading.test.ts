import { describe, expect, it } from "vitest";
import { readCharacter } from "../../../../src/model/builtin/character/character.ts";
import { personaFromText } from "../../../../src/model/builtin/character/from-text.ts";
import { inFirstPerson } from "../../../../src/model/builtin/character/persona-data.ts";
import { stanceOf } from "../../../../src/model/builtin/character/stance.ts";
import { keyPhrases } from "../../../../src/model/builtin/character/topics/key-phrases.ts";
import { optionsIn, wantedBy } from "../../../../src/model/builtin/speech/listening/question.ts";
import { createTexts } from "../../../../src/model/builtin/texts.ts";
import { lisa, marcos, oscar } from "./people.ts";

const reading = (persona: unknown) => ({ character: readCharacter(persona), texts: createTexts() });

describe("what a text is about", () => {
  it.each([
    ["Which AI feature would you add to a word processor?", "word processor"],
    ["What do you think about trams?", "trams"],
    ["We make a word processor that nobody has yet. Propose one concrete feature each.", "word processor"],
    ["가상 비서에 어떤 기능을 추가하고 싶으세요?", "가상 비서"],
    ["電気自動車についてどう思いますか。", "電気自動車"],
  ])("“%s”", (text, topic) => expect(keyPhrases(text)[0]).toBe(topic));

  it("takes no verb for a matter", () => {
    expect(keyPhrases("What would you sell here, if it were yours?")).toEqual([]);
  });
});

describe("what is asked", () => {
  it.each([
    ["Which feature would you add?", "ideas"],
    ["Tea, coffee or water?", "choice"],
    ["Tell me about yourself.", "self"],
    ["Why?", "why"],
    ["Would you buy it?", "yes-or-no"],
    ["How do you see the future?", "opinion"],
    ["Hello!", "greeting"],
    ["It is raining.", "nothing"],
    ["하루를 어떻게 보내세요?", "self"],
  ])("“%s” wants %s", (text, wanted) => expect(wantedBy(text)).toBe(wanted));

  it("lists options in a question, in lines, and by their letters when they are long", () => {
    expect(optionsIn("Which is best: tea, green coffee or water?")).toEqual(["tea", "green coffee", "water"]);
    expect(optionsIn("Choose:\n1. A cat\n2. A dog")).toEqual(["A cat", "A dog"]);
    const long = "a film night goes wrong and the picture stutters at the best moment";
    expect(optionsIn(`Choose.\nA: ${long}\nB: ${long}`)).toEqual(["A", "B"]);
    expect(optionsIn("No options here.")).toEqual([]);
  });
});

describe("a persona as it is read", () => {
  it("speaks of itself in the first person", () => {
    expect(inFirstPerson("You love your garden.")).toBe("I love my garden");
    expect(inFirstPerson("You are slow, and people wait for you.")).toBe("I am slow, and people wait for me");
    expect(inFirstPerson("You went there once, and were seen.")).toBe("I went there once, and was seen");
    expect(inFirstPerson("Whoever pays you late is stealing.")).toBe("Whoever pays me late is stealing");
    expect(inFirstPerson("You smile when someone thanks you by your full name.")).toBe(
      "I smile when someone thanks me by my full name",
    );
    expect(inFirstPerson("A guard who salutes you and lets all in once defended you against a boss.")).toBe(
      "A guard who salutes me and lets all in once defended me against a boss",
    );
    expect(inFirstPerson("You know the people you trust.")).toBe("I know the people I trust");
    expect(inFirstPerson("You sleep more than you let on.")).toBe("I sleep more than I let on");
    expect(inFirstPerson("Korean food.")).toBe("Korean food");
    expect(inFirstPerson("Clean code.")).toBe("Clean code");
    expect(inFirstPerson("She hates rain.")).toBe("");
  });

  it("has degrees in words or numbers, and guesses them from traits where they are missing", () => {
    expect(readCharacter({ personality: { big_five: { openness: "Very high. Travels." } } }).temper.openness).toBe(1);
    expect(readCharacter({ big_five: { extraversion: 0.1 } }).temper.extraversion).toBeCloseTo(-0.8);
    expect(readCharacter({ personality: { traits: ["You are shy"] } }).temper.extraversion).toBeLessThan(0);
  });

  it("is the same for equal personas and another for others", () => {
    expect(readCharacter(structuredClone(lisa)).key).toBe(readCharacter(lisa).key);
    expect(readCharacter(oscar).key).not.toBe(readCharacter(lisa).key);
  });

  it("stands for what it likes and against what it dislikes", () => {
    expect(stanceOf(reading(marcos), "camping with an electric guitar")).toBeGreaterThan(0.5);
    expect(stanceOf(reading(marcos), "bureaucracy in crowded malls")).toBeLessThan(-0.2);
    expect(stanceOf(reading(oscar), "artificial intelligence hype")).toBeLessThan(-0.5);
  });

  it("can be told from a prompt in prose, lists or keys", () => {
    const told = personaFromText(
      'You are Ingrid Sund, 44 years old. She works as a ferry captain in Bergen.\n\n## Interests\n- glacier hiking\n- knitting\n\nDislikes: cruise ships, fog\nStyle: "short"\nExtraversion: Low.',
    );
    expect(told).toMatchObject({
      name: "Ingrid Sund",
      age: "44",
      occupation: "ferry captain",
      preferences: { interests: ["glacier hiking", "knitting"], dislikes: ["cruise ships", "fog"] },
      style: "short",
      big_five: { extraversion: "Low." },
    });
    expect(personaFromText("Answer in JSON.")).toEqual({});
  });
});
