import { misfit } from "../../../kernel/contracts/answers/scale.ts";
import type { Issue } from "../../../kernel/values/errors.ts";
import { faultIn } from "../../elicitation/anchors/anchors.ts";
import { elicitationNamed } from "../../elicitation/choice.ts";
import type { InstrumentDocument } from "../document.ts";
import { type Item, kindOf, partsOf } from "../items.ts";
import type { ItemPart } from "../kind.ts";
import type { Layout } from "./before.ts";
import { referenceIssues } from "./references.ts";

/** What contradicts itself in an instrument, though each part of it is written well. */
export function contradictionsIn(document: InstrumentDocument, languages: readonly string[]): readonly Issue[] {
  const { items, blocks, language } = document;
  const count = [items, blocks].filter((one) => one !== undefined).length;
  if (count !== 1) return [{ path: "", message: "Give either `items` or `blocks`." }];
  const isEnglish = languages.every((code) => /^en\b/.test(code));
  const layout: Layout = {
    blockOrder: document.blockOrder,
    blocks: blocks ?? [{ id: "all", itemOrder: "written", fixed: false, items: items ?? [] }],
  };
  const paths = layout.blocks.map((_, place) => (blocks === undefined ? "items" : `blocks.${place}.items`));
  const entries = layout.blocks.flatMap((block, place) =>
    block.items.map((item, index) => ({ item, path: `${paths[place]}.${index}` })),
  );
  return [
    ...(languages.includes(language) ? [] : [{ path: "language", message: `It is none of ${languages.join(", ")}.` }]),
    ...twins(entries.map(({ item, path }) => ({ name: item.id, path: `${path}.id` }))),
    ...entries.flatMap(({ item, path }) => reservedIssues(item.id, `${path}.id`)),
    ...twins(layout.blocks.map(({ id }, place) => ({ name: id, path: `blocks.${place}.id` }))),
    ...entries.flatMap(({ item, path }) =>
      [...itemIssues(item), ...(isEnglish ? [] : englishIn(item, language))].map((issue) => ({
        ...issue,
        path: `${path}.${issue.path}`,
      })),
    ),
    ...referenceIssues(document, { layout, paths }),
  ];
}

interface Named {
  readonly name: string;
  readonly path: string;
}

function twins(all: readonly Named[]): readonly Issue[] {
  const seen = new Set<string>();
  return all.flatMap(({ name, path }) => {
    if (seen.has(name))
      return [{ path, message: `'${name}' stands for something else already: give it an id of its own.` }];
    seen.add(name);
    return [];
  });
}

/** Columns that tables of respondents have beside those of items. */
export const reservedIds: readonly string[] = ["respondent", "person", "name", "variant", "sample", "end", "checks"];

function reservedIssues(id: string, path: string): readonly Issue[] {
  const message = `'${id}' is a column of every table of respondents: give it another id.`;
  return reservedIds.includes(id) ? [{ path, message }] : [];
}

function englishIn(item: Item, language: string): readonly Issue[] {
  const keys = kindOf(item).english?.(item) ?? [];
  return keys.map((key) => ({ path: key, message: `This would be English: write it in '${language}'.` }));
}

function itemIssues(item: Item): readonly Issue[] {
  const wrong = kindOf(item).wrong?.(item) ?? [];
  if (wrong.length > 0) return wrong;
  const parts = partsOf(item);
  return [
    ...parts.flatMap(optionIssues),
    ...orderIssues(item, parts),
    ...expectIssues(item, parts),
    ...askingIssues(item, parts),
  ];
}

/** What can be told apart neither in results nor by those who answer. */
function optionIssues({ options }: ItemPart): readonly Issue[] {
  return (["id", "label"] as const)
    .flatMap((key) => {
      const texts = options.map((option) => option[key].toLowerCase());
      const twin = options.find((_, place) => texts.indexOf(texts[place] as string) < place);
      return twin === undefined ? [] : [{ path: "", message: `Two options have the ${key} '${twin[key]}'.` }];
    })
    .slice(0, 1);
}

function orderIssues({ optionOrder, partOrder }: Item, parts: readonly ItemPart[]): readonly Issue[] {
  const isOrdered = parts.some(({ scale }) => scale.kind === "ordinal");
  const hasOptions = parts.some(({ options }) => options.length > 1);
  const options = ((): string | undefined => {
    if (optionOrder === "written") return undefined;
    if (!hasOptions) return "There are no options here that could have another order.";
    if (isOrdered && optionOrder !== "reversed")
      return "An ordered scale can only be `reversed`: else it has no order.";
    if (!isOrdered && optionOrder === "reversed")
      return "Only an ordered scale can be `reversed`: take shuffled or balanced.";
    return undefined;
  })();
  const several = partOrder === "written" || parts.length > 1;
  return [
    ...(options === undefined ? [] : [{ path: "optionOrder", message: options }]),
    ...(several ? [] : [{ path: "partOrder", message: "There are no parts here that could have another order." }]),
  ];
}

function expectIssues({ expect }: Item, parts: readonly ItemPart[]): readonly Issue[] {
  const [part] = parts;
  if (expect === undefined) return [];
  if (part === undefined || parts.length > 1)
    return [{ path: "expect", message: "Only an item with one answer can be expected to have it." }];
  const value = part.scale.kind === "number" ? expect : String(expect);
  const fault = misfit(part.scale, value);
  return fault === undefined ? [] : [{ path: "expect", message: `Nobody can answer this: ${fault}.` }];
}

/** A way in which the item cannot be asked, and sentences that are not those of its points. */
function askingIssues({ method, anchors, temperature }: Item, parts: readonly ItemPart[]): readonly Issue[] {
  const isRated = (method ?? "similarity-rating") === "similarity-rating";
  if (temperature !== undefined && !(isRated && parts.some(({ scale }) => scale.kind === "ordinal")))
    return [{ path: "temperature", message: "Only ratings by similarity on an ordered scale have a temperature." }];
  const [unlike] = anchors === undefined ? [] : parts.flatMap((part) => faultIn(part, anchors) ?? []);
  if (anchors !== undefined && unlike !== undefined) return [{ path: "anchors", message: unlike }];
  if (method === undefined) return [];
  const given = anchors === undefined ? {} : Object.fromEntries(parts.map(({ id }) => [id, anchors]));
  const { unfit } = elicitationNamed(method);
  const [why] = parts.flatMap((part) => unfit(part, { anchors: given }) ?? []);
  if (parts.length === 0) return [{ path: "method", message: "Nothing is asked here." }];
  return why === undefined ? [] : [{ path: "method", message: `It cannot be asked by ${method}: ${why}.` }];
}
