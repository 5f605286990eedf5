import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { adReport, defineStudy, loadAds, testAds } from "../../src/index.ts";
import type { FakeRequest } from "../support/fake-provider/dialect.ts";
import { type FakeProvider, fakeProvider } from "../support/fake-provider/server.ts";
import { pngOf } from "../support/pages/png.ts";
import { type PlayOptions, type Project, tempProject } from "../support/project.ts";
import { chatModel, dialects, openaiAt } from "../support/served.ts";

const pictures = {
  red: pngOf(6, 4, [200, 30, 30]),
  green: pngOf(4, 4, [30, 160, 60]),
  blue: pngOf(4, 6, [20, 60, 200]),
};
const bytesOf = new Map(Object.entries(pictures).map(([name, png]) => [png.toString("base64"), name]));

let project: Project;
let server: FakeProvider;
beforeEach(async () => {
  [project, server] = await Promise.all([tempProject(), fakeProvider(answer)]);
  for (const [name, png] of Object.entries(pictures)) await writeFile(join(project.folder, `${name}.png`), png);
  await project.write("mixed.yaml", list(["red", "plain", "blue"]));
  await project.write("pictures.yaml", list(["red", "green", "blue"]));
});
afterEach(() => Promise.all([project[Symbol.asyncDispose](), server[Symbol.asyncDispose]()]));

/** Pictures alone, but for `plain`, which is words alone. */
const list = (names: readonly string[]): string =>
  JSON.stringify(
    names.map((name) =>
      name === "plain"
        ? { name, text: "Plain bread, plainly good.", brand: "Plainly" }
        : { name, image: `${name}.png`, description: `A ${name} loaf over a quiet harbour.`, brand: `${name} Bakery` },
    ),
  );

/** All that a prompt has of words and pictures, in order: pictures by their names. */
function partsOf({ body }: FakeRequest): readonly string[] {
  const contents = [body.messages ?? body.input ?? []]
    .flat()
    .flatMap((message) => [message.content, message.images ?? []].flat());
  return contents.flatMap((part) => {
    const data = JSON.stringify(part).match(/[A-Za-z0-9+/]{60,}=*/)?.[0];
    return data !== undefined && bytesOf.has(data) ? [`<${bytesOf.get(data)}>`] : [part.text ?? part];
  });
}

const picturesIn = (request: FakeRequest): readonly string[] => partsOf(request).filter((part) => /^<\w+>$/.test(part));
const askedOf = (request: FakeRequest): string => partsOf(request).join("\n");

/** By what is asked: whoever chooses takes the red one, by the letter under which its picture came. */
function answer(request: FakeRequest) {
  const asked = askedOf(request);
  const properties = Object.keys((request.schema as { properties?: object } | undefined)?.properties ?? {});
  if (properties.includes("choice")) {
    const choice = /Advert ([A-Z]):(?:(?!Advert [A-Z]:)[\s\S])*?(?:<red>|A red loaf)/.exec(
      asked.split("side by side").at(-1) ?? "",
    )?.[1];
    return { text: JSON.stringify({ why: "The red of it is warm.", choice: choice ?? "none" }) };
  }
  if (properties.includes("remembered")) {
    const remembered = [
      { what: "Red Bakery", said: "a red loaf" },
      { what: "some baker", said: "a harbour, blue, quiet" },
    ];
    return { text: JSON.stringify({ remembered }) };
  }
  if (properties.includes("noticed")) {
    return { text: JSON.stringify({ noticed: [picturesIn(request).at(-1) ?? "words"], reaction: "Mm.", appeal: 7 }) };
  }
  return {
    text: JSON.stringify({
      state: null,
      actions: [{ type: "TALK", target: null, content: "I slept." }, { type: "DONE" }],
    }),
  };
}

async function test(file: string, options: PlayOptions, people = ["lisa", "oscar", "marcos"]) {
  const ads = await loadAds([join(project.folder, file)]);
  const study = defineStudy({
    name: file,
    run: async (simulation) => testAds(simulation.context, { people: await simulation.loadPeople(people), ads }),
  });
  return project.play(study, options);
}
const openai: () => PlayOptions = () => ({ model: chatModel, variables: openaiAt(server.url) });

