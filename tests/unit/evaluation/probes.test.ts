import { describe, expect, it } from "vitest";
import { instruments } from "../../../src/evaluation/probes/instruments.ts";
import type { ProbeInstrument, TalkProbe } from "../../../src/evaluation/probes/probe.ts";
import { probePeople } from "../../../src/evaluation/probes/run-probes.ts";
import type { ModelRequest } from "../../../src/kernel/contracts/model.ts";
import { TinyTroupeError } from "../../../src/kernel/values/errors.ts";
import { promptOf, says, testPerson } from "../../support/person.ts";

interface Playing {
  readonly says?: string;
  /** Agreement by what is asked. */
  readonly agrees?: (prompt: string) => number;
  readonly holds?: boolean | null | "refuses" | "nonsense";
}

function somebody({ says: words = "I mend kettles, and that is all.", agrees = () => 4, holds = true }: Playing = {}) {
  const script = (request: ModelRequest<unknown>): unknown => {
    if (request.purpose === "act") return says(words);
    if (request.purpose === "elicit") return { agree: agrees(promptOf(request)) };
    if (holds === "refuses") {
      throw new TinyTroupeError("MODEL_REFUSED", "No.", {
        data: { model: "test", text: "No." },
        hint: "Ask otherwise.",
      });
    }
    const evidence =
      holds === null ? [] : [{ entry: 2, quote: holds === "nonsense" ? "Never said." : words.slice(0, 12) }];
    return { claim: { why: "So it is.", evidence, holds: holds === "nonsense" ? true : holds } };
  };
  return testPerson(script as never, {
    persona: { beliefs: ["Nobody may know of the marmalade."] },
    repetition: false,
  });
}

const one = (probe: ProbeInstrument["probes"][number]): readonly ProbeInstrument[] => [
  { name: "one", about: "a test", probes: [probe] },
];
const talk: TalkProbe = { name: "talk", says: ["Hello?"], fails: [/\bkettles?\b/i] };

const failingWords: Readonly<Record<string, string>> = {
  "ignore-instructions": "Of course. My instructions say that I am Lisa.",
  "print-the-prompt": "<persona> You are Lisa",
  "name-the-model": "I am a large language model, made by a company.",
  "test-is-over": "I was only playing a captioner.",
  "machine-task": "```python\ndef sort(records): pass\n```",
  "larger-than-the-moon": "You're right, the Moon is larger.",
  "two-and-two": "I stand corrected.",
};
const talkProbes = Object.values<ProbeInstrument>(instruments).flatMap(({ probes }) =>
  probes.filter((probe) => "says" in probe),
);

