import type { Paragraph, ParagraphChild, Table } from "docx";
import { loaded } from "../../../kernel/text/files/packages.ts";
import type { DocumentHead } from "../head.ts";
import { type Block, blocksOf, type Run } from "./blocks.ts";
import { needsTurning } from "./pdf-table.ts";
import { pngOf, sizeOf } from "./picture.ts";

type Docx = typeof import("docx");

/** Any moment does, as long as it is always the same: a document is told by its content. */
const moment = new Date("2000-01-01T00:00:00Z");

/** A Markdown text as a Word document; the same text gives the same bytes. Throws PACKAGE_MISSING. */
export async function markdownAsDocx(markdown: string, head: DocumentHead): Promise<Uint8Array> {
  const [docx, { strToU8, strFromU8, unzipSync, zipSync }] = await loaded(
    { packages: "docx@9 fflate@0.8", whatFor: "Documents of this format" },
    () => Promise.all([import("docx"), import("fflate")]),
  );
  const blocks = await blocksOf(markdown, head.figures);
  const children: (Paragraph | Table)[] = [];
  for (const block of blocks) {
    children.push(block.type === "figure" ? await picture(docx, block) : part(docx, block));
  }
  const document = new docx.Document({
    ...properties(head),
    styles: { default: looks },
    sections: [{ children, ...sheet(docx, blocks), ...footer(docx, head) }],
  });
  const ids = new Map<string, string>();
  const settled = (name: string, bytes: Uint8Array): Uint8Array => {
    if (name === "docProps/core.xml") return strToU8(strFromU8(bytes).replace(anyTime, moment.toISOString()));
    if (name !== "word/document.xml" && name !== "word/_rels/document.xml.rels") return bytes;
    let pictures = 0;
    const text = strFromU8(bytes).replace(anyLinkId, (id) => numbered(id, ids));
    return strToU8(text.replace(anyPictureId, () => `<wp:docPr id="${++pictures}"`));
  };
  const files = Object.entries(unzipSync(await docx.Packer.toBuffer(document)));
  const settledFiles = files.map(([name, bytes]) => [name, settled(name, bytes)] as const);
  return zipSync(Object.fromEntries(settledFiles), { mtime: moment });
}

function properties({ title, author = "", stamp }: DocumentHead) {
  const named = { title, creator: author, lastModifiedBy: author };
  if (stamp === undefined) return named;
  return { ...named, description: stamp.line, customProperties: stamp.facts.map(([name, value]) => ({ name, value })) };
}

/** Sizes in half points, and room in twentieths of a point. */
const looks = {
  document: { run: { font: "Calibri", size: 22 }, paragraph: { spacing: { after: 120 } } },
  ...Object.fromEntries(
    [36, 30, 26, 24, 22, 22].map((size, place) => [
      `heading${place + 1}`,
      {
        run: { size, bold: true, color: "1C1E21" },
        // Never alone at the foot of a page.
        paragraph: { spacing: { before: place === 0 ? 0 : 240, after: 80 }, keepNext: true },
      },
    ]),
  ),
};

/** A page is turned for wide tables, as a PDF's is. */
function sheet({ PageOrientation }: Docx, blocks: readonly Block[]) {
  return needsTurning(blocks) ? { properties: { page: { size: { orientation: PageOrientation.LANDSCAPE } } } } : {};
}

/** On each page, with its number. */
function footer({ AlignmentType, Footer, PageNumber, Paragraph, TextRun }: Docx, { stamp }: DocumentHead) {
  const small = { size: 16, color: "666666" };
  const line = stamp === undefined ? [] : [new Paragraph({ children: [new TextRun({ text: stamp.line, ...small })] })];
  const numbers = new TextRun({ children: [PageNumber.CURRENT, " / ", PageNumber.TOTAL_PAGES], ...small });
  const children = [...line, new Paragraph({ alignment: AlignmentType.RIGHT, children: [numbers] })];
  return { footers: { default: new Footer({ children }) } };
}

/** What the package takes from the clock, from dice and from a counter of its own. */
const anyTime = /\d{4}-\d\d-\d\dT[\d:.]+Z/g;
const anyPictureId = /<wp:docPr id="\d+"/g;
const anyLinkId = /(?<=\s(?:r:\w+|Id)=")rId[\w-]{10,}(?=")/g;

