import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  readSpeech,
  type SpeechLayout,
  type SpeechPiece,
  startSpeech,
} from "../../../src/person/turn/speech/speech-stream.ts";

const inActions: SpeechLayout = { in: "actions", speech: new Set(["TALK", "THINK"]), stopAt: new Set(["RECALL"]) };
const inFields: SpeechLayout = {
  in: "fields",
  fields: new Map([
    ["thought", "THINK"],
    ["say", "TALK"],
  ]),
};

function read(layout: SpeechLayout, chunks: readonly string[]): SpeechPiece[] {
  let state = startSpeech(layout);
  return chunks.flatMap((chunk) => {
    const next = readSpeech(state, chunk);
    state = next.state;
    return next.pieces;
  });
}

/** The pieces joined action by action. */
function joined(pieces: readonly SpeechPiece[]): readonly { index: number; action: string; text: string }[] {
  const whole = new Map<number, { index: number; action: string; text: string }>();
  for (const { index, action, text } of pieces) {
    whole.set(index, { index, action, text: (whole.get(index)?.text ?? "") + text });
  }
  return [...whole.values()];
}

const words = fc.oneof(
  fc.string({ unit: "grapheme" }),
  fc.constantFrom('say "no"', "a\\b", "줄\n바꿈\t끝", "👩‍👩‍👧", "</now>{}[]", ""),
);
const action = fc.oneof(
  fc.record({ type: fc.constantFrom("TALK", "THINK"), target: words, content: words }),
  fc.record({ type: fc.constantFrom("TALK", "THINK"), content: words }),
  fc.record({ content: words, type: fc.constantFrom("TALK", "THINK") }),
  fc.record({ type: fc.constant("BUY"), content: words, list: fc.array(fc.record({ type: words, content: words })) }),
  fc.constant({ type: "DONE" }),
);
const answer = fc.record({
  state: fc.record({ goals: words, context: fc.array(words), content: words, actions: fc.array(words) }),
  actions: fc.array(action),
});

/** JSON with every character outside ASCII written as an escape, as some servers do. */
const escaped = (text: string): string =>
  text.replace(/[\u0080-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);

describe("words in an answer that streams", () => {
  it("are the same however the text is split, escaped or laid out", () => {
    fc.assert(
      fc.property(answer, fc.constantFrom(0, 2), fc.boolean(), fc.array(fc.nat(400)), (value, space, ascii, cuts) => {
        const json = JSON.stringify(value, null, space);
        const text = ascii ? escaped(json) : json;
        const at = [...new Set([0, ...cuts.map((cut) => cut % (text.length + 1)), text.length])].toSorted(
          (a, b) => a - b,
        );
        const chunks = at.slice(1).map((end, index) => text.slice(at[index], end));
        const expected = value.actions.flatMap((one, index) => {
          const said = "content" in one && one.type !== "BUY" && one.content !== "";
          return said ? [{ index, action: one.type, text: one.content }] : [];
        });
        expect(joined(read(inActions, chunks))).toEqual(expected);
        for (const piece of read(inActions, chunks)) expect(piece.text.isWellFormed()).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
  it("are those of the list of actions alone", () => {
    const text = '{"notes":[{"type":"TALK","content":"Not this."}],"actions":[{"type":"TALK","content":"This."}]}';
    expect(joined(read(inActions, [text]))).toEqual([{ index: 0, action: "TALK", text: "This." }]);
  });
  it("are given for every single split into two of one answer", () => {
    const text =
      '{"state":{"goals":"x"},"actions":[{"type":"TALK","target":"Lisa","content":"\\ud83d\\ude00 \\"안녕\\" \\\\ ok\\n"},{"type":"DONE"}]}';
    for (let at = 0; at <= text.length; at++) {
      const pieces = read(inActions, [text.slice(0, at), text.slice(at)]);
      expect(joined(pieces)).toEqual([{ index: 0, action: "TALK", text: '😀 "안녕" \\ ok\n' }]);
      expect(pieces.every((piece) => piece.target === "Lisa")).toBe(true);
    }
  });
  it("come before their string ends", () => {
    expect(read(inActions, ['{"actions":[{"type":"TALK","content":"Good mor'])).toEqual([
      { action: "TALK", index: 0, text: "Good mor" },
    ]);
  });
  it("end where a question is asked: what follows it does not stand", () => {
    const text = JSON.stringify({
      actions: [
        { type: "THINK", content: "Who?" },
        { type: "RECALL", about: "him" },
        { type: "TALK", content: "Bob!" },
      ],
    });
    expect(joined(read(inActions, [text]))).toEqual([{ index: 0, action: "THINK", text: "Who?" }]);
  });
  it("are found in an answer of named fields, counted without the empty ones", () => {
    const text = '{"thought":"Hm.","say":"","to":"x"}';
    expect(joined(read(inFields, [...text]))).toEqual([{ index: 0, action: "THINK", text: "Hm." }]);
    expect(joined(read(inFields, [...'{"thought":"A","say":"B"}']))).toEqual([
      { index: 0, action: "THINK", text: "A" },
      { index: 1, action: "TALK", text: "B" },
    ]);
    expect(joined(read(inFields, [...'{"thought":"","say":"B"}']))).toEqual([{ index: 0, action: "TALK", text: "B" }]);
  });
  it("are never an error: anything may come", () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.string(), fc.constantFrom("{", "}", "[", "]", '"', "\\", "\\u12", ",", ":"))),
        (chunks) => {
          read(inActions, chunks);
          read(inFields, chunks);
        },
      ),
    );
    const fenced = [
      'Sure! Here "it" is:\n```json\n',
      '{"actions": [{"type": "TALK", "content": "Hi."}]}',
      '\n``` {"actions":[]}',
    ];
    expect(joined(read(inActions, fenced))).toEqual([{ index: 0, action: "TALK", text: "Hi." }]);
  });
  it("are not looked for deeper than any answer goes, where each further piece would cost more", () => {
    const chunks = Array.from({ length: 20_000 }, () => "{{[[");
    expect(read(inActions, chunks)).toEqual([]);
  });
  it("leave the state that was read from as it is", () => {
    const start = startSpeech(inActions);
    const before = JSON.stringify(start);
    const { state } = readSpeech(start, '{"actions":[{"type":"TALK","content":"A');
    const middle = JSON.stringify(state);
    expect(readSpeech(state, "B").pieces).toEqual(readSpeech(state, "B").pieces);
    expect([JSON.stringify(start), JSON.stringify(state)]).toEqual([before, middle]);
  });
});
