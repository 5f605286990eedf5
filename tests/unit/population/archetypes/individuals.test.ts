import { expect, it } from "vitest";
import {
  archetypesOf,
  individualsOf,
  parsePersona,
  type Specification,
  samplePopulation,
} from "../../../../src/index.ts";

const town: Specification = {
  specification: 1,
  name: "Town",
  locale: "pt_PT",
  dimensions: {
    age: {
      kind: "numeric",
      bands: [
        { from: 30, to: 49, share: 0.5 },
        { from: 66, to: 79, share: 0.5 },
      ],
    },
    work: { kind: "categorical", shares: { employed: 0.5, retired: 0.5 } },
    languages: { kind: "categorical", shares: { Portuguese: 0.9, Mirandese: 0.1 } },
    tram: { kind: "categorical", title: "Rides the tram", shares: { daily: 0.5, never: 0.5 } },
  },
  constraints: [
    { when: { age: { from: 60 } }, must: { work: "retired" } },
    { when: { work: "retired" }, must: { age: { from: 60 } } },
  ],
};

it("makes everybody of a few who were written: their words, another name, their own draw, and what cannot be theirs left out", async () => {
  const { people } = await samplePopulation(town, { size: 20, seed: 3 });
  const { archetypes } = archetypesOf(people, town, { count: 1, seed: 3 });
  const written = archetypes.map((one) => ({
    ...one,
    persona: parsePersona({
      name: "Ana Prado",
      age: one.draw.values["age"],
      languages: [one.draw.values["languages"]],
      beliefs: [
        "Rain is fine.",
        one.draw.values["work"] === "retired"
          ? "You are retired and feed the pigeons."
          : "Your boss is fair, and you work full-time.",
      ],
      other_facts: [`Work: ${one.draw.values["work"]}.`, `Rides the tram: ${one.draw.values["tram"]}.`],
    }),
  }));
  const individuals = await individualsOf(people, written, { specification: town, seed: 3 });
  expect(individuals.map(({ draw }) => draw.id)).toEqual(people.map(({ id }) => id));
  expect(new Set(individuals.map(({ persona }) => persona.name)).size).toBe(20);
  const [archetype] = archetypes;
  for (const { draw, persona, archetype: of, leftOut, lost } of individuals) {
    expect(of).toBe(archetype?.draw.id);
    expect(persona.age).toBe(draw.values["age"]);
    expect(persona.languages).toEqual([draw.values["languages"]]);
    expect(persona.other_facts).toEqual([`Work: ${draw.values["work"]}.`, `Rides the tram: ${draw.values["tram"]}.`]);
    const alike = draw.values["work"] === archetype?.draw.values["work"];
    expect(persona.beliefs).toEqual(alike ? written[0]?.persona.beliefs : ["Rain is fine."]);
    expect(leftOut.map(({ path }) => path)).toEqual(alike ? [] : ["beliefs.1"]);
    expect(lost).toBe(alike ? 0 : 1 / 4);
  }
  expect(individuals.find(({ draw }) => draw.id === archetype?.draw.id)?.persona).toBe(written[0]?.persona);
  expect(individuals.some(({ lost }) => lost > 0)).toBe(true);
  expect(await individualsOf(people, written, { specification: town, seed: 3 })).toEqual(individuals);
});
