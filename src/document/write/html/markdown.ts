import type { Tokens } from "marked";
import type { DocumentHead } from "../head.ts";

/**
 * A Markdown text as a page of HTML that runs and fetches nothing: HTML in the text is shown as it is written, links go
 * to the web and to mail alone, and pictures are links.
 */
export async function markdownAsHtml(markdown: string, { title, author, stamp }: DocumentHead): Promise<string> {
  const { Marked } = await import("marked");
  const marked = new Marked({
    gfm: true,
    renderer: {
      html: ({ text }: Tokens.HTML | Tokens.Tag) => escaped(text),
      link({ href, tokens }: Tokens.Link) {
        return anchor(href, this.parser.parseInline(tokens));
      },
      image: ({ href, text }: Tokens.Image) => anchor(href, escaped(text === "" ? href : text)),
    },
  });
  const head = [`<meta charset="utf-8">`, `<title>${escaped(title)}</title>`];
  if (author !== undefined) head.push(`<meta name="author" content="${escaped(author)}">`);
  if (stamp !== undefined) head.push(`<meta name="description" content="${escaped(stamp.line)}">`);
  for (const [name, text] of stamp?.facts ?? [])
    head.push(`<meta name="tinytroupe:${name}" content="${escaped(text)}">`);
  const foot = stamp === undefined ? "" : `<footer><small>${escaped(stamp.line)}</small></footer>\n`;
  const body = await marked.parse(markdown);
  return `<!doctype html>\n<html>\n<head>\n${head.join("\n")}\n</head>\n<body>\n${body}${foot}</body>\n</html>\n`;
}

function anchor(href: string, inner: string): string {
  return safeLink(href) === undefined ? inner : `<a href="${escaped(href)}" rel="noopener noreferrer">${inner}</a>`;
}

/** The address, when it leads to the web or to mail. */
export function safeLink(href: string): string | undefined {
  return /^(?:https?:\/\/|mailto:)/iu.test(href) ? href : undefined;
}

function escaped(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", "&#39;");
}
