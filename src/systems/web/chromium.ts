import { access, constants } from "node:fs/promises";
import { delimiter, join } from "node:path";
import type { Browser } from "playwright-core";
import type { Outside } from "../../kernel/contracts/context.ts";
import { loaded } from "../../kernel/text/files/packages.ts";
import { TinyTroupeError } from "../../kernel/values/errors.ts";
import { type Gate, systemFailed } from "../gate.ts";
import { openGuard } from "./guard.ts";

/** A browser that reaches what is allowed alone. */
export interface GuardedBrowser {
  readonly browser: Browser;
  close(): Promise<void>;
}

/** Which browser, and what it may reach. */
export interface BrowserWish {
  readonly system: string;
  readonly gate: Gate;
  /** The path of Chromium; else CHROMIUM_PATH, else where it is found. */
  readonly chromium?: string | undefined;
  readonly variable: Outside["variable"];
}

const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];
const usualPlaces = [
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
];

/** Starts Chromium behind a guard. Throws PACKAGE_MISSING where Playwright or Chromium is not installed, SYSTEM_FAILED. */
export async function openBrowser(wish: BrowserWish): Promise<GuardedBrowser> {
  const wanted = { packages: "playwright-core@1", whatFor: "Websites under test" };
  const playwright = await loaded(wanted, () => import("playwright-core"));
  const executablePath = await findChromium(wish);
  const guard = await openGuard(wish.gate);
  const env = Object.fromEntries(
    ["PATH", "HOME", "LANG", "TMPDIR"].flatMap((name) => {
      const value = wish.variable(name);
      return value === undefined ? [] : [[name, value]];
    }),
  );
  try {
    const browser = await playwright.chromium.launch({
      ...{ executablePath, env, proxy: { server: guard.address, bypass: "<-loopback>" } },
      // Chromium refuses its sandbox to root.
      chromiumSandbox: process.getuid?.() !== 0,
      args: ["--disable-quic", "--force-webrtc-ip-handling-policy=disable_non_proxied_udp"],
      ...{ handleSIGINT: false, handleSIGTERM: false, handleSIGHUP: false },
    });
    const close = async (): Promise<void> => {
      await browser.close();
      await guard.close();
    };
    return { browser, close };
  } catch (error) {
    await guard.close();
    throw systemFailed(wish.system, `${executablePath} cannot be started`, error);
  }
}

async function findChromium({ chromium, variable, system }: BrowserWish): Promise<string> {
  const told = chromium ?? variable("CHROMIUM_PATH");
  if (told !== undefined && told !== "") {
    if (await isProgram(told)) return told;
    throw systemFailed(system, `there is no Chromium at ${told}`);
  }
  const folders = (variable("PATH") ?? "").split(delimiter).filter((folder) => folder !== "");
  const places = [...folders.flatMap((folder) => names.map((name) => join(folder, name))), ...usualPlaces];
  for (const place of places) if (await isProgram(place)) return place;
  const command = "apt-get install chromium";
  throw new TinyTroupeError("PACKAGE_MISSING", "Websites under test need Chromium, which is not installed.", {
    data: { package: "chromium", command },
    hint: `Install it (on Debian: ${command}), or say in CHROMIUM_PATH where it is.`,
  });
}

const isProgram = (path: string): Promise<boolean> =>
  access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
