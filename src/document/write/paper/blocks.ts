import { Parser } from "htmlparser2";
import type { Token, Tokens } from "marked";
import type { Figure } from "../head.ts";
import { safeLink } from "../html/markdown.ts";

/** A stretch of text in one style. */
export interface Run {
  readonly text: string;
  readonly bold?: true;
  readonly italic?: true;
  readonly strike?: true;
  readonly code?: true;
  /** To the web or to mail. */
  readonly link?: string;
  /** It stands for a picture: its address. */
  readonly picture?: string;
}

/** A part of a document, with all nesting made flat: `level` says how deep it is, from 0. */
export type Block =
  | { readonly type: "heading"; readonly depth: number; readonly runs: readonly Run[] }
  | { readonly type: "paragraph"; readonly level: number; readonly runs: readonly Run[] }
  | { readonly type: "item"; readonly level: number; readonly mark: string; readonly runs: readonly Run[] }
  | { readonly type: "code"; readonly level: number; readonly text: string }
  | { readonly type: "table"; readonly rows: readonly (readonly (readonly Run[])[])[] }
  | { readonly type: "figure"; readonly title: string; readonly figure: Figure }
  | { readonly type: "rule" };

type Figures = ReadonlyMap<string, Figure>;

/** A Markdown text as blocks; HTML in it is text, and pictures are links but for those that are given. */
export async function blocksOf(markdown: string, figures: Figures = new Map()): Promise<readonly Block[]> {
  const { Marked } = await import("marked");
  return blocksIn(new Marked({ gfm: true }).lexer(markdown), 0).map((block) => shown(block, figures));
}

/** A paragraph that is nothing but a picture that is given. */
function shown(block: Block, figures: Figures): Block {
  const [only, ...others] = block.type === "paragraph" ? block.runs : [];
  const figure = only?.picture === undefined || others.length > 0 ? undefined : figures.get(only.picture);
  return only === undefined || figure === undefined ? block : { type: "figure", title: only.text, figure };
}

function blocksIn(tokens: readonly Token[], level: number): readonly Block[] {
  return tokens.flatMap((token) => blockIn(token, level));
}

function blockIn(given: Token, level: number): readonly Block[] {
  const token = given as Tokens.Generic;
  switch (token.type) {
    case "heading":
      return [{ type: "heading", depth: (token as Tokens.Heading).depth, runs: runsIn(token.tokens) }];
    case "code":
      return [{ type: "code", level, text: (token as Tokens.Code).text }];
    case "blockquote":
      return blocksIn(token.tokens ?? [], level + 1);
    case "list":
      return itemsIn(token as Tokens.List, level);
    case "table": {
      const { header, rows } = token as Tokens.Table;
      return [{ type: "table", rows: [header, ...rows].map((row) => row.map((cell) => runsIn(cell.tokens))) }];
    }
    case "hr":
      return [{ type: "rule" }];
    case "space":
    case "checkbox":
    case "def":
      return [];
    default: {
      const runs = token.tokens === undefined ? [{ text: token.raw.trimEnd() }] : runsIn(token.tokens);
      return [{ type: "paragraph", level, runs }];
    }
  }
}

function itemsIn({ items, ordered, start }: Tokens.List, level: number): readonly Block[] {
  const first = start === "" ? 1 : start;
  return items.flatMap((item, index): readonly Block[] => {
    const box = item.task ? (item.checked ? "☒ " : "☐ ") : "";
    const [head, ...rest] = blocksIn(item.tokens, level + 1);
    const mark = ordered ? `${first + index}.` : "•";
    const runs = head?.type === "paragraph" ? head.runs : [];
    const own: Block = { type: "item", level, mark, runs: box === "" ? runs : [{ text: box }, ...runs] };
    return head === undefined || head.type === "paragraph" ? [own, ...rest] : [own, head, ...rest];
  });
}

type Style = Omit<Run, "text">;

function runsIn(tokens: readonly Token[] = [], style: Style = {}): readonly Run[] {
  return tokens.flatMap((token) => runIn(token as Tokens.Generic, style));
}

function runIn(token: Tokens.Generic, style: Style): readonly Run[] {
  switch (token.type) {
    case "strong":
      return runsIn(token.tokens, { ...style, bold: true });
    case "em":
      return runsIn(token.tokens, { ...style, italic: true });
    case "del":
      return runsIn(token.tokens, { ...style, strike: true });
    case "codespan":
      return [{ ...style, text: token["text"], code: true }];
    case "br":
      return [{ ...style, text: "\n" }];
    case "link":
    case "image": {
      const link = safeLink(token["href"]);
      const inner = { ...style, ...(link !== undefined && { link }) };
      if (token.type === "link") return runsIn(token.tokens, inner);
      return [{ ...inner, text: decoded(token["text"] || token["href"]), picture: token["href"] }];
    }
    case "checkbox":
      return [];
    default:
      if (token.tokens !== undefined) return runsIn(token.tokens, style);
      return [{ ...style, text: token.type === "text" ? decoded(token["text"]) : (token["text"] ?? token.raw) }];
  }
}

/** A text with its characters in the place of their names: `&lt;` is one of them in Markdown, too. */
function decoded(text: string): string {
  if (!text.includes("&")) return text;
  const parts: string[] = [];
  new Parser({ ontext: (part) => parts.push(part) }, { decodeEntities: true }).end(text.replaceAll("<", "&lt;"));
  return parts.join("");
}
