import { execFileSync } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { pageScript } from "../../scripts/generate-page.ts";
import type { Answer } from "../../src/kernel/contracts/answers/answer.ts";
import { nextItem } from "../../src/survey/flow/next-item.ts";
import { surveyHtml } from "../../src/survey/formats/html/survey-html.ts";
import type { Instrument } from "../../src/survey/instrument/document.ts";
import { packagedPageScript } from "../../src/survey/packaged-page.ts";
import { answerRow } from "../../src/survey/results/answer-row.ts";
import { readAnswer } from "../../src/survey/wording/read-answer.ts";
import { chromium as installed } from "../support/chromium.ts";
import { browserThere } from "../support/pages/browser.ts";
import { common, derived, further, surveyOf } from "../unit/survey/instruments.ts";

// A red and a blue dot.
const png = (hex: string): Buffer => Buffer.from(hex, "base64");
const red = png("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==");

const hostile = "</script><script>window.bad=1</script><img src=x onerror='window.bad=1'>\u202e{{drinks | x}}";
const items = [
  ...common.filter((item) => !["why", "intro"].includes((item as { id: string }).id)),
  { id: "why", kind: "text", text: `Why, as you said “{{kind}}”? ${hostile}`, hint: hostile, optional: true },
  ...further,
  ...derived,
  { id: "never", kind: "yes-no", text: "Never asked", if: { item: "drinks", is: "no" } },
  { id: "bye", kind: "note", text: `Nearly over. ${hostile}` },
];
const survey = surveyOf(items, { intro: "Hello.", thanks: "Thank you.", name: "tea & <cake>" });

/** What somebody answers, as `readAnswer` takes it. */
const said: Readonly<Record<string, unknown>> = {
  ...{
    drinks: "yes",
    kind: "other",
    where: ["in cafés", "at home"],
    likes: "a little",
    rank: ["sugar", "milk", "lemon"],
  },
  ...{ best: ["lemon", "milk"], cups: 3, points: "7", warm: 60, logo: "blue", nps: "9" },
  ...{ "price.too-cheap": 1, "price.cheap": 2.5, "price.expensive": 6, "price.too-expensive": 9 },
  ...{ spend: { tea: 30, cake: 20, cups: 0 }, "shop.staff": "good", "shop.choice": "poor" },
  ...{ "duel.coffee~tea": "tea", "duel.cocoa~tea": "cocoa", "duel.cocoa~coffee": "coffee" },
  ...{ "offer.1": "1", "offer.2": "none", words: ["warm", 'calm, "really"'], last: { kind: "black", cups: 2 } },
};
const answerFor = (id: string): unknown =>
  said[id] ?? (id.endsWith(".best") ? 0 : id.endsWith(".worst") ? 1 : undefined);

/** Options that want words. */
const open = (...ids: readonly string[]) => ids.map((id) => ({ id, label: id.toUpperCase(), open: true }));

/** The answers of somebody simulated who says the same: `why` is left out. */
function simulated(instrument: Instrument): readonly Answer[] {
  const answers: Answer[] = [];
  for (;;) {
    const next = nextItem(instrument, answers);
    if (next.kind === "end") return next.answers;
    for (const part of next.item.parts) {
      const given = answerFor(part.id);
      const read = readAnswer(
        part,
        typeof given === "number" && part.id.startsWith("traits") ? part.options[given]?.id : given,
      );
      if (next.item.optional) answers.push({ item: part.id, value: null, missing: "skipped", method: "person" });
      else if ("fault" in read) throw new Error(`${part.id}: ${read.fault}`);
      else
        answers.push({
          item: part.id,
          value: read.value,
          ...(part.id === "kind" && { other: "maté, =strong" }),
          method: "person",
        });
    }
  }
}

