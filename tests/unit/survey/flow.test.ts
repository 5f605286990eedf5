import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Answer } from "../../../src/kernel/contracts/answers/answer.ts";
import { createRandom } from "../../../src/kernel/values/random.ts";
import { attentionOf } from "../../../src/survey/flow/attention.ts";
import { nextItem, scriptOf } from "../../../src/survey/flow/next-item.ts";
import { ordersFor } from "../../../src/survey/flow/order.ts";
import { type EndStep, type FlowOptions, type SurveyStep, Walk } from "../../../src/survey/flow/walk.ts";
import type { Instrument } from "../../../src/survey/instrument/document.ts";
import { parseInstrument } from "../../../src/survey/instrument/read/parse.ts";
import { derived, surveyOf } from "./instruments.ts";

const yes = (id: string, more: object = {}): object => ({ id, kind: "yes-no", text: `${id}?`, ...more });

/** Who says what is asked to the end, and in which order. */
function taken(instrument: Instrument, say: (id: string) => Answer["value"], options: FlowOptions = {}) {
  const answers: Answer[] = [];
  const asked: string[] = [];
  const way = new Walk(scriptOf(instrument), [], options);
  for (let steps = 0; steps <= 10_000; steps++) {
    const next: SurveyStep = nextItem(instrument, answers, options);
    expect(way.next()).toEqual(next);
    if (next.kind === "end") return { asked, end: next as EndStep };
    asked.push(next.item.id);
    for (const { id } of next.item.parts) {
      const value = say(id);
      answers.push(
        value === null
          ? { item: id, value, missing: "skipped", method: "person" }
          : { item: id, value, method: "person" },
      );
    }
    way.answer(answers.slice(-next.item.parts.length));
  }
  throw new Error("It does not end.");
}
const always = (answers: Record<string, string>) => (id: string) => answers[id] ?? "no";

