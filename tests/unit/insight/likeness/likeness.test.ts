import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { measureLikeness } from "../../../../src/insight/likeness/likeness.ts";
import { speechTurns } from "../../../../src/insight/likeness/turns.ts";
import type { TranscriptEntry } from "../../../../src/kernel/contracts/events.ts";

/** Lines such as "Ann: Hello." as a transcript of people; "(Moderator)" only asks. */
function talk(...lines: readonly string[]): readonly TranscriptEntry[] {
  return lines.map((line, index) => {
    const [from = "", text = ""] = line.split(/: (.*)/s);
    const outside = from.startsWith("(");
    const kind = outside ? "stimulus" : "action";
    return { id: `t#${index}`, kind, type: outside ? "CONVERSATION" : "TALK", from, to: [], text };
  });
}

const measured = (entries: readonly TranscriptEntry[], indicator: string) => {
  const row = measureLikeness(entries).rows.find((one) => one.indicator === indicator);
  return row?.value ?? row?.reason;
};

/** Six turns of 2, 4, 6, 3, 5 and 4 words after a question. */
const kettles = talk(
  "(Moderator): What is a kettle worth to you all?",
  "Ann: Sixty, perhaps.",
  "Bob: No, that is dear.",
  "Ann: Is it? I think it lasts.",
  "Bob: I doubt that.",
  "Ann: Yes, but it can break.",
  "Bob: I think it lasts.",
);

describe("turns at talk", () => {
  it("are what one says before another speaks; thoughts and deeds are none", () => {
    const entries = talk("Ann: One.", "Ann: Two.", "Bob: Three.");
    const thought: TranscriptEntry = { ...(entries[0] as TranscriptEntry), id: "x", type: "THINK", from: "Bob" };
    const turns = speechTurns([entries[0] as TranscriptEntry, thought, ...entries.slice(1)]);
    expect(turns.map(({ speaker, text, entries }) => [speaker, text, entries])).toEqual([
      ["Ann", "One.\nTwo.", ["t#0", "t#1"]],
      ["Bob", "Three.", ["t#2"]],
    ]);
  });

  it("are measured of those who act, or of those who are named", () => {
    expect(measureLikeness(kettles).speakers).toEqual(["Ann", "Bob"]);
    expect(measureLikeness(kettles, { speakers: ["(Moderator)"] }).speakers).toEqual(["(Moderator)"]);
  });
});

