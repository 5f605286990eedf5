import { createHash } from "node:crypto";
import { resolve } from "node:path";
import { loadPicture } from "../../../document/pictures/load-picture.ts";
import { escapedHtml } from "../../../document/write/html/page.ts";
import { createRandom } from "../../../kernel/values/random.ts";
import { scriptOf } from "../../flow/next-item.ts";
import { ordersFor } from "../../flow/order.ts";
import type { SurveyOrder } from "../../flow/shown.ts";
import { type Instrument, itemsOf } from "../../instrument/document.ts";
import { partsOf } from "../../instrument/items.ts";
import { packagedPageScript } from "../../packaged-page.ts";
import type { PageData } from "./page/main.ts";
import { phrasesIn } from "./phrases.ts";
import { surveyStyle } from "./style.ts";

/** With what a page is made. */
export interface SurveyHtmlOptions {
  /** Where the files of pictures are looked for; the current folder unless told. */
  readonly folder?: string;
  /** The same seed gives the same orders, of which each reader has one by chance. */
  readonly seed?: number | string;
}

/** As many as there are rows in the balanced designs of up to 24 things. */
const ordersOnPage = 48;

/**
 * A page on which people take an instrument: one file that needs nothing else and sends nothing anywhere. The flow is the one
 * that everybody is asked by, with the same ids; answers are saved by whoever gave them, as CSV or JSON. Quotas, which need
 * to know of others, are left to those who gather answers. Throws FILE_UNREADABLE for a picture.
 */
export async function surveyHtml(
  instrument: Instrument,
  { folder = ".", seed = 1 }: SurveyHtmlOptions = {},
): Promise<string> {
  const { name, language, intro, thanks } = instrument;
  const data: PageData = {
    ...{ name, language, ...(intro !== undefined && { intro }), ...(thanks !== undefined && { thanks }) },
    script: { ...scriptOf(instrument), quotas: [] },
    orders: isOrdered(instrument) ? ordersFor(instrument, ordersOnPage, createRandom(seed)) : [],
    pictures: await picturesOf(instrument, folder),
    say: phrasesIn(language),
  };
  return page(instrument, { data, script: await packagedPageScript() });
}

function isOrdered(instrument: Instrument): boolean {
  const [order] = ordersFor(instrument, 1, createRandom(0));
  const { blocks, items, options, parts } = order as SurveyOrder;
  return blocks !== undefined || [items, options, parts].some((orders) => Object.keys(orders).length > 0);
}

async function picturesOf(instrument: Instrument, folder: string): Promise<Record<string, string>> {
  const files = itemsOf(instrument).flatMap((item) => [
    ...(item.image === undefined ? [] : [item.image]),
    ...partsOf(item).flatMap(({ options }) => options.flatMap(({ image }) => image ?? [])),
  ]);
  const loaded = [...new Set(files)].map(async (file) => {
    const { data, mediaType } = await loadPicture(resolve(folder, file));
    return [file, `data:${mediaType};base64,${Buffer.from(data).toString("base64")}`] as const;
  });
  return Object.fromEntries(await Promise.all(loaded));
}

const hashOf = (text: string): string => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;

function page(
  { name, language }: Instrument,
  { data, script }: { readonly data: PageData; readonly script: string },
): string {
  // Within a script element only "<" can end it or begin a comment.
  const json = JSON.stringify(data).replaceAll("<", "\\u003c");
  const policy = `default-src 'none'; script-src ${hashOf(script)}; style-src ${hashOf(surveyStyle)}; img-src data:; base-uri 'none'; form-action 'none'`;
  return `<!doctype html>
<html lang="${escapedHtml(language)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${escapedHtml(name)}</title>
<style>${surveyStyle}</style>
</head>
<body>
<main>
<h1 dir="auto">${escapedHtml(name)}</h1>
<noscript>JavaScript is needed to take this survey: it runs on this page alone, and sends nothing.</noscript>
<div id="survey" tabindex="-1"></div>
</main>
<script type="application/json" id="data">${json}</script>
<script>${script}</script>
</body>
</html>
`;
}