/** Fills in the item that the page shows, by what is on it, and goes on; gives the text of the page. */
const filling = `(said, other) => {
  const shown = document.getElementById("survey").innerText;
  const set = (field, value) => { field.value = value; field.dispatchEvent(new Event("input", { bubbles: true })); };
  const form = document.querySelector("form");
  if (!form) { document.querySelector("button.main").click(); return shown; }
  const parts = [...form.querySelectorAll(":scope > fieldset")];
  parts.forEach((part, place) => {
    const value = said[place];
    const of = (selector) => [...part.querySelectorAll(selector)];
    const labelled = (label) => of("label").find((one) => one.innerText.trim() === label)?.htmlFor;
    if (of("input[type=radio], input[type=checkbox]").length) {
      for (const input of of("input[type=radio], input[type=checkbox]"))
        if ([value].flat().includes(input.value) || value === of("input[type=radio]").indexOf(input)) input.click();
      for (const own of of(".own")) if ([value].flat().includes("other")) set(own, other);
    } else if (of(".option select").length) {
      for (const [place, id] of value.entries()) set(document.getElementById(labelled(id)), String(place + 1));
    } else if (of(".option input[type=number]").length) {
      for (const [id, amount] of Object.entries(value)) set(document.getElementById(labelled(id)), String(amount));
    } else if (of(".field").length) {
      for (const [id, inner] of Object.entries(value)) set(document.getElementById(labelled(id)), String(inner));
    } else if (value === undefined) { /* left out */ }
    else set(of("input, textarea")[0], Array.isArray(value) ? value.join("\\n") : String(value));
  });
  const skips = [...form.querySelectorAll("button")].find((button) => button.innerText === "Leave this out");
  (skips ?? form.querySelector("button[type=submit]")).click();
  return shown;
}`;

interface Page {
  goto(url: string): Promise<unknown>;
  evaluate<T>(script: string): Promise<T>;
  waitForEvent(name: "download"): Promise<{ path(): Promise<string>; suggestedFilename(): string }>;
  screenshot(options: object): Promise<Buffer>;
  on(event: string, listener: (about: { url(): string; text(): string }) => void): void;
}

