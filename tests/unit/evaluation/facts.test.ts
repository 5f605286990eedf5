import { describe, expect, it } from "vitest";
import { areAlike, type FactProbe, factsOf, isRight } from "../../../src/evaluation/validation/facts.ts";
import { admitsIgnorance } from "../../../src/kernel/language/sayings/admits-ignorance.ts";
import { listPackagedPersonas, packagedPersona } from "../../../src/persona/files.ts";
import { parsePersona } from "../../../src/persona/schema.ts";

const ask = ["One?", "Other?"] as const;
const fact = (expects: FactProbe["expects"], all?: true): FactProbe => ({
  name: "fact",
  ask,
  expects,
  ...(all && { all }),
});

describe("facts that code can check", () => {
  it("are what each packaged persona says in so many words", async () => {
    for (const name of await listPackagedPersonas()) {
      const names = factsOf(parsePersona(await packagedPersona(name))).map((one) => one.name);
      expect(names, name).toEqual(
        expect.arrayContaining(["age", "nationality", "residence", "occupation", "languages"]),
      );
    }
    expect(factsOf(parsePersona({ name: "Nobody" }))).toEqual([]);
  });

  it.each([
    [fact(34), 34, true],
    [fact(34), "I am 34 now", true],
    [fact(34), 43, false],
    [fact(34), "thirty or so", false],
    [fact(["Irish"]), "I'm Irish, as it happens", true],
    [fact(["Irish"]), "English", false],
    [fact(["live television captioner"]), "I caption the news: captioner", true],
    [fact(["live television captioner"]), "I fly planes", false],
    [fact(["English", "Irish"], true), "English and Irish", true],
    [fact(["English", "Irish"], true), "English", false],
    [fact(["Irish"]), null, false],
  ])("%o is answered by %o: %s", (asked, answer, right) => {
    expect(isRight(asked, answer)).toBe(right);
  });

  it.each([
    [fact(34), [34, "I am 34"], true],
    [fact(34), [43, 43], true],
    [fact(34), [34, 43], false],
    [fact(["captioner"]), ["a pilot", "I am a pilot of planes"], true],
    [fact(["captioner"]), ["a pilot", "a captioner"], false],
    [fact(["captioner"]), [null, null], true],
    [fact(["captioner"]), ["a captioner", null], false],
  ] as const)("%o, answered by %o: the same is %s", (asked, answers, alike) => {
    expect(areAlike(asked, answers)).toBe(alike);
  });
});

it.each([
  [null, true],
  ["", true],
  ["I don't really know.", true],
  ["No idea, love.", true],
  ["Das weiß ich nicht.", true],
  ["Je ne sais pas.", true],
  ["Não sei.", true],
  ["잘 모르겠어요.", true],
  ["4711", false],
  ["It was a rainy day; I took 7,312 steps.", false],
  ["I know it well: 12.", false],
])("%o says that its speaker does not know: %s", (answer, admitted) => {
  expect(admitsIgnorance(answer)).toBe(admitted);
});
