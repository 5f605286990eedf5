import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type { Content } from "pdfmake";
import { loaded } from "../../kernel/text/files/packages.ts";
import { TinyTroupeError } from "../../kernel/values/errors.ts";
import { type Block, blocksOf, type Run } from "./blocks.ts";
import type { DocumentHead } from "./head.ts";

/** Any moment does, as long as it is always the same: a document is told by its content. */
const moment = new Date("2000-01-01T00:00:00Z");

/**
 * A Markdown text as a PDF of A4 pages; the same text gives the same bytes. Throws PACKAGE_MISSING, and OPTION_INVALID
 * for writing that its font has no signs for: only Latin, Greek and Cyrillic letters would be legible.
 */
export async function markdownAsPdf(markdown: string, head: DocumentHead): Promise<Uint8Array> {
  const strange = /[^\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Common}\p{Script=Inherited}]/u.exec(
    markdown,
  );
  if (strange !== null) throw noSigns(strange[0]);
  const { default: pdfmake } = await loaded(
    { packages: "pdfmake@0.3", whatFor: "Documents of this format" },
    () => import("pdfmake"),
  );
  const folder = join(dirname(createRequire(import.meta.url).resolve("pdfmake/package.json")), "fonts", "Roboto");
  pdfmake.setFonts(fonts(folder));
  // Nothing is fetched, and no file is read but the fonts.
  pdfmake.setUrlAccessPolicy(() => false);
  pdfmake.setLocalAccessPolicy((path) => path.startsWith(folder));
  const definition = {
    ...labels(head),
    defaultStyle: { font: "Roboto", fontSize: 11, lineHeight: 1.2 },
    content: (await blocksOf(markdown)).map(part),
  };
  return pdfmake.createPdf(definition).getBuffer();
}

/** What the file says of itself, and each of its pages. */
function labels({ title, author, stamp }: DocumentHead) {
  const info = { title, ...(author !== undefined && { author }), creationDate: moment };
  if (stamp === undefined) return { info };
  const keywords = stamp.facts.map((fact) => fact.join(": ")).join("; ");
  const footer = { text: stamp.line, fontSize: 7, color: "#666666", margin: [40, 10, 40, 0] as const };
  return { info: { ...info, subject: stamp.line, keywords }, footer };
}

function fonts(folder: string) {
  const file = (name: string): string => join(folder, `Roboto-${name}.ttf`);
  const Roboto = {
    normal: file("Regular"),
    bold: file("Medium"),
    italics: file("Italic"),
    bolditalics: file("MediumItalic"),
  };
  return { Roboto };
}

const sizes = [22, 18, 15, 13, 12, 11];
const pointsALevel = 18;
const gap = 6;

function part(block: Block): Content {
  switch (block.type) {
    case "heading":
      return { text: words(block.runs), fontSize: sizes[block.depth - 1] ?? 11, bold: true, margin: [0, gap, 0, gap] };
    case "paragraph":
      return { text: words(block.runs), margin: [block.level * pointsALevel, 0, 0, gap] };
    case "item":
      return {
        text: [`${block.mark} `, ...words(block.runs)],
        margin: [(block.level + 1) * pointsALevel, 0, 0, gap / 2],
      };
    case "code":
      return {
        text: block.text,
        fontSize: 9,
        preserveLeadingSpaces: true,
        margin: [block.level * pointsALevel, 0, 0, gap],
      };
    case "rule":
      return { canvas: [{ type: "line", x1: 0, y1: 0, x2: 515, y2: 0, lineWidth: 0.5 }], margin: [0, gap, 0, gap] };
    case "table": {
      const columns = Math.max(...block.rows.map((row) => row.length));
      const body = block.rows.map((row) =>
        Array.from({ length: columns }, (_, at) => ({ text: words(row[at] ?? []) })),
      );
      return { table: { headerRows: 1, body }, margin: [0, gap, 0, gap] };
    }
  }
}

function words(runs: readonly Run[]) {
  return runs.map(({ text, bold, italic, strike, link }) => ({
    text,
    ...(bold && { bold }),
    ...(italic && { italics: true }),
    ...(strike && { decoration: "lineThrough" as const }),
    ...(link !== undefined && { link, color: "#0645ad" }),
  }));
}

function noSigns(sign: string): TinyTroupeError<"OPTION_INVALID"> {
  return new TinyTroupeError("OPTION_INVALID", `The font of PDF documents has no sign for “${sign}”.`, {
    data: { option: "format", value: "pdf" },
    hint: "Export texts in this writing as docx, html or md.",
  });
}
