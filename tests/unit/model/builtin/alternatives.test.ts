import { expect, it } from "vitest";
import { createRandom } from "../../../../src/kernel/values/random.ts";
import { varied } from "../../../../src/model/builtin/words/alternatives.ts";
import * as life from "../../../../src/model/builtin/words/life.ts";
import * as tastes from "../../../../src/model/builtin/words/tastes.ts";

const stock = Object.values({ ...life, ...tastes }).flat(2);

it("takes one of several alternatives, and leaves slots to others", () => {
  const seen = new Set(Array.from({ length: 50 }, (_none, at) => varied("{a|b|} of {family}", createRandom(at))));
  expect([...seen].sort()).toEqual([" of {family}", "a of {family}", "b of {family}"]);
});

it("leaves no brace in any line of the stock but those of slots", () => {
  for (const line of stock) {
    const said = varied(line, createRandom(line)).replace(
      /\{(?:city|country|job|place|year|graduated|later|soon|age|sum|friend|family|interest)\}/g,
      "",
    );
    expect(said).not.toMatch(/[{}|]/);
  }
});