describe.skipIf(!browserThere)("a survey's page in Chromium (needs chromium and playwright-core)", () => {
  let folder = "";
  let browser: { newPage(options?: object): Promise<Page>; close(): Promise<void> };
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "tinytroupe-survey-page-"));
    await writeFile(join(folder, "red.png"), red);
    await writeFile(join(folder, "blue.png"), red);
    const { chromium } = await import("playwright-core");
    const executablePath = execFileSync("sh", ["-c", `command -v ${installed}`], { encoding: "utf8" }).trim();
    const launch = chromium.launch as unknown as (options: object) => Promise<typeof browser>;
    browser = await launch.call(chromium, { executablePath, chromiumSandbox: false });
  }, 60_000);
  afterAll(async () => {
    await browser?.close();
    await rm(folder, { recursive: true, force: true });
  });

  async function opened(html: string) {
    const complaints: string[] = [];
    const page = await browser.newPage({ viewport: { width: 420, height: 800 } });
    page.on("console", (message) => complaints.push(message.text()));
    page.on("pageerror", (error) => complaints.push(String(error)));
    page.on("request", (request) => {
      if (!/^(?:file|data|blob):/.test(request.url())) complaints.push(request.url());
    });
    const file = join(folder, "page.html");
    await writeFile(file, html);
    await page.goto(pathToFileURL(file).href);
    return { page, complaints };
  }

  it("gives the answers that a simulated person gives who says the same, and hostile text does nothing", async () => {
    const { page, complaints } = await opened(await surveyHtml(survey, { folder }));
    const wanted = simulated(survey);
    const texts: string[] = [];
    for (let step = 0; step < 60; step++) {
      texts.push(
        await page.evaluate<string>(`(${filling})(${JSON.stringify(partsSaid(texts.length))}, "maté, =strong")`),
      );
      if (await page.evaluate<boolean>('document.getElementById("save-json") !== null')) break;
    }
    const download = page.waitForEvent("download");
    await page.evaluate('document.getElementById("save-json").click()');
    const saved = await download;
    expect(saved.suggestedFilename()).toMatch(/^tea & .cake. [0-9a-f]{6}\.json$/);
    const json = JSON.parse(await readFile(await saved.path(), "utf8"));
    expect(json).toEqual({ survey: "tea & <cake>", language: "en", reason: "complete", order: null, answers: wanted });
    const second = page.waitForEvent("download");
    await page.evaluate('document.getElementById("save-csv").click()');
    expect((await second).suggestedFilename()).toBe(saved.suggestedFilename().replace("json", "csv"));
    const csv = await readFile(await (await second).path(), "utf8");
    expect(csv.split("\r\n")[0]).toBe(Object.keys(answerRow(wanted[0] as Answer)).join());
    expect(csv).toContain('kind,other,,"maté, =strong",person\r\n');
    expect(texts.join("\n")).toContain("Why, as you said “maté, =strong”? </script><script>window.bad=1");
    expect(await page.evaluate("window.bad ?? null")).toBeNull();
    expect(complaints).toEqual([]);
  }, 60_000);

  it("asks again where something is wrong, and goes back", async () => {
    const { page, complaints } = await opened(
      await surveyHtml(
        surveyOf([
          {
            id: "a",
            kind: "checkbox",
            text: "Which?",
            options: ["x", "y", { id: "none", label: "none", exclusive: true }],
            least: 2,
          },
          { id: "note", kind: "note", text: "Look at this.", hint: "It is red.", image: "red.png" },
          { id: "b", kind: "yes-no", text: "Sure?", optional: true },
          { id: "c", kind: "checkbox", text: "Any?", options: open("p", "q"), least: 0 },
          { id: "d", kind: "list", text: "More?", least: 0 },
          { id: "e", kind: "number", text: "Degrees?" },
          { id: "f", kind: "checkbox", text: "Which of yours?", options: open("r", "s") },
        ]),
        { folder },
      ),
    );
    const faults = () =>
      page.evaluate<string>('[...document.querySelectorAll(".fault")].map((one) => one.innerText).join()');
    const click = (selector: string) => page.evaluate(`document.querySelector(${JSON.stringify(selector)}).click()`);
    await click("button[type=submit]");
    expect(await faults()).toBe("Something is missing here. Choose 2 to 3.");
    await click("input[value=x]");
    await click("button[type=submit]");
    expect(await faults()).toBe("Please look at this again. Choose 2 to 3.");
    await click("input[value=none]");
    expect(await page.evaluate('document.querySelector("input[value=x]").checked')).toBe(false);
    await click("button[type=submit]");
    expect(await page.evaluate("document.querySelector('legend').innerText")).toBe("Sure?");
    await page.evaluate('[...document.querySelectorAll("button")].at(-1).click()');
    expect(await page.evaluate("document.querySelector('legend').innerText")).toBe("Which?");
    // Every field has a name that a screen reader says.
    const unnamed =
      '[...document.querySelectorAll("input, select, textarea")].filter((field) => !field.labels?.length && !field.ariaLabel && !field.getAttribute("aria-labelledby")).length';
    expect(await page.evaluate(unnamed)).toBe(0);
    await click("input[value=none]");
    await click("button[type=submit]");
    expect(await page.evaluate("document.getElementById('survey').innerText")).toMatch(/Look at this.*It is red./s);
    expect(await page.evaluate("document.querySelectorAll('img').length")).toBe(1);
    await click("input[value=yes]");
    // What may be left empty is, a negative number stays one, and each open option keeps its words.
    for (const _ of ["b", "c", "d"]) await click("button[type=submit]");
    const write = (selector: string, value: string) =>
      page.evaluate(
        `{ const field = document.querySelector(${JSON.stringify(selector)}); field.value = ${JSON.stringify(value)}; field.dispatchEvent(new Event("input", { bubbles: true })); }`,
      );
    await write("input[type=number]", "-2");
    await click("button[type=submit]");
    await write(".option:nth-child(1) .own", " =one");
    await write(".option:nth-child(2) .own", "two");
    await click("button[type=submit]");
    const download = page.waitForEvent("download");
    await click("#save-csv");
    const csv = await readFile(await (await download).path(), "utf8");
    expect(csv.split("\r\n").slice(1, 7)).toEqual([
      ...['a,"[""none""]",,,person', "b,yes,,,person", "c,[],,,person", "d,[],,,person", "e,-2,,,person"],
      'f,"[""r"",""s""]",,R: =one; S: two,person',
    ]);
    expect(complaints).toEqual([]);
  }, 60_000);

  it("shows the bounds of numbers and texts, and says by them why something is no answer", async () => {
    const asked = surveyOf(
      [
        { id: "days", kind: "number", text: "Tage?", low: 0, high: 365, whole: true, unit: "Tage im Jahr" },
        { id: "warm", kind: "slider", text: "Wie warm?", lowLabel: "kalt", highLabel: "heiß", unit: "%" },
        { id: "why", kind: "text", text: "Warum?", most: 200 },
        { id: "price", kind: "number", text: "Preis?", low: 2 },
        { id: "two", kind: "checkbox", text: "Welche zwei?", options: ["a", "b", "c"], least: 2, most: 2 },
        { id: "three", kind: "list", text: "Welche drei?", least: 3, most: 3 },
      ],
      { language: "de" },
    );
    const { page } = await opened(await surveyHtml(asked, { folder }));
    const shown = () => page.evaluate<string>('document.getElementById("survey").innerText');
    const fault = () => page.evaluate<string>('document.querySelector(".fault").innerText');
    const next = () => page.evaluate('document.querySelector("button[type=submit]").click()');
    const write = (value: string) => page.evaluate(`document.querySelector("input, textarea").value = "${value}"`);
    expect(await shown()).toMatch(/Eine ganze Zahl von 0 bis 365\..*Tage im Jahr/s);
    await next();
    expect(await fault()).toBe("Hier fehlt noch etwas. Eine ganze Zahl von 0 bis 365.");
    await write("400");
    await next();
    expect(await fault()).toBe("Bitte hier noch einmal hinsehen. Eine ganze Zahl von 0 bis 365.");
    await write("7");
    await next();
    expect(await shown()).toMatch(/Eine Zahl von 0 bis 100\..*–.*%.*0 kalt.*100 heiß/s);
    await next();
    expect(await fault()).toBe("Hier fehlt noch etwas. Bitte den Regler bewegen.");
    await page.evaluate('document.querySelector("input").click()');
    expect(await page.evaluate("document.querySelector('output').innerText")).toBe("50");
    await next();
    expect(await shown()).toContain("Höchstens 200 Zeichen.");
    await write("Darum");
    await next();
    expect(await shown()).toContain("Eine Zahl ab 2.");
    await write("3");
    await next();
    expect(await shown()).toContain("Bitte 2 wählen.");
    await page.evaluate('for (const box of document.querySelectorAll("input[value=a], input[value=b]")) box.click()');
    await next();
    expect(await shown()).toContain("Eine je Zeile, 3 im Ganzen.");
  }, 60_000);
});

it("the script that comes along is made of the sources (npm run pages)", async () => {
  expect(await packagedPageScript()).toBe(await pageScript());
});

/** What is said to the item of a step of the page, part by part: the first step is the introduction. */
function partsSaid(step: number): readonly unknown[] {
  const asked = askedOf(survey)[step - 1];
  return asked?.map(answerFor) ?? [];
}

function askedOf(instrument: Instrument): readonly (readonly string[])[] {
  const all = simulated(instrument);
  const asked: string[][] = [];
  const answers: Answer[] = [];
  for (;;) {
    const next = nextItem(instrument, answers);
    if (next.kind === "end") return asked;
    const ids = next.item.parts.map(({ id }) => id);
    asked.push(ids);
    answers.push(...all.filter(({ item }) => ids.includes(item)));
  }
}
