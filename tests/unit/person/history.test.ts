import fc from "fast-check";
import { countTokens } from "gpt-tokenizer/encoding/o200k_base";
import { describe, expect, it } from "vitest";
import type { Message } from "../../../src/kernel/contracts/model.ts";
import { ownActions } from "../../../src/person/actions/own-actions.ts";
import { History } from "../../../src/person/memory/history/history.ts";
import { estimateTokens, messageTokens } from "../../../src/person/memory/token-estimate.ts";
import { shapeFor } from "../../../src/person/prompt/shape/shape-for.ts";
import { says, testPerson, textOf } from "../../support/person.ts";

const sentence = (turn: number, length: number): string =>
  Array.from({ length }, (_, word) => `word${(turn * 31 + word * 7) % 997}`).join(" ");

const words = shapeFor({ kinds: ownActions, following: "full", safety: { harmfulContent: true, copyright: true } });

/** How many messages at the beginning of both are the same objects. */
function common(one: readonly Message[], other: readonly Message[]): number {
  const at = one.findIndex((message, index) => message !== other[index]);
  return at === -1 ? one.length : at;
}

describe("the prompt over 200 turns", () => {
  it("only grows at its end, but for a few cuts, and every stimulus is paid for as new once", async () => {
    const { person, model } = testPerson((_request, call) => says(sentence(call, 60)), { repetition: false });
    for (let turn = 0; turn < 200; turn++) await person.listenAndAct(sentence(turn + 5000, 20), "Oscar");
    let cuts = 0;
    for (let turn = 1; turn < 200; turn++) {
      const [before, now] = [model.requests[turn - 1]?.messages ?? [], model.requests[turn]?.messages ?? []];
      const shared = common(before, now);
      // All of the last prompt but its volatile end is the beginning of the next one …
      if (shared === before.length - 1) continue;
      // … or the history was cut: then rules and persona are still the same objects.
      cuts += 1;
      expect(shared).toBeGreaterThanOrEqual(2);
      expect(now.length).toBeLessThan(before.length);
    }
    const marks = (model.requests[3]?.messages ?? []).flatMap((message, index) =>
      message.cacheUpToHere ? [index] : [],
    );
    expect(marks).toEqual([0, 1, 2, 4, 6, 8]); // rules, persona, and what was new in each turn
    expect(cuts).toBeGreaterThan(10);
    expect(cuts).toBeLessThan(50);
    const sizes = model.requests.map((request) =>
      request.messages.reduce((sum, message) => sum + messageTokens(message), 0),
    );
    expect(Math.max(...sizes.slice(50))).toBeLessThan(Math.max(...sizes.slice(0, 50)) * 1.1);
    const last = model.requests[199]?.messages ?? [];
    expect(textOf(last[2])).toContain(sentence(5000, 20));
    expect(textOf(last[4])).toMatch(
      /^<earlier>\d+ things that you perceived and did \(\d+ of your turns\) lie further back/,
    );
    expect(textOf(last.at(-2))).toContain(sentence(5199, 20));
  });
  it("keeps the last few turns whole, however much was heard in them", async () => {
    const { person, model } = testPerson((_request, call) => says(sentence(call, 60)), { repetition: false });
    for (let turn = 0; turn < 7; turn++) {
      for (let speaker = 0; speaker < 20; speaker++)
        person.listen(sentence(turn * 100 + speaker, 40), `Person ${speaker}`);
      await person.act();
    }
    const texts = (model.requests[6]?.messages ?? []).map(textOf);
    const missing = [0, 1, 2, 3, 4, 5, 6].filter((turn) => !texts.join().includes(sentence(turn * 100 + 19, 40)));
    expect(missing).toEqual([]);
    expect(texts.some((text) => text.startsWith("<earlier>"))).toBe(false);
  });
});

