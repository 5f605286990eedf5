/** A formula that was read, or why it is none. */
export type Formula = { readonly term: Term } | { readonly fault: string };

type Term =
  | { readonly kind: "number"; readonly value: number }
  | { readonly kind: "name"; readonly id: string }
  | { readonly kind: "call"; readonly name: FunctionName; readonly terms: readonly Term[] };

const functions = {
  "+": ([one = 0, other = 0]) => one + other,
  "-": ([one = 0, other]) => (other === undefined ? -one : one - other),
  "*": ([one = 0, other = 0]) => one * other,
  "/": ([one = 0, other = 0]) => one / other,
  min: (values) => Math.min(...values),
  max: (values) => Math.max(...values),
  sum: (values) => values.reduce((all, one) => all + one, 0),
  mean: (values) => values.reduce((all, one) => all + one, 0) / values.length,
  round: ([one = 0, digits = 0]) => Math.round(one * 10 ** digits) / 10 ** digits,
  abs: ([one = 0]) => Math.abs(one),
} as const satisfies Readonly<Record<string, (values: readonly number[]) => number>>;

type FunctionName = keyof typeof functions;

const token = /\s*(?:(\d+(?:\.\d+)?)|\[([^\]]{1,200})\]|([A-Za-z][\w.]*(?:-[A-Za-z]\w*)*)|([-+*/(),]))/uy;
const deepest = 100;

/**
 * Reads arithmetic over answers. Ids are names; a hyphen before a letter belongs to the name, so a difference has spaces
 * around its sign.
 * @example
 * resultOf(parseFormula("mean(a, b) * 2"), (id) => (id === "a" ? 1 : 4)); // => 5
 */
export function parseFormula(text: string): Formula {
  const tokens = tokensOf(text);
  if (typeof tokens === "string") return { fault: tokens };
  const reader = new Reader(tokens);
  try {
    return { term: reader.whole() };
  } catch (error) {
    if (error instanceof Unreadable) return { fault: error.message };
    throw error;
  }
}

/** The answers that a formula wants, each once. */
export function namesIn(formula: Formula): readonly string[] {
  if ("fault" in formula) return [];
  const names = (term: Term): readonly string[] => {
    if (term.kind === "name") return [term.id];
    return term.kind === "call" ? term.terms.flatMap(names) : [];
  };
  return [...new Set(names(formula.term))];
}

/** What a formula comes to; undefined where an answer is missing, or where it has no finite value. */
export function resultOf(formula: Formula, numberOf: (id: string) => number | undefined): number | undefined {
  if ("fault" in formula) return undefined;
  const value = (term: Term): number => {
    if (term.kind === "number") return term.value;
    if (term.kind === "name") return numberOf(term.id) ?? Number.NaN;
    return functions[term.name](term.terms.map(value));
  };
  const found = value(formula.term);
  return Number.isFinite(found) ? found : undefined;
}

interface Token {
  readonly kind: "number" | "name" | "sign" | "end";
  readonly text: string;
}

function tokensOf(text: string): readonly Token[] | string {
  const found: Token[] = [];
  const trimmed = text.trimEnd();
  let at = 0;
  while (at < trimmed.length) {
    const scanner = new RegExp(token.source, token.flags);
    scanner.lastIndex = at;
    const match = scanner.exec(trimmed);
    if (match === null) return `This cannot be read from '${trimmed.slice(at, at + 20).trim()}' on.`;
    const [, number, quoted, name, sign] = match;
    if (number !== undefined) found.push({ kind: "number", text: number });
    else if (sign !== undefined) found.push({ kind: "sign", text: sign });
    else found.push({ kind: "name", text: (quoted ?? name ?? "").trim() });
    at = scanner.lastIndex;
  }
  return [...found, { kind: "end", text: "the end" }];
}

class Unreadable extends Error {}

/** Sums of products of values, by recursive descent. */
class Reader {
  readonly #tokens: readonly Token[];
  #at = 0;
  #depth = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  whole(): Term {
    const term = this.#sum();
    if (this.#next.kind !== "end") throw new Unreadable(`'${this.#next.text}' means nothing here.`);
    return term;
  }

  get #next(): Token {
    return this.#tokens[this.#at] ?? { kind: "end", text: "the end" };
  }

  #took(...signs: readonly string[]): string | undefined {
    const { kind, text } = this.#next;
    if (kind !== "sign" || !signs.includes(text)) return undefined;
    this.#at += 1;
    return text;
  }

  #sum(): Term {
    this.#depth += 1;
    if (this.#depth > deepest) throw new Unreadable(`This is nested deeper than ${deepest} levels.`);
    let left = this.#product();
    for (let sign = this.#took("+", "-"); sign !== undefined; sign = this.#took("+", "-")) {
      left = { kind: "call", name: sign as FunctionName, terms: [left, this.#product()] };
    }
    this.#depth -= 1;
    return left;
  }

  #product(): Term {
    let left = this.#value();
    for (let sign = this.#took("*", "/"); sign !== undefined; sign = this.#took("*", "/")) {
      left = { kind: "call", name: sign as FunctionName, terms: [left, this.#value()] };
    }
    return left;
  }

  #value(): Term {
    if (this.#took("-") !== undefined) return { kind: "call", name: "-", terms: [this.#value()] };
    if (this.#took("(") !== undefined) return this.#closed(this.#sum());
    const { kind, text } = this.#next;
    this.#at += 1;
    if (kind === "number") return { kind: "number", value: Number(text) };
    if (kind !== "name") throw new Unreadable(`A value is expected where '${text}' stands.`);
    if (this.#took("(") === undefined) return { kind: "name", id: text };
    if (!Object.hasOwn(functions, text)) throw new Unreadable(`There is no function '${text}'.`);
    const terms = [this.#sum()];
    while (this.#took(",") !== undefined) terms.push(this.#sum());
    return this.#closed({ kind: "call", name: text as FunctionName, terms });
  }

  #closed(term: Term): Term {
    if (this.#took(")") === undefined) throw new Unreadable(`A ) is expected where '${this.#next.text}' stands.`);
    return term;
  }
}