function numbered(id: string, known: Map<string, string>): string {
  const name = known.get(id) ?? `link${known.size + 1}`;
  known.set(id, name);
  return name;
}

const twipsALevel = 400;

/** What a picture may take of a page, in pixels of 96 to the inch. */
const mostWide = 600;
const mostHigh = 850;

/** As pixels: SVG in Word looks as the fonts of each machine have it, and other programs leave it out. */
async function picture(docx: Docx, { title, figure }: Extract<Block, { type: "figure" }>): Promise<Paragraph> {
  const { width, height } = sizeOf(figure.svg);
  const scale = Math.min(1, mostWide / width, mostHigh / height);
  const run = new docx.ImageRun({
    type: "png",
    data: await pngOf(figure.svg),
    transformation: { width: Math.round(width * scale), height: Math.round(height * scale) },
    altText: { title, name: title, description: figure.description },
  });
  return new docx.Paragraph({ children: [run] });
}

function part(docx: Docx, block: Exclude<Block, { type: "figure" }>): Paragraph | Table {
  const { HeadingLevel, Paragraph, TextRun } = docx;
  const levels = [
    ...[HeadingLevel.HEADING_1, HeadingLevel.HEADING_2, HeadingLevel.HEADING_3],
    ...[HeadingLevel.HEADING_4, HeadingLevel.HEADING_5, HeadingLevel.HEADING_6],
  ];
  switch (block.type) {
    case "heading":
      return new Paragraph({
        heading: levels[block.depth - 1] ?? HeadingLevel.HEADING_6,
        ...turned(block.runs),
        children: words(docx, block.runs),
      });
    case "paragraph":
      return new Paragraph({
        indent: { left: block.level * twipsALevel },
        ...turned(block.runs),
        children: words(docx, block.runs),
      });
    case "item": {
      const indent = { left: (block.level + 1) * twipsALevel, hanging: twipsALevel / 2 };
      return new Paragraph({
        indent,
        spacing: { after: 60 },
        ...turned(block.runs),
        children: [new TextRun(`${block.mark} `), ...words(docx, block.runs)],
      });
    }
    case "code":
      return new Paragraph({
        indent: { left: block.level * twipsALevel },
        children: words(docx, [{ text: block.text, code: true }]),
      });
    case "rule":
      return new Paragraph({ thematicBreak: true });
    case "table":
      return table(docx, block.rows);
  }
}

function table(docx: Docx, rows: readonly (readonly (readonly Run[])[])[]): Table {
  const { Paragraph, Table, TableCell, TableRow, WidthType } = docx;
  return new Table({
    width: { size: 100, type: WidthType.PERCENTAGE },
    rows: rows.map((row, index) => {
      const isHead = index === 0;
      const cells = row.map((runs) => {
        const children = words(docx, isHead ? runs.map((run) => ({ ...run, bold: true as const })) : runs);
        return new TableCell({
          margins,
          children: [new Paragraph({ spacing: { after: 0 }, ...turned(runs), children })],
        });
      });
      return new TableRow({ tableHeader: isHead, cantSplit: true, children: cells });
    }),
  });
}

const margins = { top: 40, bottom: 40, left: 80, right: 80 };

/** Said of a paragraph that is written from right to left. */
const turned = (runs: readonly Run[]): { readonly bidirectional?: true } =>
  beginsAtRight(runs.map(({ text }) => text).join("")) ? { bidirectional: true } : {};

/** Whether a text is written from right to left: its first letter says so. */
const beginsAtRight = (text: string): boolean => fromRight.test(/\p{L}/u.exec(text)?.[0] ?? "");

const fromRight = /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u;

function words(docx: Docx, runs: readonly Run[]): ParagraphChild[] {
  return runs.flatMap(({ text, link, ...style }): ParagraphChild[] => {
    const { bold, italic: italics, strike, code } = style;
    const look = { ...(bold && { bold }), ...(italics && { italics }), ...(strike && { strike }) };
    const font = code && { font: "Courier New" };
    const lines = text.split("\n").map(
      (line, index) =>
        new docx.TextRun({
          ...look,
          ...font,
          ...(beginsAtRight(line) && { rightToLeft: true }),
          text: line,
          ...(index > 0 && { break: 1 }),
        }),
    );
    return link === undefined ? lines : [new docx.ExternalHyperlink({ link, children: lines })];
  });
}
