import { z } from "zod";
import type { PageOptions } from "../../../document/web/fetch-page.ts";
import { createPages } from "../../../document/web/pages.ts";
import type { ActionKind } from "../../../kernel/contracts/faculty.ts";
import { defineAction } from "../../actions/define-action.ts";
import { portionOf } from "../../faculties/document-answers.ts";

/** READ_PAGE: a page by its address, in portions; fetched once a run, as the documents faculty does. */
export function pageReader(options: Omit<PageOptions, "signal">): ActionKind {
  const pages = createPages(options);
  return defineAction({
    type: "READ_PAGE",
    kind: "query",
    description: "read a web page that you found, by its `address`",
    args: z.object({
      address: z.string(),
      portion: z.number().int().min(1).optional().describe("of a long page, from 1"),
    }),
    run: async ({ address, portion = 1 }, _who, { journal, signal }) => {
      const page = await pages.read(address, { calls: journal.calls, failures: "served", signal });
      return portionOf({ name: page.location, document: page }, portion);
    },
  });
}
