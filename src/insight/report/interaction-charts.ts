import type { TranscriptEntry } from "../../kernel/contracts/events.ts";
import type { Chart } from "../../plot/chart.ts";

/** People whom a chart can name. */
const mostPeople = 30;

/**
 * What a transcript can show by itself: how often each spoke, as bars, who spoke to whom, as a network, and where it has
 * steps who did what when, as a timeline. Of more than thirty people, those who spoke most.
 * @example
 * const charts = interactionCharts([
 *   { id: "a#0.0", kind: "action", type: "TALK", from: "Lisa", to: ["Oscar"], text: "Hello." },
 *   { id: "b#0.0", kind: "action", type: "TALK", from: "Oscar", to: ["Lisa"], text: "Hello." },
 * ]);
 * charts.map(({ kind }) => kind); // => ["bars", "network"]
 */
export function interactionCharts(entries: readonly TranscriptEntry[]): readonly Chart[] {
  const once = [...new Map(entries.map((entry) => [entry.id, entry])).values()];
  const done = once.filter(
    ({ kind, type, from }) => kind === "action" && type !== "DONE" && from !== undefined,
  ) as readonly (TranscriptEntry & { readonly from: string })[];
  const talk = done.filter(({ type }) => type === "TALK");
  const spoken = [...Map.groupBy(talk, ({ from }) => from)].toSorted(([, one], [, other]) => other.length - one.length);
  if (spoken.length < 2) return [];
  const people = spoken.slice(0, mostPeople).map(([name]) => name);
  const note = spoken.length > people.length ? `the ${people.length} of ${spoken.length} who spoke most` : undefined;
  const about = note === undefined ? {} : { note };
  const bars = spoken.slice(0, mostPeople).map(([label, said]) => ({ label, value: said.length }));
  return [
    { kind: "bars", title: "How often each spoke", ...about, measure: "times", bars },
    ...networkOf(talk, people, about),
    ...timelineOf(done, people, about),
  ];
}

type Said = readonly (TranscriptEntry & { readonly from: string })[];

function networkOf(talk: Said, people: readonly string[], about: { readonly note?: string }): readonly Chart[] {
  const pairs = talk.flatMap(({ from, to }) => to.map((other) => JSON.stringify([from, other])));
  const links = [...Map.groupBy(pairs, (pair) => pair)].flatMap(([pair, times]) => {
    const [from, to] = JSON.parse(pair) as [string, string];
    return people.includes(from) && people.includes(to) ? [{ from, to, weight: times.length }] : [];
  });
  if (links.length === 0) return [];
  const nodes = people.map((name) => ({ id: name, label: name }));
  return [{ kind: "network", title: "Who spoke to whom", ...about, nodes, links }];
}

function timelineOf(done: Said, people: readonly string[], about: { readonly note?: string }): readonly Chart[] {
  const events = done.flatMap(({ from, step, type }) =>
    step !== undefined && people.includes(from) ? [{ row: from, at: step, group: deedOf(type) }] : [],
  );
  if (new Set(events.map(({ at }) => at)).size < 2) return [];
  return [{ kind: "timeline", title: "Who did what when", ...about, rows: people, events, measure: "step" }];
}

const deedOf = (type: string): string => ({ TALK: "said", THINK: "thought" })[type] ?? "did";
