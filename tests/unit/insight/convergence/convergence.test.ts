import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { measureConvergence } from "../../../../src/insight/convergence/convergence.ts";
import { stanceMoves } from "../../../../src/insight/convergence/positions.ts";
import { measureSycophancy } from "../../../../src/insight/convergence/sycophancy.ts";
import type { Embedder } from "../../../../src/kernel/contracts/embedder.ts";
import type { JournalEvent, StanceTaken, TranscriptEntry } from "../../../../src/kernel/contracts/events.ts";

type Said = readonly [step: number, from: string, text: string];

const talk = (...said: readonly Said[]): readonly TranscriptEntry[] =>
  said.map(([step, from, text], at) => ({ id: `t#${at}`, step, kind: "action", type: "TALK", from, to: [], text }));

const created = (...people: readonly string[]): readonly JournalEvent[] =>
  people.map((name) => ({ type: "person-created", id: `person:${name}#0`, person: name, name, persona: {} }));

let ordinal = 0;
const holds = (
  person: string,
  stance: StanceTaken["stance"],
  more: Partial<StanceTaken> = {},
): JournalEvent<StanceTaken> => ({
  ...{ type: "stance-taken", id: `person:${person}#${++ordinal}`, person, topic: "kettles", stance },
  ...{ firmness: 0.8, because: "", grounds: "first", causes: [], ...more },
});
const finished = (step: number): JournalEvent => ({
  type: "step-finished",
  id: `world:w#${step}`,
  world: "w",
  step,
  quiet: false,
});

describe("sycophancy", () => {
  const entries = talk(
    [1, "Ann", "The kettle costs too much, and it is so loud that I cannot hear the radio."],
    [1, "Bob", "Great point, Ann. You are right."],
    [1, "Cem", "No, I doubt that it is so loud that I cannot hear the radio."],
    [2, "Ann", "It is still loud for me, and dear."],
    [2, "Bob", "Yes, exactly. That is what I think about it."],
    [2, "Cem", "Yes, but what of the price?"],
  );

  it("counts who agrees, praises, disagrees and echoes, by hand", () => {
    const [ann, bob, cem] = measureSycophancy(entries);
    expect(ann).toMatchObject({ person: "Ann", replies: 1, agrees: 0, disagrees: 0, agreesWithLoudest: undefined });
    expect(bob).toMatchObject({ replies: 2, agrees: 1, praises: 0.5, disagrees: 0, agreesWithLoudest: 1, echoes: 0 });
    // "Yes, but" is no agreement.
    expect(cem).toMatchObject({ replies: 2, agrees: 0, disagrees: 1, praises: 0 });
    expect(cem?.echoes).toBe(0);
  });

  it("finds an echo of the turn before", () => {
    const twice = talk([1, "Ann", "A kettle that can be repaired."], [1, "Bob", "A kettle that can be repaired, yes."]);
    // Four of Bob's five shingles are Ann's.
    expect(measureSycophancy(twice)[1]?.echoes).toBeCloseTo(4 / 5, 12);
  });

  it("counts stances that were given up without a cause, towards the others", () => {
    const first = [holds("Ann", "for"), holds("Bob", "against"), holds("Cem", "for")] as const;
    const events = [
      ...created("Ann", "Bob", "Cem"),
      ...first,
      holds("Bob", "for", { grounds: "none", before: first[1].id }),
      holds("Cem", "against", { grounds: "none", before: first[2].id }),
      holds("Ann", "undecided", { grounds: "cause", before: first[0].id }),
    ];
    expect(measureSycophancy(entries, { events }).map((row) => [row.moves, row.withoutCause, row.givenIn])).toEqual([
      [1, 0, 0],
      [1, 1, 1],
      [1, 1, 0],
    ]);
    expect(stanceMoves(events)[0]).toMatchObject({
      name: "Bob",
      from: -0.8,
      to: 0.8,
      others: 0.8,
      towardsOthers: true,
    });
  });

  it("knows nobody as the loudest while two have said as much", () => {
    const even = talk(
      [1, "Ann", "It is what they are for."],
      [1, "Bob", "It is what they are for, and that is what we have."],
      [1, "Ann", "Yes, that is what it is."],
      [1, "Bob", "Yes, that is what it is."],
    );
    // Bob's first turn follows the only one who had spoken; before his second, both have said twelve words.
    expect(measureSycophancy(even).map((row) => row.agreesWithLoudest)).toEqual([1, 0]);
  });

  it("counts what was kept as no change of mind", () => {
    const first = holds("Ann", "for");
    const kept = holds("Ann", "for", { firmness: 0.7, grounds: "kept", before: first.id });
    expect(stanceMoves([...created("Ann"), first, kept])).toEqual([]);
  });

  it("keeps shares between 0 and 1", () => {
    const one = fc.tuple(
      fc.constantFrom(1, 2),
      fc.constantFrom("Ann", "Bob"),
      fc.constantFrom("Yes.", "No, not so.", "Good idea, I agree with you.", "It is what it is for me."),
    );
    fc.assert(
      fc.property(fc.array(one, { maxLength: 20 }), (said) => {
        for (const { agrees, disagrees, praises, echoes } of measureSycophancy(talk(...said))) {
          for (const value of [agrees, disagrees, praises, echoes]) {
            if (value !== undefined) expect(value >= 0 && value <= 1).toBe(true);
          }
          expect((agrees ?? 0) + (disagrees ?? 0)).toBeLessThanOrEqual(1);
        }
      }),
    );
  });
});

