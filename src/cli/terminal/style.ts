import { styleText } from "node:util";

type Format = Parameters<typeof styleText>[0];

/** Colours a text, or leaves it as it is where colours are off. */
export interface Style {
  readonly colour: boolean;
  bold(text: string): string;
  dim(text: string): string;
  good(text: string): string;
  bad(text: string): string;
  warn(text: string): string;
  /** One of a few steady colours for a person, by the order in which people appear. */
  person(text: string, index: number): string;
}

const people: readonly Format[] = [
  "cyan",
  "magenta",
  "yellow",
  "blue",
  "green",
  "redBright",
  "cyanBright",
  "magentaBright",
];

/** Styles for a terminal with or without colours. */
export function createStyle(colour: boolean): Style {
  const paint =
    (format: Format) =>
    (text: string): string =>
      colour && text !== "" ? styleText(format, text, { validateStream: false }) : text;
  return {
    colour,
    bold: paint("bold"),
    dim: paint("dim"),
    good: paint("green"),
    bad: paint("red"),
    warn: paint("yellow"),
    person: (text, index) => paint(["bold", people[index % people.length] as never])(text),
  };
}

/** Whether a stream takes colours: a terminal, and neither NO_COLOR nor a dumb one (https://no-color.org). */
export function takesColour(
  stream: { readonly isTTY?: boolean },
  variables: Readonly<Record<string, string | undefined>>,
): boolean {
  if (variables["NO_COLOR"]) return false;
  if (variables["FORCE_COLOR"] && variables["FORCE_COLOR"] !== "0") return true;
  return stream.isTTY === true && variables["TERM"] !== "dumb";
}
