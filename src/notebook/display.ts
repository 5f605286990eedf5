import { renderTranscript, type Subject, type TranscriptEntry } from "../index.ts";

/** What a notebook shows: HTML where it can, plain text elsewhere (Jupyter's and Deno's MIME bundles). */
export interface Displayed {
  readonly "text/html": string;
  readonly "text/plain": string;
}

type Row = Readonly<Record<string, unknown>>;

const bundle: unique symbol = Symbol.for("Jupyter.display") as never;

/**
 * Shows in a TypeScript notebook a person or a world as its conversation, rows as a table, and an object of results as
 * its tables and values. Text of people and models is escaped; everything shown says that it is simulated.
 * @example
 * display([{ idea: "Voice notes", who: "Oscar" }])["text/plain"]; // => "idea\twho\nVoice notes\tOscar"
 */
export function display(what: Subject | readonly object[] | Row): Displayed {
  const shown = isSubject(what) ? conversation(what) : Array.isArray(what) ? rows(what) : results(what as Row);
  return Object.defineProperty(shown, bundle, { value: () => shown, enumerable: false });
}

function isSubject(what: Subject | readonly object[] | Row): what is Subject {
  return typeof (what as Partial<Subject>).transcript === "function";
}

function conversation(subject: Subject): Displayed {
  const entries = subject.transcript();
  return { "text/html": framed(subject.name, entries.map(line).join("")), "text/plain": renderTranscript(entries) };
}

function line(entry: TranscriptEntry): string {
  const said = `<bdi style="white-space:pre-wrap">${escaped(entry.text)}</bdi>`;
  if (entry.kind === "narration") return `<p style="${quiet}"><small>${said}</small></p>`;
  const to = entry.to.length > 0 ? ` → ${entry.to.map(named).join(", ")}` : "";
  const does = entry.type === "TALK" || entry.type === "CONVERSATION" ? "" : ` <small>${escaped(kind(entry))}</small>`;
  const look = does === "" ? "margin:.3em 0" : quiet;
  return `<p dir="auto" style="${look}"><b>${named(entry.from ?? "from outside")}</b>${does}${to}: ${said}</p>`;
}

const quiet = "margin:.3em 0;opacity:.6;font-style:italic";
const kind = ({ type }: TranscriptEntry): string =>
  type === "THINK" ? "thinks" : type.toLowerCase().replaceAll("_", " ");
const named = (name: string): string => `<bdi>${escaped(name)}</bdi>`;

function rows(list: readonly object[], title = `${list.length} rows`): Displayed {
  const columns = [...new Set(list.flatMap((row) => Object.keys(row)))];
  const cells = list.map((row) => columns.map((column) => text(Object.getOwnPropertyDescriptor(row, column)?.value)));
  const head = columns.map((column) => `<th>${escaped(column)}</th>`).join("");
  const body = cells.map((row) => `<tr>${row.map((cell) => `<td dir="auto">${escaped(cell)}</td>`).join("")}</tr>`);
  return {
    "text/html": framed(title, `<table><thead><tr>${head}</tr></thead><tbody>${body.join("")}</tbody></table>`),
    "text/plain": [columns, ...cells].map((row) => row.map(plain).join("\t")).join("\n"),
  };
}

/** Each list of rows as a table under its name, what is left as one more. */
function results(result: Row): Displayed {
  const entries = Object.entries(result);
  const tables = entries.filter((entry): entry is [string, object[]] => isRows(entry[1]));
  const left = Object.fromEntries(entries.filter(([, value]) => !isRows(value)));
  const parts = [
    ...tables.map(([name, list]) => rows(list, `${name} (${list.length})`)),
    ...(Object.keys(left).length > 0 ? [rows([left], "results")] : []),
  ];
  return {
    "text/html": parts.map((part) => part["text/html"]).join(""),
    "text/plain": parts.map((part) => part["text/plain"]).join("\n\n"),
  };
}

const isRows = (value: unknown): boolean =>
  Array.isArray(value) && value.length > 0 && value.every((row) => typeof row === "object" && row !== null);

function framed(title: string, inner: string): string {
  return `<section><h4>${escaped(title)} <small>simulated</small></h4>${inner}</section>`;
}

function text(value: unknown): string {
  if (value === undefined || value === null) return "";
  return typeof value === "string" ? value : (JSON.stringify(value) ?? String(value));
}

/** A cell of tab-separated text: one line, and nothing that steers a terminal. */
function plain(cell: string): string {
  return cell.replace(/\s+/g, " ").replace(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g, "");
}

function escaped(raw: string): string {
  return raw.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
