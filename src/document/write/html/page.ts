import { createHash } from "node:crypto";
import { textOfCell } from "../../../kernel/text/files/csv.ts";

/** A part of a page: a heading, a picture, lines, a table, and whatever else was made for it. */
export interface Section {
  readonly heading: string;
  readonly svg?: string;
  readonly lines?: readonly string[];
  readonly rows?: readonly object[];
  /** HTML, in which all texts are `escapedHtml` or `isolated`. */
  readonly html?: string;
}

/** What stands around the body of a page. */
export interface PageFrame {
  readonly title: string;
  readonly body: string;
  readonly style: string;
  /** Of the texts that are the page's own. */
  readonly language?: string;
  /** What the page says of itself beside its title, by name. */
  readonly facts?: readonly (readonly [name: string, text: string])[];
}

/**
 * A page of HTML that needs nothing else: no script, no address that is fetched, and a policy that forbids both. Its title
 * says that it is simulated.
 */
export function htmlPage({ title, body, style: own, language, facts = [] }: PageFrame): string {
  const style = own + onPaper;
  const policy = createHash("sha256").update(style).digest("base64");
  const metas = facts.map(([name, text]) => `<meta name="${escapedHtml(name)}" content="${escapedHtml(text)}">\n`);
  return `<!doctype html>
<html${language === undefined ? "" : ` lang="${escapedHtml(language)}"`}>
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'sha256-${policy}'; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${escapedHtml(title)} · simulated</title>
${metas.join("")}<style>${style}</style>
</head>
<body>
<main>
${body}
</main>
</body>
</html>
`;
}

/** A report as such a page: a title, what has to be said first, and sections. Light and dark as the reader has it, of any width. */
export function reportPage(title: string, notices: readonly string[], sections: readonly Section[]): string {
  const body = [
    `<h1>${isolated(title)}</h1>`,
    notices.map((notice) => `<p class="notice">${escapedHtml(notice)}</p>`).join("\n"),
    sections.map(sectionOf).join("\n"),
  ].join("\n");
  return htmlPage({ title, body, style: pageStyle, language: "en" });
}

function sectionOf({ heading, svg, lines = [], rows = [], html = "" }: Section): string {
  const figure = svg === undefined ? "" : `<figure>${svg}</figure>\n`;
  return `<section>\n<h2>${isolated(heading)}</h2>\n${figure}${lines.map((line) => `<p>${escapedHtml(line)}</p>\n`).join("")}${tableOf(rows)}${html}</section>`;
}

/** Rows that a page shows of a table: more nobody reads, and browsers choke on them. */
const mostRows = 1_000;

/** Tables of more columns than these are written smaller, so that they fit a window. */
const mostColumns = 8;

function tableOf(rows: readonly object[]): string {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  if (columns.length === 0) return "";
  const figures = new Set(columns.filter((column) => isOfFigures(rows.map((row) => cellOf(row, column)))));
  const sort = (text: string): string => (isLong(text) ? "words" : longWord.test(text) ? "long" : "");
  const classed = (is: string): string => (is === "" ? "" : ` class="${is}"`);
  const cell = (value: unknown, column: string): string => {
    const isFigure = typeof value === "number";
    const text = isFigure ? figureOf(value) : textOfCell(value);
    return `<td${classed(isFigure || figures.has(column) ? "number" : sort(text))}>${isolated(text)}</td>`;
  };
  const cells = (row: object): string => columns.map((column) => cell(cellOf(row, column), column)).join("");
  const shown = rows.slice(0, mostRows);
  const said = [shown.length, rows.length].map((count) => count.toLocaleString("en-US"));
  const more = rows.length === shown.length ? "" : `<p>The first ${said[0]} of ${said[1]} rows.</p>\n`;
  const head = columns
    .map((name) => `<th scope="col"${classed(figures.has(name) ? "number" : sort(name))}>${isolated(name)}</th>`)
    .join("");
  const table = `<table${columns.length > mostColumns ? ' class="many"' : ""}>`;
  return `${more}<div class="table">${table}<thead><tr>${head}</tr></thead><tbody>\n${shown.map((row) => `<tr>${cells(row)}</tr>`).join("\n")}\n</tbody></table></div>\n`;
}

const cellOf = (row: object, column: string): unknown =>
  Object.hasOwn(row, column) ? Reflect.get(row, column) : undefined;

/** A column of numbers, or of texts that are numbers: they stand with their digits one below the other. */
function isOfFigures(cells: readonly unknown[]): boolean {
  const given = cells.map(textOfCell).filter((text) => text !== "");
  return given.length > 0 && given.every((text) => /^[+\-\u2212]?\d[\d.,]*(?:e[+-]?\d+)?(?: ?%)?$/.test(text));
}

/** Words that would stand one below the other in a narrow column. */
const isLong = (text: string): boolean => text.length > 40;
/** What no column is wide enough for where there are many. */
const longWord = /\S{14}/;

/** A number as people read it: four digits that say something. */
export const figureOf = (value: number): string =>
  String(Number.isInteger(value) ? value : Number(value.toPrecision(4)));

/** A name, which turns nothing that stands around it. */
export const isolated = (name: string): string => `<bdi>${escapedHtml(name)}</bdi>`;

/** Text that is no markup, on one line, without what steers a reader. */
export const escapedHtml = (raw: string): string =>
  textOfCell(raw).replace(/[&<>"'`]/g, (character) => `&#${character.charCodeAt(0)};`);

/** How such a page looks. */
export const pageStyle = `:root{color-scheme:light dark}
body{margin:0;background:light-dark(#fff,#16181b);color:light-dark(#1c1e21,#e6e6e6);font:1rem/1.5 system-ui,sans-serif}
main{max-width:72rem;margin:0 auto;padding:1rem;overflow-wrap:anywhere}
h1{font-size:1.3rem;margin:.5rem 0}
h2{font-size:1rem;margin:2rem 0 .5rem;border-bottom:1px solid light-dark(#ccc,#444)}
p{margin:.3rem 0;max-width:50rem}
figure{margin:.5rem 0;overflow-x:auto}
svg{max-width:100%;height:auto}
@media(max-width:42rem){svg[data-layout=wide]{display:none}}
@media(min-width:42.01rem){svg[data-layout=narrow]{display:none}}
.table{overflow-x:auto}
table{border-collapse:collapse;font-size:.9rem}
th,td{text-align:left;padding:.15rem .7rem .15rem 0;border-bottom:1px solid light-dark(#e4e4e4,#333);vertical-align:top;max-width:22rem;overflow-wrap:break-word}
.words{min-width:16rem}
@media(min-width:42.01rem) and (max-width:64rem){table{font-size:.8rem}th,td{padding-right:.45rem}.words{min-width:11rem}}
@media(min-width:64.01rem){.many{font-size:.8rem}.many :is(th,td){padding-right:.45rem}.many .words{min-width:11rem}}
.number{text-align:right;font-variant-numeric:tabular-nums}
.number+:not(.number){padding-left:.4rem}
.notice{border:1px solid;border-radius:.4rem;padding:.4rem .7rem}
`;

/** Printed, a page has no bars to scroll by, and no heading stands alone at the foot of a sheet. */
const onPaper = `@media print{
main{max-width:none;padding:0}
h1,h2,h3,header{break-after:avoid}
figure,tr,li,article{break-inside:avoid}
.table,table,pre{overflow:visible}
pre{white-space:pre-wrap}
table{display:table;font-size:.65rem}
.table :is(th,td){padding-right:.3rem}
.table :is(.words,.long){min-width:3rem;overflow-wrap:anywhere}
main>table td{overflow-wrap:anywhere}
}
`;
