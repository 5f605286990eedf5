import { renderTranscript, type Subject, type TranscriptEntry } from "../index.ts";

/** What a notebook shows: HTML where it can, plain text elsewhere (Jupyter's and Deno's MIME bundles). */
export interface Displayed {
  readonly "text/html": string;
  readonly "text/plain": string;
}

const bundle: unique symbol = Symbol.for("Jupyter.display") as never;

/**
 * Shows a person or a world as its conversation, and rows as a table, in a TypeScript notebook.
 * Text of people and models is escaped; every cell says that it is simulated.
 * @example
 * display([{ idea: "Voice notes", who: "Oscar" }])["text/plain"]; // => "idea\twho\nVoice notes\tOscar"
 */
export function display(what: Subject | readonly object[]): Displayed {
  const shown = "transcript" in what ? conversation(what) : rows(what as readonly Record<string, unknown>[]);
  return Object.defineProperty(shown, bundle, { value: () => shown, enumerable: false });
}

function conversation(subject: Subject): Displayed {
  const entries = subject.transcript();
  const html = entries.map(line).join("");
  return { "text/html": framed(subject.name, html), "text/plain": renderTranscript(entries) };
}

function line(entry: TranscriptEntry): string {
  const who = entry.from ?? "from outside";
  const to = entry.to.length > 0 ? ` → ${entry.to.join(", ")}` : "";
  const quiet = entry.type === "TALK" || entry.type === "CONVERSATION" ? "" : ";opacity:.6;font-style:italic";
  return `<p dir="auto" style="margin:.3em 0${quiet}"><b>${escaped(who)}</b>${escaped(to)}: <span style="white-space:pre-wrap">${escaped(entry.text)}</span></p>`;
}

function rows(list: readonly Record<string, unknown>[]): Displayed {
  const columns = [...new Set(list.flatMap((row) => Object.keys(row)))];
  const head = columns.map((column) => `<th>${escaped(column)}</th>`).join("");
  const body = list.map(
    (row) => `<tr>${columns.map((column) => `<td dir="auto">${escaped(text(row[column]))}</td>`).join("")}</tr>`,
  );
  return {
    "text/html": framed(
      `${list.length} rows`,
      `<table><thead><tr>${head}</tr></thead><tbody>${body.join("")}</tbody></table>`,
    ),
    "text/plain": [columns, ...list.map((row) => columns.map((column) => text(row[column])))]
      .map((cells) => cells.join("\t"))
      .join("\n"),
  };
}

function framed(title: string, inner: string): string {
  return `<section><h4>${escaped(title)} <small>simulated</small></h4>${inner}</section>`;
}

function text(value: unknown): string {
  if (value === undefined || value === null) return "";
  return typeof value === "string" ? value : JSON.stringify(value);
}

function escaped(raw: string): string {
  return raw.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
