import { nearest } from "../../../kernel/text/nearest.ts";
import type { Issue } from "../../../kernel/values/errors.ts";
import { comparisonsIn, type SurveyCondition } from "../condition.ts";
import type { InstrumentDocument } from "../document.ts";
import { namesIn, parseFormula } from "../formula.ts";
import { type Item, kindOf, partsOf } from "../items.ts";
import type { ItemPart } from "../kind.ts";
import { pipesIn, textsOf } from "../piping.ts";
import { alwaysBefore, blockBefore, type Layout, type Standing, standings } from "./before.ts";

interface Checking {
  readonly layout: Layout;
  /** Of the items of each block. */
  readonly paths: readonly string[];
}

interface Known {
  readonly layout: Layout;
  readonly standing: ReadonlyMap<string, Standing>;
  readonly parts: ReadonlyMap<string, ItemPart>;
}

/** What is named and is not there, or comes only later; options that conditions name and nobody can choose. */
export function referenceIssues(document: InstrumentDocument, { layout, paths }: Checking): readonly Issue[] {
  const parts = layout.blocks.flatMap(({ items }) => items.flatMap(partsOf));
  const known: Known = { layout, standing: standings(layout), parts: new Map(parts.map((part) => [part.id, part])) };
  return [
    ...layout.blocks.flatMap(({ items, ...block }, place) => {
      const condition = "if" in block ? (block.if as SurveyCondition | undefined) : undefined;
      const beforeAll = { block: place, place: -1 };
      return [
        ...conditionIssues(condition, `blocks.${place}.if`, { known, at: beforeAll }),
        ...items.flatMap((item, index) =>
          ofItem(item, `${paths[place]}.${index}`, { known, at: { block: place, place: index } }),
        ),
      ];
    }),
    ...document.quotas.flatMap((quota, place) => conditionIssues(quota.if, `quotas.${place}.if`, { known })),
  ];
}

interface Place {
  readonly known: Known;
  /** What is named has to come before this; undefined where it may stand anywhere. */
  readonly at?: Standing;
  /** Whether the item itself can be named. */
  readonly own?: boolean;
}

function ofItem(item: Item, path: string, { known, at }: Place & { readonly at: Standing }): readonly Issue[] {
  const after = { known, at, own: true };
  const { skip = [], screenOut = [] } = item;
  return [
    ...conditionIssues(item.if, `${path}.if`, { known, at }),
    ...screenOut.flatMap((rule, index) => conditionIssues(rule.if, `${path}.screenOut.${index}.if`, after)),
    ...skip.flatMap((rule, index) => [
      ...conditionIssues(rule.if, `${path}.skip.${index}.if`, after),
      ...skipIssues(rule.to, `${path}.skip.${index}.to`, { known, at }),
    ]),
    ...pipeIssues(item, path, { known, at }),
    ...namesIn(parseFormula(kindOf(item).formula?.(item) ?? "")).flatMap((id) => {
      const fault = notBefore(id, { known, at }) ?? noPart(id, known);
      return fault === undefined ? [] : [{ path: `${path}.formula`, message: fault }];
    }),
  ];
}

function conditionIssues(condition: SurveyCondition | undefined, path: string, place: Place): readonly Issue[] {
  if (condition === undefined) return [];
  return comparisonsIn(condition).flatMap(({ item, is, includes }) => {
    const fault = notBefore(item, place) ?? noPart(item, place.known);
    if (fault !== undefined) return [{ path, message: fault }];
    const part = place.known.parts.get(item);
    return [is, includes].flat().flatMap((value) => {
      if (value === undefined || part === undefined || part.options.length === 0) return [];
      if (part.options.some(({ id }) => id === String(value))) return [];
      const ids = part.options.map(({ id }) => id);
      const [near] = nearest(String(value), ids);
      return [
        {
          path,
          message: `'${value}' is no option of '${item}'.${near === undefined ? ` There are: ${ids.join(", ")}.` : ` Did you mean ${near}?`}`,
        },
      ];
    });
  });
}

/** An item that has several parts has no answer of its own. */
function noPart(id: string, { parts }: Known): string | undefined {
  if (parts.has(id)) return undefined;
  const own = [...parts.keys()].filter((part) => part.startsWith(`${id}.`));
  return own.length === 0 ? `'${id}' has no answer.` : `'${id}' has several answers: name one of ${own.join(", ")}.`;
}

function notBefore(id: string, { known, at, own = false }: Place): string | undefined {
  const { standing, layout } = known;
  const found = standing.get(id);
  if (found === undefined) {
    const [near] = nearest(id, [...standing.keys()]);
    return `There is no item '${id}'.${near === undefined ? "" : ` Did you mean ${near}?`}`;
  }
  if (at === undefined) return undefined;
  const isOwn = own && found.block === at.block && found.place === at.place;
  return isOwn || alwaysBefore(layout, found, at) ? undefined : `'${id}' is not always asked before this.`;
}

function skipIssues(
  to: string,
  path: string,
  { known, at }: { readonly known: Known; readonly at: Standing },
): readonly Issue[] {
  if (to === "end") return [];
  const { layout, standing } = known;
  const block = layout.blocks.findIndex(({ id }) => id === to);
  const found = standing.get(to);
  if (block === -1 && found === undefined) {
    const names = [...layout.blocks.flatMap(({ id, items }) => [id, ...items.map((item) => item.id)]), "end"];
    const [near] = nearest(to, names);
    return [
      { path, message: `There is no item or block '${to}'.${near === undefined ? "" : ` Did you mean ${near}?`}` },
    ];
  }
  const isLater = found === undefined ? blockBefore(layout, at.block, block) : alwaysBefore(layout, at, found);
  return isLater ? [] : [{ path, message: `'${to}' does not always come after this: nobody can be sent back.` }];
}

function pipeIssues(item: Item, path: string, place: Place): readonly Issue[] {
  return textsOf({ ...item, parts: partsOf(item) })
    .flatMap(pipesIn)
    .flatMap(({ id }) => {
      const fault = notBefore(id, place) ?? noPart(id, place.known);
      return fault === undefined ? [] : [{ path: `${path}.text`, message: `{{${id}}}: ${fault}` }];
    });
}
