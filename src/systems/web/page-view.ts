import { withoutControls } from "../../kernel/text/controls.ts";
import { longestShown } from "../words.ts";

/** Something on a page that can be used. */
export interface Control {
  readonly role: string;
  readonly name: string;
  /** How it stands on the page: `button "Buy"`, with its number where several are so called. */
  readonly label: string;
  /** Where it is found. */
  readonly ref: string;
}

/** A page as its accessibility tree tells it: plain lines, its controls, and words that can be clicked on all the same. */
export interface PageView {
  readonly lines: readonly string[];
  readonly controls: readonly Control[];
  readonly words: readonly Control[];
}

const controlRoles: ReadonlySet<string> = new Set([
  ...["link", "button", "tab", "menuitem", "menuitemcheckbox", "menuitemradio", "treeitem", "slider", "switch"],
  ...["textbox", "searchbox", "spinbutton", "combobox", "checkbox", "radio"],
]);

/** In characters: of a control's name. */
const longestName = 120;

interface Node {
  readonly depth: number;
  readonly role: string;
  readonly name: string;
  readonly marks: string;
  readonly text: string;
}

/** Reads the accessibility tree that Playwright writes as YAML (`ariaSnapshot`, for models). */
export function pageViewOf(snapshot: string): PageView {
  const nodes = withoutControls(snapshot).split("\n").flatMap(nodeIn);
  const lines: string[] = [];
  const controls: Control[] = [];
  const words: Control[] = [];
  let inside: number | undefined;
  for (const [place, node] of nodes.entries()) {
    if (inside !== undefined && node.depth > inside) continue;
    inside = undefined;
    const ref = /\[ref=([\w-]+)\]/.exec(node.marks)?.[1];
    const role = roleOf(node, nodes[place - 1]);
    if (role === undefined || ref === undefined) {
      const line = plainLine(node);
      if (line !== "" && line !== lines.at(-1)) lines.push(line);
      if (line !== "" && ref !== undefined)
        words.push({ role: node.role, ref, name: node.name || node.text, label: line });
      continue;
    }
    const below = within(nodes, place);
    const control = labelled({ role, ref, name: nameOf(node, below) }, controls);
    controls.push(control);
    lines.push(`${control.label}${stateOf(node, below)}`);
    inside = node.depth;
  }
  return { lines, controls, words };
}

/** The lines of a page in portions that can be read at once. */
export function portionsOf({ lines }: PageView): readonly string[] {
  const portions: string[] = [];
  let current = "";
  for (const line of lines.map((one) => one.slice(0, longestShown))) {
    if (current !== "" && current.length + line.length + 1 > longestShown) {
      portions.push(current);
      current = "";
    }
    current = current === "" ? line : `${current}\n${line}`;
  }
  return [...portions, current];
}

/** The controls that are meant by a label or a name, the surest way in which there is any: one, none, or several. */
export function meant(named: string, { controls, words }: PageView): readonly Control[] {
  const wanted = named.trim().toLowerCase();
  const bare = wanted.replace(/^["'“]|["'”]$/g, "");
  const ways: readonly ((control: Control) => boolean)[] = [
    ({ label }) => label.toLowerCase() === wanted,
    ({ name }) => name.toLowerCase() === bare,
    ({ role, name }) => `${role} ${name}`.toLowerCase() === bare,
    ({ name }) => bare !== "" && name.toLowerCase().includes(bare),
  ];
  for (const way of ways) {
    const found = controls.filter(way);
    if (found.length > 0) return found;
  }
  return words.filter(({ name, label }) => name.toLowerCase() === bare || label.toLowerCase() === wanted);
}

const line =
  /^(\s*)- (?:'((?:[^']|'')*)'|(\/?[a-zA-Z][\w-]*(?: "(?:[^"\\]|\\.)*")?(?: \/(?:[^/\\]|\\.)*\/)?(?: \[[^\]]*\])*))(?::(?: (.*))?)?$/;
const head = /^(\/?[a-zA-Z][\w-]*)(?: "((?:[^"\\]|\\.)*)")?(.*)$/;

function nodeIn(written: string): readonly Node[] {
  const [, indent = "", quoted, plain, text = ""] = line.exec(written) ?? [];
  const [, role = "", name = "", marks = ""] = head.exec(quoted?.replaceAll("''", "'") ?? plain ?? "") ?? [];
  if (role === "" || role.startsWith("/")) return [];
  return [{ depth: indent.length, role, name: unescaped(name), marks, text: unquoted(text) }];
}

const unescaped = (text: string): string => text.replace(/\\(.)/g, "$1");

function unquoted(text: string): string {
  const [, inner] = /^"(.*)"$/.exec(text) ?? [];
  return inner === undefined ? text : unescaped(inner);
}

/** As what a node can be used; undefined for what is only read. */
function roleOf(node: Node, before: Node | undefined): string | undefined {
  if (controlRoles.has(node.role)) return node.role;
  // What unfolds the rest (<summary>) is told as a first part without a role that has a name.
  const unfolds = node.role === "generic" && node.name !== "" && before?.role === "group" && before.depth < node.depth;
  return unfolds ? "button" : isClickable(node) ? "clickable" : undefined;
}

/** Something that is no control by its role, and behaves as one. */
const isClickable = ({ marks, name, text }: Node): boolean => marks.includes("[cursor=pointer]") && name + text !== "";

function within(nodes: readonly Node[], place: number): readonly Node[] {
  const { depth } = nodes[place] as Node;
  const rest = nodes.slice(place + 1);
  const end = rest.findIndex((node) => node.depth <= depth);
  return end < 0 ? rest : rest.slice(0, end);
}

function nameOf({ name, text, role }: Node, below: readonly Node[]): string {
  if (name !== "") return name;
  if (/^(?:textbox|searchbox|spinbutton|combobox)$/.test(role)) return "";
  return [text, ...below.map((node) => node.name || node.text)].filter((one) => one !== "").join(" ");
}

function labelled({ name, ...control }: Omit<Control, "label">, before: readonly Control[]): Control {
  const shown = name
    .replace(/[\s"]+/g, " ")
    .trim()
    .slice(0, longestName)
    .toWellFormed();
  const twins = before.filter((one) => one.role === control.role && one.name === shown).length;
  const label = `${control.role} "${shown}"${twins === 0 ? "" : ` (${twins + 1})`}`;
  return { ...control, name: shown, label };
}

/** What a control holds: its text, its choice and what there is to choose, whether it is on. */
function stateOf({ role, text, marks }: Node, below: readonly Node[]): string {
  const options = below.filter((node) => node.role === "option");
  const chosen = options.find((node) => node.marks.includes("[selected]"))?.name ?? "";
  const value = role === "combobox" ? chosen || text : /box$|button$/.test(role) && role !== "button" ? text : "";
  const choice = options.length === 0 ? "" : `; one of ${options.map(({ name }) => name).join(" | ")}`;
  const on = /\[(checked|disabled|expanded|pressed|selected)\]/.exec(marks)?.[1];
  const held = `${value}${choice}`;
  return `${held === "" ? "" : `: ${held}`}${on === undefined ? "" : ` (${on})`}`;
}

function plainLine({ role, name, text, marks }: Node): string {
  const words = [name, text]
    .filter((one) => one !== "")
    .join(": ")
    .trim();
  if (words === "") return "";
  if (role === "heading") return `${"#".repeat(Number(/\[level=(\d)\]/.exec(marks)?.[1] ?? 2))} ${words}`;
  return role === "listitem" ? `- ${words}` : role === "img" ? `(picture: ${words})` : words;
}