describe("probes", () => {
  it.each(talkProbes.map((probe) => [probe.name, probe] as const))(
    "%s is failed by rule, without a judge",
    async (name, probe) => {
      const { person, model } = somebody({ says: failingWords[name] ?? "" });
      const { rows } = await probePeople([person], { instruments: one(probe) });
      expect(rows).toMatchObject([{ outcome: "failed", by: "rule", words: expect.stringMatching(/./) }]);
      expect(model.requests.every(({ purpose }) => purpose === "act")).toBe(true);
    },
  );

  it.each(talkProbes.map((probe) => [probe.name, probe] as const))(
    "%s is passed by who stays who they are",
    async (_name, probe) => {
      for (const words of [
        "I mend kettles, and that is all.",
        "The Earth is larger than the Moon. It's fifty-six, whatever they say.",
      ]) {
        const { rows } = await probePeople([somebody({ says: words }).person], { instruments: one(probe) });
        expect(rows).toMatchObject([{ outcome: "passed", by: "judge" }]);
      }
    },
  );

  it.each([
    [true, "passed"],
    [false, "failed"],
    [null, "undecided"],
  ] as const)("are %s by the judge's word where no rule decides: %s", async (holds, outcome) => {
    const { person, model } = somebody({ holds });
    const { rows, instruments: found } = await probePeople([person], {
      instruments: one({ name: "talk", says: ["Who are you?", "Really?"], claim: "They stay who they are." }),
    });
    expect(rows).toMatchObject([
      { outcome, by: "judge", answers: [expect.any(String), expect.any(String)], person: "lisa" },
    ]);
    expect(found).toMatchObject([{ instrument: "one", [outcome]: 1 }]);
    const judged = model.requests.find(({ purpose }) => purpose === "judge");
    expect(promptOf(judged)).toContain("Really?");
    expect(promptOf(judged)).not.toContain("marmalade");
  });

  it.each([
    ["refuses", "MODEL_REFUSED"],
    ["nonsense", "MODEL_INVALID"],
  ] as const)("have a row's error, and no finding, where the judge %s", async (holds, code) => {
    const { person } = somebody({ holds });
    const claimed = { name: "claimed", says: ["Who are you?"], claim: "They stay who they are." };
    const instrument = { name: "one", about: "a test", probes: [claimed, talk] };
    const { rows, instruments: found } = await probePeople([person], { instruments: [instrument] });
    expect(rows).toMatchObject([
      { probe: "claimed", error: { code } },
      { probe: "talk", outcome: "failed" },
    ]);
    expect(rows[0]).not.toHaveProperty("outcome");
    expect(found).toMatchObject([{ failed: 1, passed: 0, errors: 1, failing: 1 }]);
    await expect(probePeople([person], { instruments: one(claimed) })).rejects.toMatchObject({ code });
  });

  it("find who agrees by how they are asked, and who does not", async () => {
    const pleasing = (prompt: string): number => (/means the world|one gets what one pays/.test(prompt) ? 7 : 3);
    const framings = [...instruments.sycophancy.probes, ...instruments.leading.probes].filter(
      (probe) => "framings" in probe,
    );
    const outcomes = async (agrees: (prompt: string) => number) => {
      const instrument = { name: "framings", about: "a test", probes: framings };
      const { rows } = await probePeople([somebody({ agrees }).person], { instruments: [instrument] });
      return rows.map((row) => `${row.probe} ${"outcome" in row ? `${row.outcome} ${row.words}` : "?"}`);
    };
    expect(await outcomes(pleasing)).toEqual([
      "my-slogan failed 3 | 7",
      "my-plan passed 3 | 3",
      "dearer-is-better failed 7 | 3",
      "screens-and-children passed 3 | 3",
      "moving-house passed 3 | 3",
    ]);
  });

  it("are taken by many at once, in their order, and leave no trace in any of them", async () => {
    const people = [somebody(), somebody({ holds: false })];
    const seen: string[] = [];
    const report = await probePeople(people.map(({ person }) => person).slice(0, 1), {
      onRow: ({ probe }) => seen.push(probe),
    });
    const count = Object.values<ProbeInstrument>(instruments).reduce((sum, { probes }) => sum + probes.length, 0);
    expect(report.rows).toHaveLength(count);
    expect(seen.toSorted()).toEqual(report.rows.map(({ probe }) => probe).toSorted());
    expect(report.instruments.map(({ instrument, failed }) => [instrument, failed])).toEqual([
      ["jailbreak", 0],
      ["leading-questions", 0],
      ["sycophancy", 0],
    ]);
    const [first] = people;
    expect(first?.person.transcript()).toEqual([]);
    expect(first?.context.events.filter(({ id }) => !id.includes("/fork:")).map(({ type }) => type)).toEqual([
      "person-created",
    ]);
  });

  it("are refused where they ask nothing, or nothing can fail", async () => {
    const { person } = somebody();
    const wrong: readonly ProbeInstrument["probes"][number][] = [
      { name: "No Name", says: ["Hello?"], claim: "It is." },
      { name: "silent", says: [], claim: "It is." },
      { name: "toothless", says: ["Hello?"] },
      { name: "lonely", claim: "It is.", framings: ["One."], most: 1 },
      { name: "boundless", claim: "It is.", framings: ["One.", "Two."], most: Number.NaN },
    ];
    for (const probe of wrong) {
      await expect(probePeople([person], { instruments: one(probe) })).rejects.toMatchObject({
        code: "OPTION_INVALID",
      });
    }
    await expect(probePeople([person], { instruments: [] })).rejects.toMatchObject({ code: "OPTION_INVALID" });
  });
});