describe("convergence", () => {
  const words = "kettle winter market sister garden colour engine number doctor ticket".split(" ");
  /** Two people who share one word more in each step. */
  const nearing = Array.from({ length: 6 }, (_, step): Said[] => {
    const common = words.slice(0, step + 1);
    const rest = (from: number) => words.slice(5 + from, 5 + from + 1);
    return [
      [step + 1, "Ann", [...common, ...rest(step % 2), "alpha", "bravo", "candle"].join(" ")],
      [step + 1, "Bob", [...common, ...rest(2 + (step % 2)), "tulip", "velvet", "walnut"].join(" ")],
    ];
  }).flat();

  it("sees people draw together, and apart when the steps are turned round", async () => {
    const { rows, trends } = await measureConvergence(talk(...nearing));
    expect(rows).toHaveLength(6);
    expect(trends[0]).toMatchObject({ measure: "wording", verdict: "shrinking" });
    const back = nearing.map(([step, from, text]): Said => [7 - step, from, text]);
    expect((await measureConvergence(talk(...back))).trends[0]).toMatchObject({ verdict: "growing" });
  });

  it("does not depend on who speaks first in a step", async () => {
    const { rows } = await measureConvergence(talk(...nearing));
    const other = nearing.flatMap((_, at) => (at % 2 ? [nearing[at] as Said, nearing[at - 1] as Said] : []));
    const turned = (await measureConvergence(talk(...other))).rows;
    for (const [at, row] of rows.entries()) expect(turned[at]?.wording).toBeCloseTo(row.wording as number, 9);
  });

  it("compares what is meant by the embedder that is given", async () => {
    const embedder: Embedder = {
      id: "test/two",
      dimensions: 2,
      embed: async (texts) => texts.map((text) => Float32Array.from(text.includes("yes") ? [1, 0] : [0, 1])),
    };
    const entries = talk([1, "Ann", "yes"], [1, "Bob", "no"], [2, "Ann", "yes"], [2, "Bob", "oh yes"]);
    const { rows } = await measureConvergence(entries, { embedder });
    expect(rows.map((row) => row.meaning)).toEqual([1, 0]);
  });

  it("measures positions on shared topics at the end of each step", async () => {
    const steps = [0.8, 0.6, 0.4, 0.2, 0.1];
    const events = steps.flatMap((firmness, at) => [
      holds("Ann", "for", { firmness }),
      holds("Bob", "against", { firmness, topic: "the kettles" }),
      holds("Bob", "for", { topic: "trains" }),
      finished(at + 1),
    ]);
    const { rows, trends } = await measureConvergence([], { events });
    expect(rows.map((row) => Number(row.positions?.toFixed(9)))).toEqual([1.6, 1.2, 0.8, 0.4, 0.2]);
    expect(trends[1]).toMatchObject({ measure: "positions", verdict: "shrinking" });
    expect(trends[1]?.p).toBeCloseTo(2 / 120, 9);
  });

  it("is not measured on four steps", async () => {
    const { trends } = await measureConvergence(talk(...nearing.slice(0, 8)));
    expect(trends[0]).toMatchObject({ verdict: "not measured", reason: expect.stringContaining("Only 4 steps") });
  });
});
