import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { themesChart } from "../../../../src/insight/themes/chart.ts";
import { codeAnswers, parseCodebook } from "../../../../src/insight/themes/codebook.ts";
import { codeAgain } from "../../../../src/insight/themes/second-coder.ts";
import { findThemes, type Themes } from "../../../../src/insight/themes/themes.ts";
import { createRandom } from "../../../../src/kernel/values/random.ts";
import { createLexicalEmbedder } from "../../../../src/model/embed/lexical.ts";
import { chartSvg } from "../../../../src/plot/svg.ts";
import { scriptedModel } from "../../../../src/testing/index.ts";
import { testContext } from "../../../support/context.ts";
import { promptOf } from "../../../support/person.ts";
import { topicEmbedder } from "../../../support/topics.ts";

const names = (count: number) => ({
  themes: Array.from({ length: count }, (_, at) => ({ group: at + 1, name: `Theme ${at + 1}`, description: "So." })),
});
const answersOf = (topics: readonly string[], each: number): string[] =>
  topics.flatMap((topic) => Array.from({ length: each }, (_, at) => `${topic} matters to me ${at}`));
const topics = ["price", "speed", "design", "support", "privacy"];

function opened(script: Parameters<typeof scriptedModel>[0] = [names(9)], seed = 1) {
  const embedder = topicEmbedder();
  const model = scriptedModel(script);
  return { context: testContext({ model, embedder, seed }), model, embedder };
}

const placesOf = ({ answers }: Themes) => new Map(answers.map(({ answer, theme }) => [answer, theme]));