describe("the human-likeness meter", () => {
  it("measures what can be counted by hand", () => {
    expect(measured(kettles, "turn-length")).toBe(4);
    expect(measured(kettles, "turn-spread")).toBeCloseTo(Math.sqrt(10 / 5) / 4, 12);
    // Bob's first two and Ann's "Yes, but", of the five turns that follow another's.
    expect(measured(kettles, "dissent")).toBeCloseTo(3 / 5, 12);
    expect(measured(kettles, "questions")).toBeCloseTo(1 / 6, 12);
    // "perhaps" and twice "I think", in 24 words.
    expect(measured(kettles, "hedging")).toBeCloseTo(300 / 24, 12);
  });

  it("finds what a speaker says again, but not what another said", () => {
    const again = talk(
      ...["Ann: I want a cheap kettle.", "Bob: I want a cheap kettle.", "Ann: I want a cheap kettle."],
      ...["Bob: Mine broke in the winter.", "Ann: Trains are late again today.", "Bob: So many words for nothing."],
      ...["Ann: Green is a colour too.", "Bob: Never seen that before now."],
    );
    // Six turns follow an earlier one of the same speaker; one of them says nothing new.
    expect(measured(again, "self-repetition")).toBeCloseTo(1 / 6, 12);
  });

  it("looks at all earlier turns of a speaker, not at the last alone", () => {
    const lines = ["I want a cheap kettle.", "Mine broke in winter.", "Trains are late today.", "Green is a colour."];
    const back = talk(
      ...[...lines, "Never seen that before.", "I want a cheap kettle."].flatMap((line, at) => [
        `Ann: ${line}`,
        `(Moderator): And ${at}?`,
      ]),
    );
    expect(measured(back, "self-repetition")).toBeCloseTo(1 / 5, 12);
  });

  it("takes a no for dissent in the first two sentences alone", () => {
    const late = "It is fine. It works. I disagree with nobody.";
    const entries = talk(
      ...Array.from({ length: 8 }, (_, at) => `${at % 2 ? "Bob" : "Ann"}: ${late} It is what it is.`),
    );
    expect(measured(entries, "dissent")).toBe(0);
  });

  it("says why something was not measured, and gives no number then", () => {
    for (const row of measureLikeness(kettles.slice(0, 4)).rows) {
      expect(row).toMatchObject({ value: undefined, verdict: "not measured", reason: expect.stringMatching(/\.$/) });
    }
    expect(measured(kettles, "diversity")).toMatch(/100 words/);
  });

  it("has no word lists for a language that is only near to a known one", () => {
    const italian = "Secondo me il bollitore costa troppo, e non capisco perché dovrei comprarlo.";
    const rows = measureLikeness(
      talk(...Array.from({ length: 8 }, (_, at) => `${at % 2 ? "Ugo" : "Ida"}: ${italian}`)),
    ).rows;
    expect(rows.find((row) => row.indicator === "hedging")?.reason).toMatch(/language/);
    expect(rows.find((row) => row.indicator === "dissent")?.verdict).toBe("not measured");
    expect(rows.find((row) => row.indicator === "turn-length")).toMatchObject({ value: 12, verdict: "no reference" });
  });

  it.each([
    ["de", "Vielleicht ist er zu teuer, aber ich weiß nicht, ob der Preis wichtig ist.", 2],
    ["fr", "Peut-être que c'est un prix plutôt juste, mais je suis contre, et vous aussi.", 2],
    ["es", "Quizás es un poco caro, pero lo que me importa es que no se rompa.", 2],
    ["pt", "Talvez seja um pouco caro, mas o que me importa é que não quebre.", 2],
    ["ko", "아마 비싼 것 같아요. 그런데 고칠 수 있으면 좋겠어요.", 2],
    ["ja", "たぶん少し高いです。", 2],
    ["ar", "ربما السعر مرتفع قليلا في هذا المحل ولكن من الذي يدفع كل هذا.", 2],
  ])("counts hedges in %s", (language, sentence, hedges) => {
    const entries = talk(...Array.from({ length: 6 }, (_, at) => `${at % 2 ? "B" : "A"}: ${sentence}`));
    const { languages, rows } = measureLikeness(entries);
    expect(languages).toEqual([language]);
    const words = speechTurns(entries)[0]?.words.length ?? 0;
    const row = rows.find((one) => one.indicator === "hedging");
    expect(row?.value).toBeCloseTo((100 * hedges) / words, 9);
    expect(row?.band).toBeUndefined();
  });

  it("holds what English speakers say against the bands, whatever others speak", () => {
    const sentence = "아마 비싼 것 같아요. 그런데 고칠 수 있으면 좋겠어요.";
    const korean = talk(
      ...Array.from({ length: 5 }, (_, at) => [`(Moderator): 그리고 ${at}?`, `민지: ${sentence}`]).flat(),
    );
    const both = measureLikeness([...kettles, ...korean]);
    expect(both.languages).toEqual(["en", "ko"]);
    const [english, other] = ["en", "ko"].map((one) => both.rows.filter(({ language }) => language === one));
    expect(english).toEqual(measureLikeness(kettles).rows);
    expect(other?.find((row) => row.indicator === "turn-length")).toMatchObject({ turns: 5, verdict: "no reference" });
    expect(both.rows).toHaveLength(16);
    const shy = measureLikeness([...kettles, ...talk("Cem: Hm.")]);
    expect(shy.rows).toEqual(english);
  });

  it("names the source of each band, and marks what is our own reading", () => {
    const { rows } = measureLikeness(kettles);
    expect(rows.flatMap((row) => row.band ?? []).filter((band) => !band.ownReading)).toHaveLength(1);
    for (const { band } of rows) if (band?.ownReading) expect(band.source).toMatch(/^Our own reading\./);
    expect(rows.find((row) => row.indicator === "turn-length")).toMatchObject({ verdict: "below", band: { low: 24 } });
  });
});

describe("any transcript", () => {
  const line = fc.tuple(
    fc.constantFrom("Ann", "Bob", "Cem", "(Moderator)"),
    fc.constantFrom(
      "No, I doubt that.",
      "Maybe the kettle costs too much for me?",
      "Yes, I agree with you.",
      "It broke.",
    ),
  );
  const lines = fc
    .array(line, { maxLength: 40 })
    .map((found) => talk(...found.map(([who, what]) => `${who}: ${what}`)));

  it("gives finite values within their bounds", () => {
    const most = { dissent: 1, "self-repetition": 1, questions: 1, hedging: 100, distinguishability: 1 } as const;
    fc.assert(
      fc.property(lines, (entries) => {
        for (const { indicator, value } of measureLikeness(entries).rows) {
          if (value === undefined) continue;
          expect(Number.isFinite(value)).toBe(true);
          expect(value).toBeGreaterThanOrEqual(indicator === "distinguishability" ? -1 : 0);
          if (indicator in most) expect(value).toBeLessThanOrEqual(most[indicator as keyof typeof most] + 1e-9);
        }
      }),
    );
  });

  it("gives the same for turns in another order, where order is no part of the measure", () => {
    const apart = (entries: readonly TranscriptEntry[]) =>
      entries.flatMap((entry, at) => [
        entry,
        { ...entry, id: `m${at}`, kind: "stimulus" as const, from: "(Pause)", type: "CONVERSATION" },
      ]);
    fc.assert(
      fc.property(lines, (entries) => {
        for (const indicator of ["turn-length", "turn-spread", "questions", "hedging", "distinguishability"]) {
          const [one, other] = [measured(apart(entries), indicator), measured(apart(entries.toReversed()), indicator)];
          if (typeof one === "number") expect(other).toBeCloseTo(one, 9);
          else expect(other).toBe(one);
        }
      }),
    );
  });
});
