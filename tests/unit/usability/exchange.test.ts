import { describe, expect, it } from "vitest";
import type { TranscriptEntry } from "../../../src/kernel/contracts/events.ts";
import type { Visit } from "../../../src/kernel/contracts/systems/visit.ts";
import { exchangeAt, exchangeOf } from "../../../src/usability/findings/exchange.ts";

const entry = (id: string, type: string, text: string): TranscriptEntry => ({
  ...{ id, type, text, to: [], kind: type === "VISUAL" ? "stimulus" : "action", from: "Ann" },
});
const long = `${"a ".repeat(300)}the needle${" b".repeat(300)}`;
const step = (number: number, text: string) => ({
  ...{ number, id: `turn${number}.0`, aloud: [], seconds: 1, shown: { text } },
  move: { type: "SAY", args: { content: `words ${number}` } },
});
const visit: Visit = {
  ...{ system: "bot", person: "Ann", goal: "g", first: { text: "Welcome" }, end: "gave up", why: "No." },
  steps: [step(1, "Sorry?"), step(2, long)],
  transcript: [
    entry("v0", "VISUAL", "Welcome"),
    entry("mind", "THOUGHT", "My kettle leaks."),
    entry("turn1.0", "SAY", "words 1"),
    entry("v1", "VISUAL", "Sorry?"),
    entry("think", "THINK", "It does not listen."),
    entry("turn2.0", "SAY", "words 2"),
    entry("v2", "VISUAL", long),
    entry("end", "GIVE_UP", "No."),
  ],
};
const at = (id: string, words = "") =>
  exchangeAt(visit, visit.transcript.find((one) => one.id === id) as TranscriptEntry, words);

describe("the exchange behind a finding", () => {
  it("is what was done, what was shown to it, and what was said of that, whichever of them is quoted", () => {
    const first = { did: "SAY: words 1", showed: "Sorry?", said: "It does not listen." };
    for (const id of ["turn1.0", "v1", "think"]) expect(at(id), id).toEqual(first);
    expect(at("v0")).toEqual({ did: "", showed: "Welcome", said: "" });
    expect(at("mind").said, "what was on their mind").toBe("My kettle leaks.");
    expect(at("end")).toMatchObject({ did: "SAY: words 2", said: "No." });
    expect(exchangeOf(visit, visit.steps[1]).said).toBe("No.");
  });

  it("has the words that are quoted in it, however long it is", () => {
    expect(at("v2", "the needle").showed).toMatch(/^….*the needle.*…$/);
    expect(at("v2").showed).toMatch(/^a a .*…$/);
    expect(at("v2", "the needle").showed.length).toBeLessThan(250);
  });
});