describe("themes", () => {
  it("are as many as the answers have, named in one call, the weightiest first, with counts and examples", async () => {
    const { context, model } = opened([names(5)]);
    const answers = [...answersOf(topics, 12), ...answersOf(["price"], 20), "", "  "];
    const found = await findThemes(context, answers, { question: "Why?" });
    expect(model.requests).toHaveLength(1);
    expect(promptOf(model.requests[0] as never)).toContain("<question>\nWhy?");
    expect(found.themes.map(({ name, count }) => [name, count])).toEqual([
      ...[
        ["Theme 1", 32],
        ["Theme 2", 12],
        ["Theme 3", 12],
        ["Theme 4", 12],
        ["Theme 5", 12],
      ],
    ]);
    expect([found.n, found.blank]).toEqual([82, 2]);
    expect(found.themes[0]?.share).toBeCloseTo(0.4, 9);
    expect(found.themes[0]?.examples.every((example) => example.startsWith("price"))).toBe(true);
    const best = found.fit.toSorted((one, other) => other.silhouette - one.silhouette)[0];
    expect(best?.themes).toBe(5);
    expect(found.fit.map(({ themes }) => themes)).toEqual([2, 3, 4, 5, 6, 7, 8]);
    for (const { answer, theme } of found.answers) expect(theme === "blank").toBe(answer.trim() === "");
  });

  it("are at most so many and at least so many, and one where nothing parts the answers", async () => {
    const most = await findThemes(opened().context, answersOf(topics, 6), { max: 3 });
    expect(most.themes).toHaveLength(3);
    const least = await findThemes(opened().context, answersOf(topics, 6), { min: 7 });
    expect(least.themes.length).toBeGreaterThanOrEqual(7);
    expect((await findThemes(opened().context, answersOf(topics, 2), { max: 1 })).themes).toHaveLength(1);
    expect((await findThemes(opened().context, ["price a", "price a"])).themes).toHaveLength(1);
  });

  it("do not depend on the order of the answers, nor on how often it is asked", async () => {
    const answers = [...answersOf(topics, 8), "speed  matters to me 1", "price matters to me 0"];
    const first = await findThemes(opened().context, answers);
    await fc.assert(
      fc.asyncProperty(fc.integer(), async (seed) => {
        const { context } = opened([names(9), names(9)]);
        const shuffled = createRandom(seed).shuffle(answers);
        for (const _ of [1, 2]) {
          const found = await findThemes(context, shuffled);
          expect(placesOf(found)).toEqual(placesOf(first));
          expect({ ...found, answers: [] }).toEqual({ ...first, answers: [] });
          expect(found.answers.map(({ answer }) => answer)).toEqual(shuffled);
        }
      }),
      { numRuns: 10 },
    );
  });

  it("hold each answer in exactly one place, to the letter, whatever is answered and however it is named", async () => {
    const text = fc.oneof(fc.constantFrom("", " ", "price a", "price  a", "a\u0301 b", "\u00e1 b"), fc.string());
    const named = fc.array(
      fc.record({ group: fc.integer({ min: -1, max: 5 }), name: fc.string(), description: fc.string() }),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(text, { minLength: 1, maxLength: 25 }),
        fc.integer({ min: 1, max: 4 }),
        named,
        async (answers, max, themes) => {
          const said = answers.filter((answer) => answer.trim() !== "");
          const finding = findThemes(opened([{ themes }]).context, answers, { max });
          if (said.length === 0) {
            await expect(finding).rejects.toMatchObject({ code: "OPTION_INVALID" });
            return;
          }
          const found = await finding;
          expect(found.themes.length).toBeLessThanOrEqual(max);
          expect(found.answers.map(({ answer }) => answer)).toEqual(answers);
          for (const theme of found.themes) {
            const members = found.answers.filter((one) => one.theme === theme.id);
            expect(members).toHaveLength(theme.count);
            for (const example of theme.examples) expect(members.map(({ answer }) => answer)).toContain(example);
            expect([...theme.name].length).toBeGreaterThan(0);
            expect([...theme.name].length).toBeLessThanOrEqual(60);
          }
          expect(new Set(found.themes.map(({ name }) => name.toLowerCase())).size).toBe(found.themes.length);
          expect(found.themes.reduce((sum, { count }) => sum + count, 0)).toBe(said.length);
          expect(found.blank).toBe(answers.length - said.length);
        },
      ),
      { numRuns: 60 },
    );
  });

  it("are named by words where the model leaves one out, and on builtin without a call", async () => {
    const { context } = opened([{ themes: [{ group: 1, name: "Money", description: "It costs." }] }]);
    const found = await findThemes(context, answersOf(["price", "speed"], 6), { max: 2 });
    expect(found.themes.map(({ name, named }) => [name, named])).toEqual([
      ...[
        ["Money", "model"],
        [expect.stringContaining("speed"), "words"],
      ],
    ]);
    const model = scriptedModel([], { id: "builtin" });
    const byWords = testContext({ model, embedder: createLexicalEmbedder() });
    const offline = await findThemes(byWords, ["too expensive", "very expensive", "it crashes", "crashes daily"], {
      max: 2,
      min: 2,
    });
    expect(offline.compares).toBe("words");
    expect(offline.themes.map(({ name }) => name.split(",")[0]).sort()).toEqual(["crashes", "expensive"]);
  });

  it("throw what the model throws, and refuse what is no number", async () => {
    const { context } = opened([new Error("down")]);
    await expect(findThemes(context, ["a b", "c d"])).rejects.toThrow("down");
    for (const wrong of [{ max: 0 }, { max: 2.5 }, { max: 2, min: 3 }, { maximum: 3 } as object])
      await expect(findThemes(opened().context, ["a"], wrong)).rejects.toMatchObject({ code: "OPTION_INVALID" });
  });

  it("end when the run does", async () => {
    const stop = new AbortController();
    const embedder = topicEmbedder();
    const embed = embedder.embed;
    embedder.embed = async (texts) => {
      stop.abort("Ctrl-C");
      return embed(texts);
    };
    const context = testContext({ model: scriptedModel([names(3)]), embedder, signal: stop.signal });
    await expect(findThemes(context, answersOf(topics, 4))).rejects.toMatchObject({ code: "ABORTED" });
  });

  it("are a picture whose words are inert", async () => {
    const found = await findThemes(opened([{ themes: [{ group: 1, name: "<script>x", description: "" }] }]).context, [
      "a",
    ]);
    const svg = await chartSvg(themesChart(found));
    expect(svg).toContain("&lt;script&gt;x");
    expect(svg).not.toContain("<script");
  });
});

describe("coding by a codebook", () => {
  it("asks no model, gives each new answer the nearest theme with its distance, and says when there is none", async () => {
    const { context, model } = opened([names(5)]);
    const found = await findThemes(context, answersOf(topics, 10));
    const codebook = parseCodebook(JSON.parse(JSON.stringify(found.codebook)));
    expect(codebook).toEqual(found.codebook);
    const themeOf = (topic: string) => placesOf(found).get(`${topic} matters to me 3`);
    const coded = await codeAnswers(context, codebook, [
      "speed is all",
      "weather",
      " ",
      "price is all",
      "speed is all",
    ]);
    expect(coded.map(({ theme }) => theme)).toEqual([
      ...[themeOf("speed"), "other", "blank", themeOf("price"), themeOf("speed")],
    ]);
    expect(coded[1]?.distance).toBeGreaterThan(codebook.reach);
    expect(coded[2]).toEqual({ answer: " ", theme: "blank", name: "no answer" });
    expect(model.requests).toHaveLength(1);
    const again = await codeAnswers(
      context,
      codebook,
      found.answers.map(({ answer }) => answer),
    );
    expect(again).toEqual(found.answers);
  });

  it("refuses another embedder's vectors, and what is no codebook", async () => {
    const { codebook } = await findThemes(opened().context, ["a", "b"]);
    const other = testContext({ embedder: createLexicalEmbedder() });
    await expect(codeAnswers(other, codebook, ["a"])).rejects.toMatchObject({
      ...{ code: "OPTION_INVALID", hint: expect.stringContaining("test/topics") },
    });
    expect(() => parseCodebook({ ...codebook, reach: "far" })).toThrow(/reach/);
  });
});

