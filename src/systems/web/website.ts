import { z } from "zod";
import type { System, SystemMeans } from "../../kernel/contracts/systems/system.ts";
import { gateOf, invalidSystem } from "../gate.ts";
import { type GuardedBrowser, openBrowser } from "./chromium.ts";
import type { WebsiteOptions } from "./options.ts";
import { openPage } from "./web-session.ts";

const control = z.string().min(1).describe('what is meant, as it stands on the page: button "Buy", or its name alone');

const moves = [
  { type: "CLICK", description: "click on `control` on the page that you see", args: z.object({ control }) },
  {
    type: "TYPE",
    description: "type `content` into the field `control` of the page; `submit` presses Enter after it",
    args: z.object({ control, content: z.string(), submit: z.boolean().optional() }),
  },
  {
    type: "CHOOSE",
    description: "choose `option` in the list `control` of the page",
    args: z.object({ control, option: z.string().min(1) }),
  },
  { type: "GO_BACK", description: "go back to the page before", args: z.object({}) },
  {
    type: "LOOK_FURTHER",
    description: "see the next part of a page that is too long to be seen at once",
    args: z.object({}),
  },
];

/**
 * A website that people use in Chromium, as its accessibility tree tells it: each session in a profile of its own, and
 * nothing but the allowed hosts within reach. Needs the package `playwright-core` and an installed Chromium.
 * Throws OPTION_INVALID, SYSTEM_REFUSED; opening a session PACKAGE_MISSING and SYSTEM_FAILED.
 * @example
 * const shop = websiteSystem({ name: "shop", url: "http://localhost:8080", allow: ["localhost:8080"] });
 */
export function websiteSystem(options: WebsiteOptions): System {
  const { name, url } = options;
  const gate = gateOf(name, options.allow);
  if (URL.parse(url) === null) throw invalidSystem("url", "an http or https address");
  gate.check(url);
  let opening: Promise<GuardedBrowser> | undefined;
  const browser = ({ variable }: SystemMeans): Promise<GuardedBrowser> => {
    opening ??= openBrowser({ system: name, gate, chromium: options.chromium, variable });
    return opening;
  };
  return {
    ...{ name, about: "a website", place: url, moves },
    open: async (means) => openPage((await browser(means)).browser, options, means.signal),
    close: async () => {
      const open = opening;
      opening = undefined;
      // Whoever opened it hears of the failure.
      await (await open?.catch(() => undefined))?.close();
    },
  };
}