describe("what comes next", () => {
  it("follows conditions and skips, and says what was not asked", () => {
    const survey = surveyOf([
      yes("drinks", { skip: [{ if: { item: "drinks", is: "no" }, to: "water" }] }),
      yes("black", { if: { item: "drinks", is: "yes" } }),
      yes("milk", { if: { all: [{ item: "black", is: "yes" }, { not: { item: "drinks", is: "no" } }] } }),
      yes("water"),
    ]);
    expect(taken(survey, always({})).asked).toEqual(["drinks", "water"]);
    expect(taken(survey, always({ drinks: "yes", black: "yes" })).asked).toEqual(["drinks", "black", "milk", "water"]);
    const { end } = taken(survey, always({}));
    expect(end.answers.map((answer) => [answer.item, answer.value, "missing" in answer ? answer.missing : ""])).toEqual(
      [
        ["drinks", "no", ""],
        ["black", null, "not-asked"],
        ["milk", null, "not-asked"],
        ["water", "no", ""],
      ],
    );
  });

  it("an answer to what is skipped does not count", () => {
    const survey = surveyOf([
      yes("a"),
      yes("b", { if: { item: "a", is: "yes" } }),
      yes("c", { if: { item: "b", is: "yes" } }),
    ]);
    const said: Answer[] = [
      { item: "a", value: "no", method: "person" },
      { item: "b", value: "yes", method: "person" },
    ];
    expect(nextItem(survey, said).kind).toBe("end");
  });

  it("pipes labels, and does not ask what has nothing to say", () => {
    const survey = surveyOf([
      {
        id: "kind",
        kind: "choice",
        text: "Which?",
        options: [
          { id: "g", label: "green tea" },
          { id: "b", label: "black tea" },
        ],
        other: true,
        optional: true,
      },
      { id: "why", kind: "text", text: "Why {{kind}}?" },
      { id: "else", kind: "text", text: "What of {{kind | tea}}?" },
    ]);
    const said = (answer: object) => {
      const next = nextItem(survey, [{ item: "kind", method: "person", ...answer } as Answer]);
      return next.kind === "item" ? next.item.text : undefined;
    };
    expect(said({ value: "g" })).toBe("Why green tea?");
    expect(said({ value: "other", other: "maté" })).toBe("Why maté?");
    expect(said({ value: null, missing: "skipped" })).toBe("What of tea?");
  });

  it("an earlier answer stays on its line, short, and options that it makes the same are told apart", () => {
    const labels = ["Kia", "{{first}}", "{{second}}"];
    const survey = surveyOf([
      { id: "first", kind: "text", text: "Which first?" },
      { id: "second", kind: "text", text: "Which second?" },
      {
        ...{ id: "again", kind: "choice", text: "{{first}} or {{second}}?" },
        options: labels.map((label, place) => ({ id: `o${place}`, label })),
      },
    ]);
    const said = (first: string, second: string) => {
      const answers = [
        { item: "first", value: first },
        { item: "second", value: second },
      ].map((answer) => ({ ...answer, method: "person" }) as Answer);
      const next = nextItem(survey, answers);
      return next.kind === "item" ? next.item : undefined;
    };
    expect(said("Kia\n- Other\r\n\nChoose only Other.", "b\u2028c")?.text).toBe(
      "Kia - Other Choose only Other. or b c?",
    );
    expect(said("a".repeat(5000), "b")?.text).toBe(`${"a".repeat(300)}… or b?`);
    const shown = said("kia", "Kia")?.parts[0]?.options.map(({ label }) => label);
    expect(shown).toEqual(["Kia", "kia (2)", "Kia (3)"]);
  });

  it("what follows from answers is worked out, and can be asked about", () => {
    const rows = { rows: [{ id: "staff", label: "The staff" }, "choice"], labels: ["poor", "fair", "good"] };
    const survey = surveyOf(
      [
        { id: "shop", kind: "matrix", text: "How is the shop?", ...rows },
        ...derived,
        { id: "half", kind: "computed", text: "", formula: "score / 0" },
        yes("why", { text: "Why {{score}}?", if: { item: "score", below: 2.5 } }),
        yes("never", { if: { item: "half", answered: true } }),
      ].map((item) => ("text" in item && item.text === "" ? { ...item, text: "Half" } : item)),
    );
    const said = (staff: string, choice: string) =>
      taken(survey, (id) => ({ "shop.staff": staff, "shop.choice": choice })[id] ?? "no");
    expect(said("good", "good").asked).toEqual(["shop"]);
    const { asked, end } = said("good", "poor");
    expect(asked).toEqual(["shop", "why"]);
    expect(end.answers.slice(2, 4)).toEqual([
      { item: "score", value: 2, method: "computed" },
      { item: "half", value: null, missing: "not-applicable", method: "computed" },
    ]);
    const next = nextItem(survey, end.answers.slice(0, 2));
    expect(next.kind === "item" && next.item.text).toBe("Why 2?");
  });

  it("tasks move, and their parts stay together", () => {
    const survey = surveyOf([
      {
        id: "t",
        kind: "best-worst",
        text: "?",
        options: ["a", "b", "c", "d", "e", "f", "g"],
        size: 3,
        partOrder: "shuffled",
      },
    ]);
    const orders = ordersFor(survey, 4, createRandom(1));
    const ids = orders.map((order) => {
      const next = nextItem(survey, [], { order });
      return next.kind === "item" ? next.item.parts.map(({ id }) => id) : [];
    });
    expect(new Set(ids.map((one) => one.join())).size).toBe(4);
    for (const one of ids) {
      expect(one).toHaveLength(14);
      for (const [place, id] of one.entries())
        if (place % 2 === 0) expect(one[place + 1]).toBe(id.replace("best", "worst"));
    }
  });

  it("attention checks are held against what is expected", () => {
    const survey = surveyOf([yes("a", { expect: "no" }), yes("b")]);
    expect(attentionOf(survey, taken(survey, always({ a: "yes" })).end.answers)).toEqual([
      { item: "a", expected: "no", passed: false },
    ]);
    expect(attentionOf(survey, [])).toEqual([{ item: "a", expected: "no", passed: null }]);
  });

  it("notes are read before what follows them", () => {
    const survey = surveyOf([
      { id: "n", kind: "note", text: "Read." },
      yes("a"),
      yes("b"),
      { id: "m", kind: "note", text: "Bye." },
    ]);
    const first = nextItem(survey, []);
    expect(first.kind === "item" && [first.item.id, first.notes.map(({ id }) => id), first.passed, first.of]).toEqual([
      "a",
      ["n"],
      1,
      4,
    ]);
    const second = nextItem(survey, [{ item: "a", value: "no", method: "person" }]);
    expect(second.notes).toEqual([]);
    expect(taken(survey, always({})).end.notes.map(({ id }) => id)).toEqual(["m"]);
  });

  it("ends for whom it is not, and for those of whom there are enough", () => {
    const survey = surveyOf(
      [
        yes("drinks", { screenOut: [{ if: { item: "drinks", is: "no" }, reason: "drinks no tea" }] }),
        yes("old"),
        yes("last"),
      ],
      { quotas: [{ name: "aged", if: { item: "old", is: "yes" }, most: 10 }] },
    );
    expect(taken(survey, always({})).end).toMatchObject({ reason: "screened-out", because: "drinks no tea" });
    const aged = always({ drinks: "yes", old: "yes" });
    expect(taken(survey, aged).end).toMatchObject({ reason: "complete" });
    expect(taken(survey, aged, { full: new Set(["aged"]) })).toMatchObject({
      asked: ["drinks", "old"],
      end: { reason: "quota-full", because: "aged" },
    });
  });
});

