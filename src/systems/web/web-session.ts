import type { Browser, BrowserContext, Locator, Page } from "playwright-core";
import type { Move, SystemSession, SystemView } from "../../kernel/contracts/systems/system.ts";
import { systemFailed } from "../gate.ts";
import { addressOf, wordsOf } from "../words.ts";
import type { WebsiteOptions } from "./options.ts";
import { type Control, meant, type PageView, pageViewOf, portionsOf } from "./page-view.ts";

/** In milliseconds: between two looks at a page that is still moving, and how often it is looked at. */
const look = { pause: 100, most: 15 } as const;
const quality = 60;

/** A browser profile with the first page. Throws SYSTEM_FAILED where it cannot be reached, and the signal's reason. */
export async function openPage(browser: Browser, options: WebsiteOptions, signal: AbortSignal): Promise<SystemSession> {
  const { viewport = { width: 1280, height: 800 }, name, url, seconds = 20 } = options;
  const context = await browser.newContext({ acceptDownloads: false, serviceWorkers: "block", viewport });
  const stop = (): void => void context.close().catch(() => undefined);
  signal.addEventListener("abort", stop, { once: true });
  try {
    const page = await context.newPage();
    const surfing = new Surfing(context, page, options);
    await page.goto(url, { timeout: seconds * 1_000, waitUntil: "load" });
    const close = async (): Promise<void> => {
      signal.removeEventListener("abort", stop);
      await context.close();
    };
    return { first: await surfing.shown(), do: (move) => surfing.do(move, signal), close };
  } catch (error) {
    await context.close().catch(() => undefined);
    signal.throwIfAborted();
    throw systemFailed(name, `${new URL(url).host} cannot be opened in a browser`, error);
  }
}

/** Somebody at a page. */
class Surfing {
  readonly #options: WebsiteOptions;
  #page: Page;
  #view: PageView = { lines: [], controls: [], words: [] };
  #portion = 0;
  /** What came up since the page was looked at last: dialogs, which are dismissed, and files, which are not kept. */
  #came: string[] = [];
  /** The windows that others opened, which can be closed. */
  readonly #opened = new WeakSet<Page>();