describe("a second coder", () => {
  /** Reads the answers in the prompt, and sorts them by the theme's name in the codebook. */
  const sorts =
    (fault: (text: string) => boolean = () => false) =>
    (request: never) => {
      const prompt = promptOf(request);
      if (!prompt.includes("<codebook>"))
        return { themes: topics.map((name, at) => ({ group: at + 1, name: `${name} ${at}`, description: name })) };
      const lines = [...prompt.matchAll(/^\[(\d+)\] (\S+) (.*)$/gmu)];
      const book = [...prompt.matchAll(/^(\d+)\. \S+ \d: (\S+)$/gmu)];
      return {
        codes: lines.map(([, answer, topic, rest]) => ({
          answer: Number(answer),
          theme: fault(`${topic} ${rest}`) ? 0 : Number(book.find(([, , word]) => word === topic)?.[1] ?? 0),
        })),
      };
    };

  it("sorts by the codebook alone, in calls of 25, and says how far both agree", async () => {
    const { context, model } = opened(sorts() as never);
    const found = await findThemes(context, answersOf(topics, 12));
    const told: number[] = [];
    const coding = await codeAgain(context, found, { onProgress: (done, all) => told.push(done, all) });
    expect(model.requests).toHaveLength(1 + 3);
    for (const request of model.requests.slice(1)) expect(promptOf(request)).not.toMatch(/theme-\d/);
    expect(coding.rows).toHaveLength(60);
    expect(told.at(-2)).toBe(60);
    // Whose group is called what is chance here: what counts is that one name stands for one group.
    const pairs = new Set(coding.rows.map(({ first, second }) => `${first} ${second}`));
    expect(pairs.size).toBe(5);
    const some = await codeAgain(context, found, { most: 10 });
    expect(some.rows).toHaveLength(10);
  });

  it("is in full agreement with itself, in less where it differs, and without what has no usable answer", async () => {
    const own = opened(((request: never) => {
      const prompt = promptOf(request);
      if (!prompt.includes("<codebook>")) return names(2);
      const lines = [...prompt.matchAll(/^\[(\d+)\] (\S+)/gmu)];
      return { codes: lines.map(([, answer, word]) => ({ answer: Number(answer), theme: word === "price" ? 1 : 2 })) };
    }) as never);
    const answers = [...answersOf(["price"], 15), ...answersOf(["speed"], 12)];
    const found = await findThemes(own.context, answers, { max: 2 });
    const full = await codeAgain(own.context, found);
    expect([full.kappa, full.alpha]).toMatchObject([{ kappa: 1 }, { alpha: 1 }]);
    const half = opened(((request: never) => {
      const prompt = promptOf(request);
      if (!prompt.includes("<codebook>")) return names(2);
      const lines = [...prompt.matchAll(/^\[(\d+)\] (\S+) matters to me (\d+)/gmu)];
      return {
        codes: lines.flatMap(([, answer, word, number]) => {
          if (number === "1") return [];
          if (number === "2") return [{ answer: Number(answer), theme: 9 }];
          const theme = word === "price" ? 1 : 2;
          return [{ answer: Number(answer), theme: Number(number) % 3 === 0 ? 3 - theme : theme }];
        }),
      };
    }) as never);
    const again = await findThemes(half.context, answers, { max: 2 });
    const some = await codeAgain(half.context, again);
    expect(some.failed).toBe(4);
    expect(some.rows).toHaveLength(23);
    const { kappa } = some.kappa as { kappa: number };
    expect(kappa).toBeGreaterThan(0);
    expect(kappa).toBeLessThan(0.6);
  });

  it("has failures by call, and throws what all met", async () => {
    let calls = 0;
    const { context } = opened(((request: never) => {
      if (!promptOf(request).includes("<codebook>")) return names(5);
      calls += 1;
      if (calls === 2) throw Object.assign(new Error("down"), {});
      return { codes: Array.from({ length: 25 }, (_, at) => ({ answer: at + 1, theme: (at % 5) + 1 })) };
    }) as never);
    const found = await findThemes(context, answersOf(topics, 10));
    expect((await codeAgain(context, found)).failed).toBe(25);
    const refusing = opened(((request: never) => {
      if (!promptOf(request).includes("<codebook>")) return names(5);
      throw new Error("down");
    }) as never);
    const again = await findThemes(refusing.context, answersOf(topics, 3));
    await expect(codeAgain(refusing.context, again)).rejects.toThrow("down");
    await expect(codeAgain(context, { ...found, codebook: { ...found.codebook, themes: [] } })).rejects.toMatchObject({
      code: "OPTION_INVALID",
    });
  });
});