/** Any instrument that is valid: conditions and skips over earlier and later items, some optional. */
const instruments = fc
  .array(fc.record({ to: fc.nat(30), when: fc.option(fc.nat(30)), skips: fc.boolean(), block: fc.nat(2) }), {
    minLength: 1,
    maxLength: 12,
  })
  .map((drawn) =>
    surveyOf(
      drawn.map(({ to, when, skips }, place) =>
        yes(`i${place}`, {
          ...(when !== null && place > 0 && { if: { item: `i${when % place}`, is: "yes" } }),
          ...(skips && {
            skip: [
              {
                if: { item: `i${place}`, is: "yes" },
                to: place + 1 < drawn.length ? `i${place + 1 + (to % (drawn.length - place - 1))}` : "end",
              },
            ],
          }),
        }),
      ),
    ),
  );

describe("any instrument", () => {
  it("ends on every path, asks each item once, and nothing that its logic forbids", () => {
    fc.assert(
      fc.property(instruments, fc.array(fc.boolean(), { minLength: 12, maxLength: 12 }), (instrument, says) => {
        const said = (id: string): string => (says[Number(id.slice(1))] ? "yes" : "no");
        const { asked, end } = taken(instrument, said);
        expect(new Set(asked).size).toBe(asked.length);
        expect(end.answers.map(({ item }) => item)).toEqual(instrument.blocks[0]?.items.map(({ id }) => id));
        const items = instrument.blocks[0]?.items ?? [];
        let skippedTo = -1;
        for (const [place, item] of items.entries()) {
          const wanted =
            item.if === undefined ||
            ("item" in item.if && asked.includes(item.if.item) && said(item.if.item) === "yes");
          expect(asked.includes(item.id), item.id).toBe(place >= skippedTo && wanted);
          if (asked.includes(item.id) && said(item.id) === "yes" && item.skip) {
            const { to } = item.skip[0] as { to: string };
            skippedTo = to === "end" ? Number.POSITIVE_INFINITY : Number(to.slice(1));
          }
        }
      }),
      { numRuns: 150, seed: 8 },
    );
  });
});

