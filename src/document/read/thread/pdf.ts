import type { ReadLimits } from "../../document.ts";
import { refusal, within } from "../../refusal.ts";
import { tidied } from "../decode.ts";
import type { Extracted } from "../html.ts";

/** The text of a PDF in the order in which it is written; pictures of text have none. */
export async function readPdf(location: string, bytes: Uint8Array, limits: ReadLimits): Promise<Extracted> {
  const { getDocumentProxy } = await import("unpdf");
  const pdf = await getDocumentProxy(bytes, { verbosity: 0 });
  within(location, { amount: pdf.numPages, limit: limits.pages, what: "pages" });
  const pages: number[] = [];
  let text = "";
  for (let number = 1; number <= pdf.numPages; number++) {
    const page = await pdf.getPage(number);
    const { items } = await page.getTextContent();
    page.cleanup();
    const lines = items.map((item) => ("str" in item ? item.str + (item.hasEOL ? "\n" : "") : "")).join("");
    const written = tidied(
      lines
        .replace(/[^\S\n]+/g, " ")
        .replace(/ ?\n ?/g, "\n")
        .trim(),
    );
    if (text !== "" && written !== "") text += "\n\n";
    pages.push(text.length);
    text += written;
    within(location, { amount: text.length, limit: limits.characters, what: "characters of text" });
  }
  if (text === "") {
    throw refusal(location, "kind", { words: "its pages are pictures: there is no text in it" });
  }
  const { info } = await pdf.getMetadata();
  const title = "Title" in info && typeof info.Title === "string" ? info.Title.trim() : "";
  return { ...(title === "" ? {} : { title }), text, pages };
}
