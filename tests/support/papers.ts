import { deflateSync } from "node:zlib";
import { zipOf } from "./zip.ts";

/** A PDF written by the book (ISO 32000-1), a text a page; every content stream packed, or as it is given. */
export function pdfOf(
  pages: readonly string[],
  { title, content }: { title?: string; content?: (page: string) => Buffer } = {},
): Buffer {
  const write = content ?? ((page) => Buffer.from(`BT /F1 12 Tf 72 720 Td (${page}) Tj ET`));
  const kids = pages.map((_, index) => `${5 + index * 2} 0 R`).join(" ");
  const objects: Buffer[] = [
    Buffer.from("<< /Type /Catalog /Pages 2 0 R >>"),
    Buffer.from(`<< /Type /Pages /Kids [${kids}] /Count ${pages.length} >>`),
    Buffer.from("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"),
    Buffer.from(`<< /Title (${title ?? ""}) >>`),
    ...pages.flatMap((page, index) => {
      const packed = deflateSync(write(page));
      return [
        Buffer.from(
          `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Resources << /Font << /F1 3 0 R >> >> /Contents ${6 + index * 2} 0 R >>`,
        ),
        Buffer.concat([
          Buffer.from(`<< /Length ${packed.length} /Filter /FlateDecode >>\nstream\n`),
          packed,
          Buffer.from("\nendstream"),
        ]),
      ];
    }),
  ];
  const pieces: Buffer[] = [Buffer.from("%PDF-1.7\n")];
  const offsets: number[] = [];
  let at = pieces[0]!.length;
  for (const [index, object] of objects.entries()) {
    const piece = Buffer.concat([Buffer.from(`${index + 1} 0 obj\n`), object, Buffer.from("\nendobj\n")]);
    offsets.push(at);
    at += piece.length;
    pieces.push(piece);
  }
  const rows = offsets.map((offset) => `${String(offset).padStart(10, "0")} 00000 n \n`).join("");
  const info = title === undefined ? "" : " /Info 4 0 R";
  pieces.push(
    Buffer.from(
      `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${rows}trailer\n<< /Size ${objects.length + 1} /Root 1 0 R${info} >>\nstartxref\n${at}\n%%EOF\n`,
    ),
  );
  return Buffer.concat(pieces);
}

const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';
const space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"';

/** A Word document of paragraphs, each with the name of its style; `more` are further members of the archive. */
export function docxOf(
  paragraphs: readonly (readonly [style: string, text: string])[],
  more: readonly (readonly [string, Buffer])[] = [],
): Buffer {
  const styles = [...new Set(paragraphs.map(([style]) => style))];
  const body = paragraphs.map(
    ([style, text]) =>
      `<w:p><w:pPr><w:pStyle w:val="S${styles.indexOf(style)}"/></w:pPr><w:r><w:t xml:space="preserve">${text}</w:t></w:r></w:p>`,
  );
  const styled = styles.map(
    (style, index) => `<w:style w:type="paragraph" w:styleId="S${index}"><w:name w:val="${style}"/></w:style>`,
  );
  const types =
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>';
  const relation = (id: string, kind: string, target: string) =>
    `<Relationship Id="${id}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/${kind}" Target="${target}"/>`;
  const relations = (inner: string) =>
    `${declaration}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${inner}</Relationships>`;
  const members: [string, string][] = [
    ["[Content_Types].xml", declaration + types],
    ["_rels/.rels", relations(relation("r1", "officeDocument", "word/document.xml"))],
    ["word/_rels/document.xml.rels", relations(relation("r2", "styles", "styles.xml"))],
    ["word/styles.xml", `${declaration}<w:styles ${space}>${styled.join("")}</w:styles>`],
    ["word/document.xml", `${declaration}<w:document ${space}><w:body>${body.join("")}</w:body></w:document>`],
  ];
  return zipOf([...members.map(([name, text]): [string, Buffer] => [name, Buffer.from(text)]), ...more]);
}