describe("orders", () => {
  const counts = (all: readonly string[]) =>
    Object.values(Object.groupBy(all, (one) => one)).map((same) => same?.length);
  const survey = parseInstrument({
    ...{ survey: 1, name: "x", blockOrder: "balanced" },
    blocks: [
      { id: "first", fixed: true, items: [yes("screen")] },
      { id: "A", itemOrder: "balanced", items: ["a", "b", "c", "d"].map((id) => yes(id)) },
      {
        id: "B",
        items: [
          { id: "pick", kind: "choice", text: "?", options: ["x", "y", "z"], other: true, optionOrder: "balanced" },
        ],
      },
      {
        id: "C",
        itemOrder: "shuffled",
        items: [{ id: "far", kind: "likert", text: "?", labels: ["l", "m", "h"], optionOrder: "reversed" }, yes("e")],
      },
    ],
  });
  const orders = ordersFor(survey, 24, createRandom(3));

  it("are balanced over people: each in each place, and after each other one, as often", () => {
    const items = orders.map((order) => order.items["A"] as readonly string[]);
    expect(new Set(counts(items.flatMap((row) => row.map((id, place) => `${id}@${place}`))))).toEqual(new Set([6]));
    expect(new Set(counts(items.flatMap((row) => row.slice(1).map((id, place) => `${row[place]}>${id}`))))).toEqual(
      new Set([6]),
    );
    const options = orders.map((order) => order.options["pick"] as readonly string[]);
    expect(new Set(counts(options.flatMap((row) => row.map((id, place) => `${id}@${place}`))))).toEqual(new Set([8]));
    expect(counts(orders.map(({ options: { far } }) => (far as readonly string[]).join()))).toEqual([12, 12]);
    expect(new Set(counts(orders.flatMap(({ blocks = [] }) => blocks.map((id, place) => `${id}@${place}`))))).toEqual(
      new Set([8]),
    );
  });

  it("are what people see; what is fixed stays, and a scale keeps its own", () => {
    const [order] = orders.filter(({ options }) => options["far"]?.[0] === "h");
    const { asked } = taken(survey, (id) => (id === "pick" ? "x" : id === "far" ? "m" : "no"), { order: order! });
    expect(asked[0]).toBe("screen");
    expect(asked.filter((id) => "abcd".includes(id))).toEqual(order!.items["A"]);
    const before = (id: string): readonly Answer[] =>
      asked
        .slice(0, asked.indexOf(id))
        .map((item) => ({ item, value: { pick: "x", far: "m" }[item] ?? "no", method: "person" }));
    const next = nextItem(survey, before("far"), { order: order! });
    const part = next.kind === "item" ? next.item.parts[0] : undefined;
    expect([part?.options.map(({ id }) => id), part?.scale]).toEqual([
      ["h", "m", "l"],
      { kind: "ordinal", options: ["l", "m", "h"] },
    ]);
    const pick = nextItem(survey, before("pick"), { order: order! });
    expect(pick.kind === "item" && pick.item.parts[0]?.options.map(({ id }) => id)).toEqual([
      ...order!.options["pick"]!,
      "other",
    ]);
  });

  it("go by the seed, and by nothing else", () => {
    expect(ordersFor(survey, 24, createRandom(3))).toEqual(orders);
    expect(ordersFor(survey, 24, createRandom(4))).not.toEqual(orders);
  });

  it("stay when more people come after them, reversed ones too", () => {
    const scale = {
      id: "likes",
      kind: "likert",
      text: "Do you like it?",
      labels: ["no", "so so", "yes"],
      optionOrder: "reversed",
    };
    const turning = surveyOf([scale]);
    const firsts = (people: number) =>
      ordersFor(turning, people, createRandom(5)).map(({ options }) => options["likes"]?.[0]);
    const many = firsts(40);
    expect(firsts(13)).toEqual(many.slice(0, 13));
    const pairs = Array.from({ length: 20 }, (_, pair) => new Set(many.slice(2 * pair, 2 * pair + 2)).size);
    expect(pairs.every((size) => size === 2)).toBe(true);
    expect(new Set(many.filter((_, place) => place % 2 === 0)).size).toBe(2);
  });
});
