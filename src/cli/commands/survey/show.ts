import {
  conditionInWords,
  type Instrument,
  type Item,
  itemInWords,
  partsOf,
  type SurveyCondition,
} from "../../../index.ts";
import type { Session } from "../../session.ts";
import { harmless } from "../../terminal/text.ts";

/** A questionnaire as those read it who take it, and for whom each item is. */
export function instrumentLines(session: Session, instrument: Instrument): readonly string[] {
  const { out, outStyle: style } = session;
  const { name, intro, thanks, blocks } = instrument;
  const paragraph = (text: string | undefined): readonly string[] =>
    text === undefined ? [] : ["", ...folded(session, text, 0)];
  let number = 0;
  const content = blocks.flatMap(({ id, title, if: condition, items }) => [
    ...(blocks.length > 1 ? ["", ...out.fold(harmless(title ?? id), 0).map((line) => style.bold(line))] : []),
    ...when(session, condition, 0),
    ...items.flatMap((item) => {
      number += item.kind === "note" || item.kind === "computed" ? 0 : 1;
      return itemLines(session, item, number);
    }),
  ]);
  return [style.bold(harmless(name)), ...paragraph(intro), ...content, ...paragraph(thanks)];
}

function itemLines(session: Session, item: Item, number: number): readonly string[] {
  const { outStyle: style } = session;
  if (item.kind === "note") return ["", ...folded(session, item.text, 4)];
  const head = `${String(number).padStart(2)}. `;
  if (item.kind === "computed") {
    return ["", ...folded(session, `${item.text} = ${item.formula}`, 4).map((line) => style.dim(line))];
  }
  const asked = folded(session, itemInWords({ ...item, parts: partsOf(item) }), 4);
  const rules = [
    ...(item.skip ?? []).map(({ if: condition, to }) => `→ ${to}, if ${conditionInWords(condition)}`),
    ...(item.screenOut ?? []).map(
      ({ if: condition, reason }) => `→ over (${reason}), if ${conditionInWords(condition)}`,
    ),
    ...(item.paraphrases ?? []).map((text) => `In other words: ${text}`),
    ...(item.method === undefined ? [] : [`Simulated people are asked by ${item.method}.`]),
    ...(item.expect === undefined ? [] : [`Attention check: ${item.expect} is expected.`]),
  ];
  return [
    "",
    `${head}${style.dim(item.id)}`,
    ...when(session, item.if, 4),
    ...asked,
    ...rules.flatMap((rule) => folded(session, rule, 4).map((line) => style.dim(line))),
  ];
}

const when = (session: Session, condition: SurveyCondition | undefined, indent: number): readonly string[] =>
  condition === undefined
    ? []
    : folded(session, `If ${conditionInWords(condition)}:`, indent).map((line) => session.outStyle.dim(line));

/** Lines of a text, each folded to the terminal and indented. */
const folded = ({ out }: Session, text: string, indent: number): readonly string[] =>
  harmless(text)
    .split("\n")
    .flatMap((line) => (line === "" ? [""] : out.fold(line, indent).map((part) => `${" ".repeat(indent)}${part}`)));
