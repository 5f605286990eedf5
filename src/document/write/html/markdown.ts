import type { Tokens } from "marked";
import type { DocumentHead } from "../head.ts";
import { escapedHtml, htmlPage, pageStyle } from "./page.ts";

/**
 * A Markdown text as a page of HTML, light and dark as the reader has it and of any width, that runs and fetches nothing:
 * HTML in the text is shown as it is written, links go to the web and to mail alone, and pictures are links.
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
  const facts = [
    ...(author === undefined ? [] : [["author", author] as const]),
    ...(stamp === undefined ? [] : [["description", stamp.line] as const]),
    ...(stamp?.facts ?? []).map(([name, text]) => [`tinytroupe:${name}`, text] as const),
  ];
  const foot = stamp === undefined ? "" : `<footer><small>${escapedHtml(stamp.line)}</small></footer>\n`;
  const body = `${await marked.parse(markdown)}${foot}`;
  return htmlPage({ title, body, style: pageStyle + style, facts });
}

const style = `h1,h2,h3,p,li,td{unicode-bidi:plaintext}
table,pre{display:block;overflow-x:auto}
[align=right]{text-align:right}
[align=center]{text-align:center}
blockquote{margin:.5rem 0 .5rem 1rem}
footer{margin-top:2rem}
`;

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
