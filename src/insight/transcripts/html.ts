import { htmlPage } from "../../document/write/html/page.ts";
import type { TranscriptEntry } from "../../kernel/contracts/events.ts";
import { sourceText } from "../../kernel/values/transcript.ts";
import { type Heads, manner, notice, passagesOf, plainLine, plainLines } from "./passages.ts";

/**
 * A transcript as one page of HTML that needs nothing else: no script, no address that is fetched, and a policy that
 * forbids both. Light and dark as the reader has it, of any width.
 */
export function transcriptHtml(
  entries: readonly TranscriptEntry[],
  { title = "Transcript", worlds }: Heads = {},
): string {
  const colours = new Map<string, number>();
  const colourOf = (name: string): number => {
    if (!colours.has(name)) colours.set(name, colours.size % hues.length);
    return colours.get(name) ?? 0;
  };
  const parts = passagesOf(entries, worlds).map(({ heading, entries: said }) => {
    const head = heading === "" ? "" : `<h2>${named(heading)}</h2>\n`;
    return `<section>\n${head}${said.map((entry) => block(entry, colourOf)).join("\n")}\n</section>`;
  });
  const head = [`<h1>${named(title)}</h1>`, `<p class="notice">${notice}</p>`];
  return htmlPage({ title: plainLine(title), body: [...head, ...parts].join("\n"), style: styles() });
}

function block(entry: TranscriptEntry, colourOf: (name: string) => number): string {
  const text = `<p dir="auto">${escaped(plainLines(entry.text))}</p>`;
  if (entry.kind === "narration") return `<article class="aside">${text}</article>`;
  const to = entry.to.length > 0 ? ` → ${entry.to.map(named).join(", ")}` : "";
  const does = manner(entry);
  const look = does === "" ? "said" : "aside";
  const colour = entry.from === undefined ? "outside" : `p${colourOf(entry.from)}`;
  const head = `<b class="${colour}">${named(sourceText(entry))}</b>${to}${does === "" ? "" : ` <small>${named(does)}</small>`}`;
  return `<article class="${look}"><header>${head}</header>${entry.text === "" ? "" : text}</article>`;
}

/** A name, which turns nothing that stands around it. */
const named = (name: string): string => `<bdi>${escaped(plainLine(name))}</bdi>`;

const escaped = (raw: string): string => raw.replace(/[&<>"'`]/g, (character) => `&#${character.charCodeAt(0)};`);

/** Of the colours in which names stand. */
const hues = [215, 5, 145, 285, 40, 180, 325, 100] as const;

function styles(): string {
  const people = hues.map((hue, index) => `.p${index}{color:light-dark(hsl(${hue} 70% 32%),hsl(${hue} 65% 74%))}`);
  return `:root{color-scheme:light dark}
body{margin:0;background:light-dark(#fff,#16181b);color:light-dark(#1c1e21,#e6e6e6);font:1rem/1.5 system-ui,sans-serif}
main{max-width:44rem;margin:0 auto;padding:1rem}
h1{font-size:1.3rem;margin:.5rem 0}
h2{font-size:1rem;margin:2rem 0 .5rem;border-bottom:1px solid light-dark(#ccc,#444)}
h1,header,p{overflow-wrap:anywhere}
article{margin:.75rem 0}
p{margin:.1rem 0;white-space:pre-wrap;unicode-bidi:plaintext}
.aside p{opacity:.75;font-style:italic}
.notice{border:1px solid;border-radius:.4rem;padding:.4rem .7rem}
${people.join("\n")}
`;
}
