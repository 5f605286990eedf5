/** What is used of a page's elements: the types of the project have no browser. */
export interface PageElement {
  id: string;
  textContent: string | null;
  value: string;
  checked: boolean;
  hidden: boolean;
  disabled: boolean;
  append(...children: (PageElement | string)[]): void;
  replaceChildren(...children: PageElement[]): void;
  setAttribute(name: string, value: string): void;
  addEventListener(type: string, listener: (event: { preventDefault(): void }) => void): void;
  focus(): void;
  click(): void;
  querySelectorAll(selector: string): Iterable<PageElement>;
  querySelector(selector: string): PageElement | null;
}

/** What somebody answers with, and how to read it: undefined where nothing was answered yet. */
export interface Control {
  readonly nodes: readonly PageElement[];
  /** What it takes, in a sentence, for whoever gave something else. */
  readonly takes?: string;
  value(): unknown;
  /** What was written beside the option that was chosen. */
  other?(): string | undefined;
}

interface PageDocument {
  readonly body: PageElement;
  createElement(tag: string): PageElement;
  getElementById(id: string): PageElement | null;
}

declare const document: PageDocument;

type Attributes = Readonly<Record<string, string | number | boolean | undefined>>;

/** An element; what it says is text, whatever it is. An attribute that is undefined or false is left out. */
export function element(
  tag: string,
  attributes: Attributes,
  ...children: readonly (PageElement | string)[]
): PageElement {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== false) made.setAttribute(name, value === true ? "" : String(value));
  }
  made.append(...children);
  return made;
}

/** The element of an id that the page has. */
export function byId(id: string): PageElement {
  const found = document.getElementById(id);
  if (found === null) throw new Error(`The page has no ${id}.`);
  return found;
}
