import type { Content, NodesAround } from "pdfmake";
import { loaded } from "../../../kernel/text/files/packages.ts";
import { TinyTroupeError } from "../../../kernel/values/errors.ts";
import type { DocumentHead } from "../head.ts";
import { type Block, blocksOf, type Run } from "./blocks.ts";
import { type Fonts, fontsFor } from "./fonts.ts";
import { needsTurning, pdfTable } from "./pdf-table.ts";
import { sizeOf } from "./picture.ts";

/** Any moment does, as long as it is always the same: a document is told by its content. */
const moment = new Date("2000-01-01T00:00:00Z");

/**
 * A Markdown text as a PDF of A4 pages; the same text gives the same bytes. Throws PACKAGE_MISSING (emoji and symbols need
 * fonts of their own), and OPTION_INVALID for writing that would not be legible: only Latin, Greek and Cyrillic letters
 * would be, and signs that one of the fonts has.
 */
export async function markdownAsPdf(markdown: string, head: DocumentHead): Promise<Uint8Array> {
  const pictures = [...(head.figures?.values() ?? [])].map(({ svg }) => svg);
  const all = [markdown, head.stamp?.line ?? "", ...pictures].join("\n");
  const strange = /[^\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Common}\p{Script=Inherited}]/u.exec(
    all,
  );
  if (strange !== null) throw noSigns(strange[0]);
  const { default: pdfmake } = await loaded(
    { packages: "pdfmake@0.3", whatFor: "Documents of this format" },
    () => import("pdfmake"),
  );
  const fonts = await fontsFor(all);
  if (fonts.lacking !== undefined) throw noSigns(fonts.lacking);
  pdfmake.setFonts(fonts.faces);
  // Nothing is fetched, and no file is read but the fonts.
  pdfmake.setUrlAccessPolicy(() => false);
  pdfmake.setLocalAccessPolicy((path) => fonts.files.includes(path));
  const blocks = await blocksOf(markdown, head.figures);
  const turned = needsTurning(blocks);
  const definition = {
    ...labels(head, fonts),
    pageOrientation: turned ? ("landscape" as const) : ("portrait" as const),
    defaultStyle: { font: "Roboto", fontSize: 11, lineHeight: 1.2 },
    content: blocks.map((block) => part(block, { fonts, turned })),
    ...(blocks.filter(({ type }) => type === "heading").length <= mostHeadings && { pageBreakBefore: standsAlone }),
  };
  return pdfmake.createPdf(definition).getBuffer();
}

/** By its name what stands at the foot is told from the text: it comes after it. */
const footing = "footing";

/** What the file says of itself, and each of its pages. */
function labels({ title, author, stamp }: DocumentHead, fonts: Fonts) {
  const info = { title, ...(author !== undefined && { author }), creationDate: moment };
  const line = stamp === undefined ? [] : words([{ text: stamp.line }], fonts);
  const footer = (page: number, pages: number) => ({
    columns: [
      { text: line, width: "*" as const, style: footing },
      { text: pages > 1 ? `${page} / ${pages}` : "", width: 50, alignment: "right" as const, style: footing },
    ],
    ...{ style: footing, fontSize: 7, color: "#666666", margin: [40, 10, 40, 0] as const },
  });
  if (stamp === undefined) return { info, footer };
  const keywords = stamp.facts.map((fact) => fact.join(": ")).join("; ");
  return { info: { ...info, subject: stamp.line, keywords }, footer };
}

/** All is laid out anew for each heading that is moved: of more of them that would take longer than anybody waits. */
const mostHeadings = 200;

/** A heading after which nothing has room on its page. */
function standsAlone({ headlineLevel }: { headlineLevel?: number }, { getFollowingNodesOnPage }: NodesAround): boolean {
  return headlineLevel !== undefined && getFollowingNodesOnPage().every(({ style }) => style === footing);
}

const sizes = [22, 18, 15, 13, 12, 11];
const pointsALevel = 18;
const gap = 6;
/** What a picture may take of a page, in points; pixels are of 96 to the inch. */
const mostWide = 515;
const mostHigh = 700;
const pointsAPixel = 0.75;

interface Page {
  readonly fonts: Fonts;
  /** Its long side is across. */
  readonly turned: boolean;
}

function part(block: Block, { fonts, turned }: Page): Content {
  switch (block.type) {
    case "heading":
      return {
        text: words(block.runs, fonts),
        fontSize: sizes[block.depth - 1] ?? 11,
        bold: true,
        headlineLevel: block.depth,
        margin: [0, gap, 0, gap],
      };
    case "paragraph":
      return { text: words(block.runs, fonts), margin: [block.level * pointsALevel, 0, 0, gap] };
    case "item":
      return {
        text: [`${block.mark} `, ...words(block.runs, fonts)],
        margin: [(block.level + 1) * pointsALevel, 0, 0, gap / 2],
      };
    case "code":
      return {
        text: words([{ text: block.text }], fonts),
        fontSize: 9,
        preserveLeadingSpaces: true,
        margin: [block.level * pointsALevel, 0, 0, gap],
      };
    case "figure": {
      const { width, height } = sizeOf(block.figure.svg);
      const fit = [Math.min(mostWide, pointsAPixel * width), Math.min(mostHigh, pointsAPixel * height)] as const;
      return { svg: fonts.inSvg(block.figure.svg), fit, margin: [0, gap, 0, gap] };
    }
    case "rule":
      return {
        canvas: [{ type: "line", x1: 0, y1: 0, x2: mostWide, y2: 0, lineWidth: 0.5 }],
        margin: [0, gap, 0, gap],
      };
    case "table":
      return pdfTable(block, turned, (runs) => words(runs, fonts));
  }
}

/** A word that pdfmake breaks letter by letter takes time with the square of its length: longer ones have places to break. */
const longWord = /\S{1000}(?=\S)/gu;

function words(runs: readonly Run[], fonts: Fonts) {
  return runs.flatMap(({ text, bold, italic, strike, link }) =>
    fonts.stretches(text.replace(longWord, "$&\u200b")).map((stretch) => ({
      ...stretch,
      ...(bold && { bold }),
      ...(italic && { italics: true }),
      ...(strike && { decoration: "lineThrough" as const }),
      ...(link !== undefined && { link, color: "#0645ad" }),
    })),
  );
}

function noSigns(sign: string): TinyTroupeError<"OPTION_INVALID"> {
  return new TinyTroupeError("OPTION_INVALID", `The fonts of PDF documents have no sign for “${sign}”.`, {
    data: { option: "format", value: "pdf" },
    hint: "Export texts in this writing as docx, html or md.",
  });
}