describe("a history", () => {
  const block = (turn: number, length: number) => ({
    perceived: [
      {
        kind: "stimulus" as const,
        id: `p#${turn}`,
        wakes: true,
        stimulus: { type: "CONVERSATION" as const, content: "?", source: "Oscar" },
      },
    ],
    actions: [{ type: "TALK", content: `Turn ${turn} it is.` }],
    messages: [
      { role: "user" as const, content: sentence(turn, length) },
      { role: "assistant" as const, content: `Turn ${turn} it is.` },
    ],
  });
  it("is never above its limit, unless one turn is, and counts what it leaves out", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 300 }), { minLength: 1, maxLength: 40 }),
        fc.integer({ min: 200, max: 900 }),
        (lengths, room) => {
          const history = new History({ tokens: room, turns: 1, mostTokens: room }, words);
          lengths.forEach((length, turn) => {
            history.append(block(turn, length));
            const shown = history.messages.filter((message) => message.role === "assistant");
            const [, events = 0, turns = 0] =
              /(\d+) things .*\((\d+) of/.exec(history.messages.map(textOf).join()) ?? [];
            expect(shown.length + Number(turns)).toBe(turn + 1);
            expect(Number(events)).toBe(2 * Number(turns));
            expect(shown.at(-1)?.content).toBe(`Turn ${turn} it is.`);
            const size = history.messages.reduce((sum, message) => sum + messageTokens(message), 0);
            const largest = messageTokens({ role: "user", content: sentence(turn, length) }) + 150;
            expect(size).toBeLessThanOrEqual(Math.max(room, 0.2 * room + largest + 150));
          });
        },
      ),
    );
  });
  it("says plainly what it left out", () => {
    const history = new History({ tokens: 200, turns: 1, mostTokens: 200 }, words);
    for (let turn = 0; turn < 9; turn++) history.append(block(turn, turn === 0 ? 4 : 12));
    const shown = history.messages.find((message) => textOf(message).startsWith("<earlier>"));
    expect(textOf(shown)).toMatchInlineSnapshot(`
      "<earlier>12 things that you perceived and did (6 of your turns) lie further back and are not shown here.
      You heard: Oscar 6×.
      Among what you said then:
      - “Turn 1 it is.”
      - “Turn 2 it is.”
      - “Turn 3 it is.”
      - “Turn 4 it is.”
      - “Turn 5 it is.”
      - “Turn 6 it is.”</earlier>"
    `);
  });
});

describe("the estimate of tokens", () => {
  const texts = {
    English:
      "We are thinking of opening a repair shop at the corner of your street; what would make you come in on a weekday?",
    "a turn": JSON.stringify({
      actions: [{ type: "TALK", target: "Oscar", content: "I'd come if someone mended it." }, { type: "DONE" }],
    }),
    German: "Ehrlich gesagt bringe ich meine Sachen lieber zum Schuster um die Ecke, der macht keine großen Worte.",
    French: "Franchement, je préfère l'atelier de mon cousin, où l'on discute plus qu'on ne répare.",
    Spanish: "La verdad es que no me fío de nadie que arregle cosas gratis; algo querrán, ¿no?",
    Polish: "Co sprawiłoby, że przyszlibyście w dzień powszedni? Szczerze mówiąc, wolę naprawiać sam.",
    Turkish: "Doğrusunu isterseniz, babamdan kalma eski radyomu kimseye emanet edemem.",
    Vietnamese: "Điều gì khiến bạn ghé qua vào ngày thường? Thật lòng mà nói, tôi chỉ cần một chỗ ngồi yên tĩnh.",
    Russian: "Честно говоря, я привык чинить всё сам, и посторонних к своему приёмнику не подпущу.",
    Greek: "Τι θα σας έκανε να έρθετε μια καθημερινή; Ειλικρινά, προτιμώ να τα φτιάχνω μόνος μου.",
    Arabic: "ما الذي يجعلك تأتي في يوم عمل؟ بصراحة، أفضل أن أصلح أشيائي بنفسي لأنني لا أثق بأحد.",
    Hindi: "आप सप्ताह के दिन क्यों आएँगे? सच कहूँ तो मैं अपना रेडियो किसी को नहीं देता।",
    Thai: "อะไรจะทำให้คุณแวะมาในวันธรรมดา พูดตรงๆ ฉันชอบซ่อมเองมากกว่า",
    Korean: "평일에 오시려면 무엇이 필요할까요? 솔직히 말해서 저는 가게가 바빠서 갈 시간이 없어요.",
    Japanese: "平日に来てもらうには何が必要でしょうか。笑わずに直してくれる人がいれば行きます。",
    Chinese: "说实话，我更愿意自己修，因为上次他们看一眼就要四十块钱，还叫我买新的。",
  };
  it.each(Object.entries(texts))("is near what o200k counts: %s", (_language, text) => {
    const share = estimateTokens(text) / countTokens(text);
    expect(share).toBeGreaterThan(0.67);
    expect(share).toBeLessThan(1.3);
  });
  it("is nothing for nothing", () => {
    expect(estimateTokens("")).toBe(0);
  });
});