  constructor(context: BrowserContext, page: Page, options: WebsiteOptions) {
    this.#options = options;
    this.#page = page;
    this.#watch(page);
    context.on("page", (opened) => {
      const before = this.#page;
      this.#page = opened;
      this.#opened.add(opened);
      this.#watch(opened);
      opened.once("close", () => {
        if (this.#page === opened) this.#page = before;
      });
    });
  }

  async do(move: Move, signal: AbortSignal): Promise<SystemView> {
    const page = this.#page;
    try {
      if (move.type === "LOOK_FURTHER") return this.#further();
      const refusal = await this.#act(move);
      return refusal ?? (await this.shown());
    } catch (error) {
      signal.throwIfAborted();
      // What a page does not take is its user's mistake; where it can be looked at no more, there is nobody to make one.
      const shown = this.#page.isClosed() ? undefined : await this.shown().catch(() => undefined);
      if (shown === undefined) throw systemFailed(this.#options.name, "the browser has gone", error);
      // A window that closes itself does what was wanted of it.
      if (page.isClosed()) return shown;
      const text = "It cannot be done: it does not take that, something is in the way, or it takes too long.";
      return { ...shown, failed: "NOT_POSSIBLE", text };
    }
  }

  /** The page as it is once it has come to rest. */
  async shown(): Promise<SystemView> {
    const { seconds = 20, screenshots } = this.#options;
    this.#view = await this.#settled();
    this.#portion = 0;
    const url = this.#page.url();
    if (url.startsWith("chrome-error:")) return { text: "The page cannot be reached.", failed: "UNREACHABLE" };
    const text = this.#portions()[0] || "(an empty page)";
    const came = this.#came.splice(0).map((line) => `${line}\n`);
    const title = wordsOf(await this.#page.title(), [], 200);
    const data = screenshots && (await this.#page.screenshot({ type: "jpeg", quality, timeout: seconds * 1_000 }));
    const picture = data ? { picture: { data, mediaType: "image/jpeg" } } : {};
    return { text: `${came.join("")}${text}`, url: addressOf(url), ...(title !== "" && { title }), ...picture };
  }

  #portions(): readonly string[] {
    const portions = portionsOf(this.#view);
    return portions.map((portion, place) => {
      const left = portions.length - place - 1;
      return left === 0
        ? portion
        : `${portion}\n(The page goes on: LOOK_FURTHER shows the next of ${left} more parts.)`;
    });
  }

  #further(): SystemView {
    const next = this.#portions()[this.#portion + 1];
    if (next === undefined) return { text: "The page ends here.", failed: "NOT_FOUND" };
    this.#portion += 1;
    return { text: next, url: addressOf(this.#page.url()) };
  }

  /** Makes the move; gives why it cannot be made. */
  async #act({ type, args }: Move): Promise<SystemView | undefined> {
    const timeout = (this.#options.seconds ?? 20) * 250;
    if (type === "GO_BACK") return this.#back(timeout * 4);
    const named = String(args["control"]);
    const found = meant(named, this.#view);
    const [control, ...others] = found;
    if (control === undefined)
      return this.#not("NOT_FOUND", `There is nothing called ${wordsOf(named, [], 200)} here.`);
    if (others.length > 0)
      return this.#not("AMBIGUOUS", `Which is meant? ${found.map(({ label }) => label).join(", ")}`);
    const place = this.#page.locator(`aria-ref=${control.ref}`);
    if (type === "CLICK") await place.click({ timeout });
    else if (type === "CHOOSE") return this.#choose(place, control, { option: String(args["option"]), timeout });
    else {
      if (!/^(?:textbox|searchbox|combobox|spinbutton)$/.test(control.role))
        return this.#not("NOT_POSSIBLE", `Nothing can be typed into ${control.label}.`);
      await place.fill(String(args["content"] ?? ""), { timeout });
      if (args["submit"] === true) await place.press("Enter", { timeout });
    }
    return undefined;
  }

  /** To the page before; where there is none in a window that was opened, it is closed. */
  async #back(timeout: number): Promise<SystemView | undefined> {
    const page = this.#page;
    if ((await page.goBack({ timeout, waitUntil: "load" })) !== null) return undefined;
    if (!this.#opened.has(page)) return this.#not("NOT_POSSIBLE", "There is no page before this one.");
    await page.close();
    return undefined;
  }

  async #choose(
    place: Locator,
    { label, role }: Control,
    { option, timeout }: { readonly option: string; readonly timeout: number },
  ): Promise<SystemView | undefined> {
    if (role !== "combobox") return this.#not("NOT_POSSIBLE", `There is nothing to choose in ${label}.`);
    await place.selectOption({ label: option }, { timeout });
    return undefined;
  }

  #not(failed: string, text: string): SystemView {
    return { text, failed, url: addressOf(this.#page.url()) };
  }

  /** The tree once two looks in a row are alike: scripts may still be at work when a page has loaded. */
  async #settled(): Promise<PageView> {
    const timeout = (this.#options.seconds ?? 20) * 1_000;
    const take = async (): Promise<string> => {
      const page = this.#page;
      await page.waitForLoadState("load", { timeout }).catch(() => undefined); // what there is, is shown
      const body = page.locator("body");
      // A window that has just opened has none yet, and scripts can take it away.
      const isThere = await body.waitFor({ state: "attached", timeout: timeout / 4 }).then(
        () => true,
        () => false,
      );
      return isThere ? body.ariaSnapshot({ mode: "ai", timeout }) : "";
    };
    let tree = await take();
    for (let looks = 1; looks < look.most; looks++) {
      await new Promise((resume) => setTimeout(resume, look.pause));
      const next = await take();
      if (next === tree) break;
      tree = next;
    }
    return pageViewOf(tree);
  }

  #watch(page: Page): void {
    page.on("dialog", (dialog) => {
      // Who leaves a page means it: what it asks of them then has no words of its own.
      const leaves = dialog.type() === "beforeunload";
      if (!leaves) this.#came.push(`A window came up, and was closed: “${wordsOf(dialog.message(), [], 500)}”`);
      (leaves ? dialog.accept() : dialog.dismiss()).catch(() => undefined); // the page went away with it
    });
    page.on("download", (download) => {
      this.#came.push(`A file came, and was not kept: ${wordsOf(download.suggestedFilename(), [], 200)}`);
    });
  }
}
