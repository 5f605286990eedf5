import { z } from "zod";
import type { PageOptions } from "../../../document/web/fetch-page.ts";
import { createPages, pageKey } from "../../../document/web/pages.ts";
import type { Context } from "../../../kernel/contracts/context.ts";
import type { ActionKind, ActorView } from "../../../kernel/contracts/faculty.ts";
import type { CallLog } from "../../../kernel/contracts/journal.ts";
import type { Outcome } from "../../../kernel/contracts/person.ts";
import { defineAction } from "../../actions/define-action.ts";
import { portionOf } from "../../faculties/document-answers.ts";

/** Which pages people read, and how. */
export interface PageReaderOptions extends Omit<PageOptions, "signal"> {
  /**
   * Any public page, not only those that the person found. Whoever writes a page can then have people send what they
   * know there, as a part of an address that they make up.
   */
  readonly anywhere?: boolean;
}

/** What each person of a run found so far. */
export class FoundPages {
  readonly #found = new WeakMap<CallLog, Map<string, Set<string>>>();

  add({ sources = [] }: Outcome, { id }: ActorView, { journal }: Context): void {
    const people = this.#found.get(journal.calls) ?? new Map<string, Set<string>>();
    this.#found.set(journal.calls, people);
    people.set(id, new Set([...(people.get(id) ?? []), ...sources.map(pageKey)]));
  }

  has(address: string, { id }: ActorView, { journal }: Context): boolean {
    return this.#found.get(journal.calls)?.get(id)?.has(pageKey(address)) ?? false;
  }
}

/** READ_PAGE: a page by its address, in portions; fetched once a run, as the documents faculty does. */
export function pageReader({ anywhere = false, ...options }: PageReaderOptions, found: FoundPages): ActionKind {
  const pages = createPages(options);
  return defineAction({
    type: "READ_PAGE",
    kind: "query",
    description: "read a web page that you found, by its `address`",
    args: z.object({
      address: z.string(),
      portion: z.number().int().min(1).optional().describe("of a long page, from 1"),
    }),
    run: async ({ address, portion = 1 }, who, context) => {
      if (!anywhere && !found.has(address, who, context)) return notFound;
      const { journal, outside, signal } = context;
      const how = { calls: journal.calls, variable: outside.variable, signal };
      const page = await pages.read(address, { ...how, failures: "served" });
      return portionOf({ name: page.location, document: page }, portion);
    },
  });
}

/** It does not repeat the address, which may be what somebody wanted to have sent. */
const notFound: Outcome = {
  text: "You can read only pages that you found by SEARCH_WEB, by the very address that it told you.",
  failed: { code: "PAGE_UNKNOWN" },
};
