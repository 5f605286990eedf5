import { execFileSync } from "node:child_process";
import { chromium as installed } from "../chromium.ts";

/** What is used of Playwright here beside what the sources use. Scripts for a page are texts: our types have no DOM. */
interface Page {
  goto(url: string): Promise<unknown>;
  evaluate<T>(script: string): Promise<T>;
  screenshot(options: { fullPage: boolean }): Promise<Buffer>;
  emulateMedia(options: { media: "print" }): Promise<void>;
  pdf(options: { format: "A4"; margin: Record<"top" | "right" | "bottom" | "left", string> }): Promise<Buffer>;
  addInitScript(script: string): Promise<void>;
  on(event: "request", listener: (request: { url(): string }) => void): void;
  on(event: "console", listener: (message: { type(): string; text(): string }) => void): void;
  on(event: "pageerror", listener: (error: Error) => void): void;
  close(): Promise<void>;
}
interface Browser {
  newPage(options?: { viewport: { width: number; height: number }; colorScheme: "light" | "dark" }): Promise<Page>;
  close(): Promise<void>;
}

/** How a reader looks at a page. */
export interface Reader {
  readonly scheme: "light" | "dark";
  readonly width: number;
}

/** One part of a page, as brightness from 0 to z in a coarse grid: 12 rows of 24 signs, one after the other. */
export type Grid = string;

/** What came of opening a page. */
export interface Seen {
  /** Scripts that ran, requests, words on the console, what the policy forbade. */
  readonly complaints: readonly string[];
  /** How many pixels the page is wider than its window. */
  readonly overflow: number;
  /** Width and height of each chart that is shown, and the size of its smallest type as it is shown. */
  readonly charts: readonly (readonly [width: number, height: number, type: number])[];
  /** Links within the page that lead to no row of evidence, by their text. */
  readonly lost: readonly string[];
  readonly links: number;
  readonly png: Buffer;
  /** By name: the page, each section and each figure of it. */
  readonly parts: Readonly<Record<string, Grid>>;
}

/** Whether what the tests of pages need is installed: Chromium, and Playwright to drive it. */
export const browserThere =
  installed !== undefined &&
  (await import("playwright-core").then(
    () => true,
    () => false,
  ));

/** One browser for all pages. */
export async function openReaders() {
  const { chromium } = await import("playwright-core");
  const launch = chromium.launch as unknown as (options: object) => Promise<Browser>;
  const executablePath = execFileSync("sh", ["-c", `command -v ${installed}`], { encoding: "utf8" }).trim();
  const browser = await launch.call(chromium, { executablePath, chromiumSandbox: false });
  const desk = await browser.newPage();
  return {
    async read(url: string, { scheme, width }: Reader): Promise<Seen> {
      const page = await browser.newPage({ viewport: { width, height: 800 }, colorScheme: scheme });
      const complaints: string[] = [];
      page.on("request", (request) => void (request.url() === url || complaints.push(`request: ${request.url()}`)));
      page.on("console", (message) => void complaints.push(`${message.type()}: ${message.text()}`));
      page.on("pageerror", (error) => void complaints.push(`error: ${error.message}`));
      await page.addInitScript(spy);
      await page.goto(url);
      const found = await page.evaluate<Found>(look);
      const png = await page.screenshot({ fullPage: true });
      await page.close();
      const { parts, ran, ...rest } = found;
      const grids = await desk.evaluate<Grid[]>(
        `(${shrink})(${JSON.stringify({ png: png.toString("base64"), parts })})`,
      );
      return {
        ...rest,
        complaints: [...complaints, ...ran],
        png,
        parts: Object.fromEntries(parts.map(({ name }, place) => [name, grids[place] as Grid])),
      };
    },
    /** As it comes out of a printer, and how many pixels of tables and charts are cut off at the edge of the sheets. */
    async print(url: string): Promise<{ readonly pdf: Uint8Array; readonly cut: number }> {
      const page = await browser.newPage({ viewport: sheet, colorScheme: "light" });
      await page.goto(url);
      await page.emulateMedia({ media: "print" });
      const cut = await page.evaluate<number>(beyond);
      const pdf = await page.pdf({ format: "A4", margin: { top: "1cm", right: "1cm", bottom: "1cm", left: "1cm" } });
      await page.close();
      return { pdf: new Uint8Array(pdf), cut };
    },
    [Symbol.asyncDispose]: () => browser.close(),
  };
}

interface Found extends Pick<Seen, "overflow" | "charts" | "lost" | "links"> {
  readonly ran: readonly string[];
  readonly parts: readonly { readonly name: string }[];
}

/** A sheet of A4 between its margins, in pixels. */
const sheet = { width: 718, height: 1046 };

const beyond = `Math.max(0, ...[...document.querySelectorAll("table, pre, svg")].map(
  (element) => element.getBoundingClientRect().right - document.documentElement.clientWidth))`;

/** Notes what hostile text would do, before anything of the page is read. */
const spy = `window.ran = [];
for (const name of ["alert", "confirm", "prompt", "open"]) window[name] = () => void window.ran.push("ran: " + name);
document.addEventListener("securitypolicyviolation", ({ effectiveDirective }) => window.ran.push("policy: " + effectiveDirective));`;

const look = `(() => {
  const box = (element) => element.getBoundingClientRect();
  const named = (selector) => [...document.querySelectorAll(selector)].map((element, place) => {
    const { x, y, width, height } = box(element);
    return { name: selector + " " + place, x, y, width, height };
  });
  const links = [...document.querySelectorAll('a[href^="#"]')];
  return {
    ran: window.ran.concat([...document.scripts].map(() => "a script element")),
    overflow: document.documentElement.scrollWidth - document.documentElement.clientWidth,
    charts: [...document.querySelectorAll("svg")].filter((svg) => box(svg).width > 0).map((svg) => {
      const sizes = [...svg.querySelectorAll("text")].map((text) => parseFloat(getComputedStyle(text).fontSize));
      return [box(svg).width, box(svg).height, Math.min(...sizes) * svg.getScreenCTM().a];
    }),
    links: links.length,
    lost: links.filter((link) => !document.querySelector("li[id=" + JSON.stringify(link.hash.slice(1)) + "] blockquote"))
      .map((link) => link.textContent),
    parts: ["main", "section", "figure"].flatMap(named).filter(({ width, height }) => width >= 24 && height >= 12),
  };
})()`;

/** The mean brightness in each cell of a grid over each part of a picture. */
const shrink = `async ({ png, parts }) => {
  const image = await createImageBitmap(await (await fetch("data:image/png;base64," + png)).blob());
  const pen = new OffscreenCanvas(image.width, image.height).getContext("2d", { willReadFrequently: true });
  pen.drawImage(image, 0, 0);
  return parts.map((part) => {
    const { data, width, height } = pen.getImageData(part.x, part.y, part.width, part.height);
    const sums = new Float64Array(288), counts = new Float64Array(288);
    for (let y = 0; y < height; y += 1) for (let x = 0; x < width; x += 1) {
      const cell = Math.floor(y * 12 / height) * 24 + Math.floor(x * 24 / width), at = (y * width + x) * 4;
      sums[cell] += 0.2126 * data[at] + 0.7152 * data[at + 1] + 0.0722 * data[at + 2];
      counts[cell] += 1;
    }
    return [...sums].map((sum, cell) => Math.round(sum / counts[cell] / 255 * 35).toString(36)).join("");
  });
}`;