describe("adverts that are pictures", () => {
  it("reach people as the bytes of their files: one by one, then side by side, each after its letter, in the dealt orders", async () => {
    const { result, error } = await test("pictures.yaml", openai());
    expect(error).toBeUndefined();
    expect(server.requests).toHaveLength(3 * 6);
    for (const person of new Set(result.rows.map((row) => row.person))) {
      const own = server.requests.filter((request) => askedOf(request).includes(person));
      expect(own).toHaveLength(6);
      const orderBy = (place: "shown" | "beside"): readonly string[] =>
        result.rows
          .filter((row) => row.person === person)
          .toSorted((one, other) => one[place] - other[place])
          .map(({ ad }) => `<${ad}>`);
      const [alone, beside] = [orderBy("shown"), orderBy("beside")];
      for (const count of [1, 2, 3]) expect(picturesIn(own[count - 1] as FakeRequest)).toEqual(alone.slice(0, count));
      const choice = partsOf(own[3] as FakeRequest);
      expect(picturesIn(own[3] as FakeRequest)).toEqual([...alone, ...beside]);
      for (const [place, picture] of beside.entries()) {
        expect(choice[choice.lastIndexOf(picture) - 1]).toContain(`Advert ${"ABC"[place]}:`);
      }
      // No words in the place of what is seen.
      expect(choice.join("\n")).not.toContain("loaf over a quiet harbour");
    }
    expect(result.choices.map(({ choice, why }) => [choice, why])).toEqual(
      Array(3).fill(["red", "The red of it is warm."]),
    );
    expect(result.rows.filter(({ ad }) => ad === "red").every(({ recalled }) => recalled)).toBe(true);
    expect(result.rows.filter(({ ad }) => ad === "green").some(({ recalled }) => recalled)).toBe(false);
    expect(result.rows.every((row) => row.noticed[0] === `<${row.ad}>`)).toBe(true);
    expect(result).not.toHaveProperty("described");
  }, 20_000);

  it.each([dialects[1], dialects[2]])(
    "reach them through %s (%s), too, with words among them; nothing is asked twice",
    async (model, path, variables) => {
      const on = { model, variables: variables(server.url) };
      const { result, error } = await test("mixed.yaml", on, ["lisa"]);
      expect(error).toBeUndefined();
      const seen = server.requests.map((request) => JSON.stringify(request.body));
      expect(server.requests.every((request) => request.path.includes(path))).toBe(true);
      const times = (request: string | undefined, name: keyof typeof pictures): number =>
        (request?.split(pictures[name].toString("base64")).length ?? 0) - 1;
      expect([times(seen[3], "red"), times(seen[3], "blue"), times(seen[3], "green")]).toEqual([2, 2, 0]);
      expect(seen[3]?.split("Plain bread, plainly good.").length).toBe(3);
      expect(result.choices[0]?.choice).toBe("red");
      const again = await test("mixed.yaml", on, ["lisa"]);
      expect([again.error, again.result]).toEqual([undefined, result]);
      expect(server.requests).toHaveLength(6);
    },
    20_000,
  );

  it("are told in words where the model takes none, which is said; without words nothing is asked", async () => {
    const blind = { model: "openai/o3-mini", variables: openaiAt(server.url) };
    const { result, error, shown } = await test("mixed.yaml", blind, ["lisa"]);
    expect(error).toBeUndefined();
    expect(server.requests.flatMap(picturesIn)).toEqual([]);
    expect(askedOf(server.requests[3] as FakeRequest)).toContain(
      "(a picture; what it shows: A red loaf over a quiet harbour.)",
    );
    expect(result.described).toEqual(["red", "blue"]);
    expect(adReport(result)).toContain("Nobody saw the picture of red, blue");
    expect(shown.some((event) => event.type === "warning" && event.message.includes("takes no pictures"))).toBe(true);
    // Told by its words where no brand is named.
    expect(result.rows.map(({ ad, recalled }) => [ad, recalled])).toEqual([
      ["red", true],
      ["plain", false],
      ["blue", true],
    ]);
    const asked = server.requests.length;
    await project.write(
      "untold.yaml",
      JSON.stringify([
        { name: "red", image: "red.png" },
        { name: "plain", text: "Bread." },
      ]),
    );
    const untold = await test("untold.yaml", blind, ["lisa"]);
    expect(untold.error).toMatchObject({
      code: "MODEL_UNSUPPORTED",
      hint: expect.stringContaining("the picture of red shows"),
    });
    expect(server.requests).toHaveLength(asked);
  }, 20_000);
});
