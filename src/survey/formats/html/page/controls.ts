import type { Scale } from "../../../../kernel/contracts/answers/scale.ts";
import type { ItemPart } from "../../../instrument/kind.ts";
import type { Phrases } from "../phrases.ts";
import { type Control, element, type PageElement } from "./dom.ts";
import { fieldsControl } from "./fields.ts";

/** What controls are made with. */
export interface Making {
  readonly say: Phrases;
  /** A name that nothing else on the page has. */
  readonly name: string;
  /** Pictures by file, as addresses of data. */
  readonly pictures: Readonly<Record<string, string>>;
}

type Maker<Kind extends Scale["kind"]> = (
  scale: Scale & { readonly kind: Kind },
  part: ItemPart,
  making: Making,
) => Control;

/** How each kind of scale is answered on a page. */
const makers: { readonly [Kind in Scale["kind"]]: Maker<Kind> } = {
  nominal: (_, part, making) => oneControl(part, making),
  ordinal: (_, part, making) => oneControl(part, making),
  choices: ({ least = 0, most: limit, options }, part, making) => {
    const most = limit ?? options.length;
    const takes = filled(least === most ? making.say.exactly : making.say.several, { least, most });
    const control = choiceControl(part, { making, type: "checkbox" });
    return {
      ...{ ...control, takes },
      nodes: [note(takes), ...control.nodes],
      // Nothing is an answer where nothing has to be chosen.
      value: () => control.value() ?? (least === 0 ? [] : undefined),
    };
  },
  number: numberControl,
  ranking: rankingControl,
  allocation: allocationControl,
  text: ({ most }, part, { name, say }) => {
    const limits = { id: name, maxlength: most, "aria-labelledby": `${name}-asks` };
    const field =
      part.look === "short"
        ? element("input", { ...limits, type: "text" })
        : element("textarea", { ...limits, rows: 4 });
    const limit = most === undefined ? [] : [note(filled(say.characters, { most }))];
    return { nodes: [...limit, field], value: () => (field.value.trim() === "" ? undefined : field.value) };
  },
  texts: ({ least = 0, most = 10 }, _, { name, say }) => {
    const field = element("textarea", { id: name, rows: Math.min(most, 6), "aria-labelledby": `${name}-asks` });
    const lines = (): readonly string[] =>
      field.value
        .split("\n")
        .map((line) => line.trim())
        .filter((line) => line !== "");
    const takes = filled(least === most ? say.exactLines : say.lines, { least, most });
    return {
      nodes: [note(takes), field],
      takes,
      value: () => (lines().length === 0 && least > 0 ? undefined : lines()),
    };
  },
  object: (_, { shape = {} }, { name, say }) => fieldsControl(shape, { name, say }),
};

/** What a part is answered with. */
export function controlFor(part: ItemPart, making: Making): Control {
  return (makers[part.scale.kind] as Maker<Scale["kind"]>)(part.scale, part, making);
}

/** A phrase with what stands in braces filled in. */
export const filled = (phrase: string, values: Readonly<Record<string, string | number>>): string =>
  phrase.replace(/\{(\w+)\}/gu, (whole, name: string) => String(values[name] ?? whole));

const note = (text: string): PageElement => element("p", { class: "hint" }, text);

interface Choosing {
  readonly making: Making;
  readonly type: "radio" | "checkbox";
}

function choiceControl({ options, look }: ItemPart, { making, type }: Choosing): Control {
  const { name, say, pictures } = making;
  const choices = options.map((option, place) => {
    const input = element("input", { type, name, id: `${name}-${place}`, value: option.id });
    const picture = option.image === undefined ? [] : [element("img", { src: pictures[option.image], alt: "" })];
    const label = element(
      "label",
      { for: `${name}-${place}` },
      input,
      ...picture,
      element("span", { dir: "auto" }, option.label),
    );
    const own = element("input", {
      type: "text",
      class: "own",
      "aria-label": filled(say.namely, { option: option.label }),
    });
    own.addEventListener("input", () => {
      input.checked = true;
    });
    return { option, input, own, node: element("div", { class: "option" }, label, ...(option.open ? [own] : [])) };
  });
  if (type === "checkbox") partExclusive(choices);
  const chosen = () => choices.filter(({ input }) => input.checked);
  return {
    nodes: [element("div", { class: look === "row" ? "options row" : "options" }, ...choices.map(({ node }) => node))],
    value: () => {
      const ids = chosen().map(({ option }) => option.id);
      if (ids.length === 0) return undefined;
      return type === "radio" ? ids[0] : ids;
    },
    other: () => {
      const told = chosen().filter(({ option, own }) => option.open && own.value.trim() !== "");
      const lines = told.map(({ option, own }) =>
        told.length === 1 ? own.value.trim() : `${option.label}: ${own.value.trim()}`,
      );
      return lines.length === 0 ? undefined : lines.join("; ");
    },
  };
}

const oneControl = (part: ItemPart, making: Making): Control => ({
  ...choiceControl(part, { making, type: "radio" }),
  takes: making.say.one,
});

interface Box {
  readonly option: { readonly exclusive?: boolean };
  readonly input: PageElement;
}

