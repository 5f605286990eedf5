import { expect, it } from "vitest";
import { parseFragment } from "../../../../src/persona/fragment.ts";
import type { Origin } from "../../../../src/persona/origin/origin.ts";
import { parsePersona } from "../../../../src/persona/schema.ts";
import { layOver } from "../../../../src/population/variation/lay-over.ts";

const people = Array.from({ length: 40 }, (_none, at) => ({
  draw: { id: String(at), values: { age: 20 + at }, weight: 1 },
  persona: parsePersona({ name: `Person ${at}` }),
}));
const frugal = parseFragment({ beliefs: "Cash is king." });

it("lays each fragment over those for whom it is, and says who got it", () => {
  const conditions = [
    { name: "old", where: { age: { from: 50 } }, fragment: frugal },
    { name: "all", fragment: parseFragment({ skills: "patience" }) },
  ];
  for (const { draw, persona, conditions: got } of layOver(people, conditions, { seed: 1 })) {
    const isOld = draw.values.age >= 50;
    expect(got).toEqual(isOld ? ["old", "all"] : ["all"]);
    expect(persona).toMatchObject({ skills: ["patience"] });
    expect(persona.beliefs).toEqual(isOld ? ["Cash is king."] : undefined);
  }
  expect(people.every(({ persona }) => persona.beliefs === undefined)).toBe(true);
});

it("chooses an exact share by lot, the same with the same seed and whatever other conditions there are", () => {
  const treated = { name: "treatment", where: { age: { to: 49 } }, share: 0.5, fragment: frugal };
  const got = (seed: number, others: readonly (typeof treated)[] = []) =>
    layOver(people, [...others, treated], { seed }).flatMap(({ draw, conditions }) =>
      conditions.includes("treatment") ? [draw.id] : [],
    );
  expect(got(1)).toHaveLength(15);
  expect(got(1).every((id) => Number(id) < 30)).toBe(true);
  expect(got(1)).toEqual(got(1, [{ ...treated, name: "another", share: 0.2 }]));
  expect(got(1)).not.toEqual(got(2));
});

it("refuses shares that are none, and one name for two", () => {
  const one = { name: "one", fragment: frugal };
  for (const wrong of [[one, one], [{ ...one, share: 1.5 }], [{ ...one, share: Number.NaN }]])
    expect(() => layOver(people, wrong, { seed: 1 })).toThrow(expect.objectContaining({ code: "OPTION_INVALID" }));
});

it("keeps where people come from, and says what was laid on", () => {
  const origin: Origin = { kind: "survey", source: "pilot.csv", consent: { given: true, scope: "interviews" } };
  const asked = people.map((person) => ({ ...person, origin }));
  const conditions = [{ name: "old", where: { age: { from: 50 } }, fragment: frugal }];
  for (const { draw, origin: kept } of layOver(asked, conditions, { seed: 1 }))
    expect(kept).toEqual(draw.values.age >= 50 ? { ...origin, varied: ["old"] } : origin);
  const twice = layOver(layOver(asked, conditions, { seed: 1 }), [{ name: "all", fragment: frugal }], { seed: 1 });
  expect(twice.at(-1)?.origin.varied).toEqual(["old", "all"]);
});
