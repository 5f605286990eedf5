import { unmarkedCsvOf } from "../../kernel/text/files/csv.ts";
import type { AnswerComparison } from "../comparison/compare-answers.ts";
import type { AnswerSet } from "../people/answers.ts";

/** All figures as CSV: whether each was claimed beforehand, or is exploratory. */
export function figuresCsv({ figures, claims }: AnswerComparison): string {
  const declared = new Set(claims?.rows.map(({ figure }) => figure));
  const columns = [
    ...([
      "id",
      "item",
      "measure",
      "part",
      "attribute",
      "group",
      "n",
      "simulatedN",
      "human",
      "simulated",
      "humanLow",
      "humanHigh",
    ] as const),
    ...([
      "value",
      "low",
      "high",
      "level",
      "reason",
      "ceiling",
      "floor",
      "floorBy",
      "place",
      "placeReason",
      "p",
      "margin",
    ] as const),
  ];
  return unmarkedCsvOf(
    [...columns, "exploratory"],
    figures.map((row) => [...columns.map((column) => row[column]), !declared.has(row.id)]),
  );
}

/** Lists as JSON, as options may have any sign in them. */
const written = (value: unknown): unknown => (Array.isArray(value) ? JSON.stringify(value) : value);

/** All answers of both sides as CSV, a row for each person and item: what the figures rest on. */
export function answersCsv(human: AnswerSet, simulated: AnswerSet): string {
  const attributes = [...new Set([human, simulated].flatMap(({ people }) => Object.keys(people[0]?.attributes ?? {})))];
  const rows = [human, simulated].flatMap((set, side) =>
    set.people.flatMap((person) =>
      Object.values(person.answers).map((answer) => [
        ...[side === 0 ? "people" : "simulated", set.source, person.row, person.line, person.id, person.weight],
        ...[answer.item, written(answer.value), "missing" in answer ? answer.missing : undefined],
        ...["distribution" in answer ? answer.distribution : undefined, person.comment],
        ...attributes.map((name) => person.attributes[name]),
      ]),
    ),
  );
  const columns = [
    "side",
    "source",
    "row",
    "line",
    "id",
    "weight",
    "item",
    "value",
    "missing",
    "distribution",
    "comment",
  ];
  return unmarkedCsvOf([...columns, ...attributes], rows);
}