/** Who chooses an exclusive option gives up the others, and the other way round. */
function partExclusive(boxes: readonly Box[]): void {
  for (const { option, input } of boxes) {
    input.addEventListener("change", () => {
      if (!input.checked) return;
      for (const box of boxes) {
        if (box.input !== input && (option.exclusive || box.option.exclusive)) box.input.checked = false;
      }
    });
  }
}

function numberControl(scale: Scale & { readonly kind: "number" }, part: ItemPart, { name, say }: Making): Control {
  const { low, high, whole } = scale;
  const isSlider = part.look === "slider";
  const step = whole || isSlider ? 1 : "any";
  const limits = { id: name, min: low, max: high, step, "aria-labelledby": `${name}-asks ${name}-takes` };
  const field = element("input", { ...limits, type: isSlider ? "range" : "number", inputmode: "decimal" });
  const shown = element("output", { for: name }, isSlider ? "–" : "");
  let touched = !isSlider;
  // A click where the slider stands already moves nothing, and is an answer.
  for (const event of ["input", "click"]) {
    field.addEventListener(event, () => {
      touched = true;
      if (isSlider) shown.textContent = field.value;
    });
  }
  const end = (...texts: readonly (string | number | undefined)[]): readonly PageElement[] => {
    const told = texts.filter((text) => text !== undefined).join(" ");
    return told === "" ? [] : [element("span", { class: "end", dir: "auto" }, told)];
  };
  const ends = part.ends ?? {};
  const row = isSlider ? [field, shown] : [...end(ends.low), field, ...end(ends.high)];
  const below = isSlider ? [element("div", { class: "ends" }, ...end(low, ends.low), ...end(high, ends.high))] : [];
  const range = rangeOf(scale, say);
  return {
    nodes: [
      element("p", { class: "hint", id: `${name}-takes` }, range),
      element("div", { class: "number" }, ...row, ...end(part.unit)),
      ...below,
    ],
    takes: isSlider ? say.slide : range,
    value: () => (touched && field.value.trim() !== "" ? Number(field.value) : undefined),
  };
}

/** Within which bounds a number is an answer. */
function rangeOf({ low, high, whole }: Scale & { readonly kind: "number" }, say: Phrases): string {
  const within = low === undefined ? say.atMost : high === undefined ? say.atLeast : say.between;
  const bounds =
    low === undefined && high === undefined ? "" : ` ${filled(within, { low: low ?? "", high: high ?? "" })}`;
  return `${whole ? say.whole : say.number}${bounds}.`;
}

function rankingControl(scale: Scale & { readonly kind: "ranking" }, part: ItemPart, { name, say }: Making): Control {
  const most = scale.most ?? scale.options.length;
  const places = ["", ...Array.from({ length: most }, (_, place) => String(place + 1))];
  const rows = part.options.map((option, index) => {
    const select = element("select", {
      id: `${name}-${index}`,
      "aria-label": filled(say.place, { option: option.label }),
    });
    select.append(...places.map((place) => element("option", { value: place }, place === "" ? "–" : place)));
    const label = element("label", { for: `${name}-${index}`, dir: "auto" }, option.label);
    return { option, select, node: element("div", { class: "option" }, select, label) };
  });
  const takes = filled(say.rank, { most });
  return {
    takes,
    nodes: [note(takes), element("div", { class: "options" }, ...rows.map(({ node }) => node))],
    value: () => {
      const placed = rows.filter(({ select }) => select.value !== "");
      if (placed.length === 0) return undefined;
      // Two in one place, or a place that is left out, make no order: that many are too few.
      const order = placed.toSorted((one, other) => Number(one.select.value) - Number(other.select.value));
      const isOrder = order.every(({ select }, place) => Number(select.value) === place + 1);
      return isOrder ? order.map(({ option }) => option.id) : [];
    },
  };
}

function allocationControl(
  { total }: Scale & { readonly kind: "allocation" },
  part: ItemPart,
  { name, say }: Making,
): Control {
  const rows = part.options.map((option, index) => {
    const field = element("input", {
      id: `${name}-${index}`,
      type: "number",
      min: 0,
      max: total,
      step: "any",
      inputmode: "decimal",
    });
    const label = element("label", { for: `${name}-${index}`, dir: "auto" }, option.label);
    return { option, field, node: element("div", { class: "option" }, field, label) };
  });
  const sum = (): number => rows.reduce((all, { field }) => all + Number(field.value), 0);
  const left = element("output", {}, filled(say.left, { left: total }));
  for (const { field } of rows) {
    field.addEventListener("input", () => {
      left.textContent = filled(say.left, { left: Number((total - sum()).toPrecision(12)) });
    });
  }
  const what = part.unit === undefined ? total : `${total} ${part.unit}`;
  const takes = filled(say.divide, { total: what });
  return {
    takes,
    nodes: [note(takes), element("div", { class: "options" }, ...rows.map(({ node }) => node)), left],
    value: () =>
      rows.every(({ field }) => field.value.trim() === "")
        ? undefined
        : Object.fromEntries(rows.map(({ option, field }) => [option.id, Number(field.value)])),
  };
}
