import { describe, expect, it } from "vitest";
import { estimateTokens } from "../../../../src/person/memory/token-estimate.ts";
import { promptOf, says, testPerson, textOf } from "../../../support/person.ts";

const places = ["mill", "bridge", "station", "church", "harbour", "school", "market", "tower"] as const;

/** A long life in which each part is about a place of its own, and each consolidation says which. */
async function longLife(turns: number) {
  const made = testPerson(
    (_request, call) =>
      says(`Answer ${call} about the ${places[call % 8]}, ${"and so on ".repeat(8)}${call}.`, "Oscar"),
    {
      repetition: false,
      memory: { consolidateAfter: 12 },
      model: {
        consolidations: (request) => {
          const turn = /Question (\d+)/.exec(promptOf(request))?.[1];
          return {
            summary: `From question ${turn} on we talked of my town, ${"and of this and that ".repeat(6)}too.`,
            added: [],
            revised: [],
            reflections: [],
          };
        },
      },
    },
  );
  for (let turn = 0; turn < turns; turn++) {
    await made.person.listenAndAct(
      `Question ${turn}: what about the ${places[turn % 8]}? ${"Well then. ".repeat(6)}`,
      "Oscar",
    );
  }
  const earlier = made.model.requests.map((request) =>
    request.messages.map(textOf).find((text) => text.startsWith("<earlier>")),
  );
  return { ...made, earlier };
}

describe("the note on what lies further back", () => {
  it("shows the summaries of what was consolidated, the latest in full and the older by count, and what came since as before", async () => {
    const { earlier } = await longLife(120);
    const last = earlier.at(-1) ?? "";
    expect(last).toMatch(/^<earlier>\d+ things that you perceived and did \(\d+ of your turns\) lie further back/);
    const shown = [...last.matchAll(/- From question (\d+) on/g)].map((match) => Number(match[1]));
    const older = Number(/\((\d+) earlier parts of your life/.exec(last)?.[1]);
    expect(shown.length).toBeGreaterThan(2);
    expect(shown).toEqual(shown.toSorted((one, other) => one - other));
    expect(older).toBeGreaterThan(5);
    expect(shown[0]).toBe(older * 6);
    expect(new Set(shown).size).toBe(shown.length);
    // What stands in a summary is not told once more: since the last one no more was heard than an episode or three hold.
    const counts = earlier.flatMap((note) => /Since then: You heard: Oscar (\d+)×/.exec(note ?? "")?.[1] ?? []);
    expect(counts.length).toBeGreaterThan(0);
    expect(Math.max(...counts.map(Number))).toBeLessThan(20);
    expect(estimateTokens(last)).toBeLessThan(440);
  });
  it("stays the same, byte for byte, until the history is shortened", async () => {
    const { model, earlier } = await longLife(60);
    let changed = 0;
    for (const [index, note] of earlier.entries()) {
      const before = earlier[index - 1];
      if (index === 0 || before === note) continue;
      changed += 1;
      const [then, now] = [model.requests[index - 1], model.requests[index]];
      expect(now?.messages.length).toBeLessThan(then?.messages.length ?? 0);
    }
    expect(changed).toBeGreaterThan(5);
    expect(changed).toBeLessThan(20);
  });
  it("tells all as before while nothing is consolidated", async () => {
    const { person, model } = testPerson(
      (_request, call) => says(`Answer ${call} about ${"this and that ".repeat(9)}.`),
      {
        repetition: false,
        memory: false,
      },
    );
    for (let turn = 0; turn < 60; turn++)
      await person.listenAndAct(`Question ${turn}? ${"Well then. ".repeat(6)}`, "Oscar");
    const text = promptOf(model.requests.at(-1));
    const [, turns] = /\((\d+) of your turns\)/.exec(text) ?? [];
    // The first turn stands apart: it is not left out.
    expect(text).toContain(`You heard: Oscar ${turns}×.`);
    expect(text).not.toContain("What you keep of it");
  });
  it("shows no summary that was forgotten since", async () => {
    const { person, earlier, model } = await longLife(40);
    expect(earlier.at(-1)).toContain("From question 18 on");
    await person.memory.forget(...(await person.memory.notes()).map((note) => note.id));
    for (let turn = 0; turn < 12; turn++)
      await person.listenAndAct(`Question ${turn + 40}: well? ${"Well then. ".repeat(9)}`, "Oscar");
    expect(promptOf(model.requests.at(-1))).not.toContain("From question 18 on");
  });
});
