import type { JournalEvent } from "../../kernel/contracts/events.ts";
import { slug } from "../../kernel/values/ids.ts";
import type { MetricScale, MetricSource } from "../design/metric.ts";
import { fitted } from "./fitted.ts";
import type { Reading, Scene } from "./reading.ts";

type ItemSource = Extract<MetricSource, { item: string }>;
type Answered = Extract<JournalEvent, { type: "answered" }>;

/** Answers to an item, as they are on record; each variant of the questionnaire is an order of its own. */
export function answersOf(
  { item, survey, option }: ItemSource,
  scale: MetricScale,
  { story }: Scene,
): readonly Reading[] {
  const all = story.filter((event): event is Answered => event.type === "answered" && event.answer.item === item);
  const byStep = all.filter(({ id }) => survey !== undefined && stepIn(id) === slug(survey));
  const answered =
    byStep.length > 0 ? byStep : all.filter(({ instrument }) => survey === undefined || instrument === survey);
  return answered.map(({ id, person, answer }): Reading => {
    const order = /\/person:[^/#]+\/(.+):\d+#\d+$/.exec(id)?.[1];
    const head = { person, ...(order !== undefined && { order }) };
    if (answer.value === null) return { ...head, value: null, missing: answer.missing };
    const value = fitted(scale, option === undefined ? answer.value : ofOption(answer.value, option));
    return value === undefined ? { ...head, value: null, missing: "failed" } : { ...head, value };
  });
}

/** What the asking is called that an answer belongs to: that of a study file by its `as`. */
const stepIn = (id: string): string | undefined => /(?:^|\/)survey:[^/:]+:([^/]+)\/person:/.exec(id)?.[1];

/** What an answer says of one option: its place in an order, its amount, or whether it was chosen. */
function ofOption(value: unknown, option: string): number | undefined {
  if (Array.isArray(value)) {
    const place = value.indexOf(option);
    return place < 0 ? undefined : place + 1;
  }
  if (typeof value === "object" && value !== null) return Reflect.get(value, option) as number | undefined;
  return Number(value === option);
}
