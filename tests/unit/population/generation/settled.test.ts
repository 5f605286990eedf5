import { expect, it } from "vitest";
import { settledBy } from "../../../../src/population/generation/settled.ts";
import { parseSpecification } from "../../../../src/population/specification/parse.ts";

const specification = parseSpecification({
  specification: 1,
  name: "x",
  dimensions: {
    openness: { kind: "ordinal", persona: "personality.big_five.openness", shares: { low: 1, average: 1, high: 1 } },
    neuroticism: { kind: "ordinal", shares: { low: 1, average: 1, high: 1 } },
    mood: { kind: "ordinal", persona: "personality.big_five.agreeableness", shares: { low: 1, high: 1 } },
    age: { kind: "numeric", from: 18, to: 90 },
  },
});

it("takes traits that were drawn for the temper, wherever the specification puts them: their reasons are still to be written", () => {
  const values = { openness: "high", neuroticism: "low", mood: "high", age: 40 };
  const { temper, persona, places } = settledBy({ id: "0001", values, weight: 1 }, "Ann Lee", specification);
  expect(temper).toEqual({ openness: 4, neuroticism: 0, agreeableness: 4 });
  expect(persona).toEqual({ name: "Ann Lee", age: 40 });
  expect(places).toEqual(["age"]);
});
