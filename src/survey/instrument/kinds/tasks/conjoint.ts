import { z } from "zod";
import { choiceTasks } from "../../../../statistics/designs/choice-tasks.ts";
import { defineKind, idsOf } from "../../kind.ts";
import { type AnswerOption, Id, Options, Text } from "../../written.ts";

const Attribute = z.strictObject({ id: Id, label: Text, levels: Options });
type Attribute = z.output<typeof Attribute>;
/** Levels by attribute, by ids. */
const Profile = z.record(z.string(), z.string());

/** Choices among things that differ in their attributes (choice-based conjoint). */
export const conjoint = defineKind(
  "conjoint",
  {
    attributes: z.array(Attribute).min(1).max(12),
    alternatives: z.int().min(2).max(6).default(3).describe("How many there are to choose from."),
    count: z.int().min(1).max(40).default(8).describe("How many tasks there are."),
    none: Text.optional().describe("Offers to choose none of them, in these words."),
    tasks: z.array(z.array(Profile).min(2)).min(1).max(100).optional().describe("The tasks, where you have them."),
  },
  {
    settled: (item) => ({ ...item, tasks: item.tasks ?? designed(item) }),
    parts: (item) => {
      const { id, attributes, none, tasks = designed(item) } = item;
      return tasks.map((task, place) => {
        const offers = task.map(
          (profile, index): AnswerOption => ({ id: String(index + 1), label: inWords(profile, attributes) }),
        );
        const options = none === undefined ? offers : [...offers, { id: "none", label: none, fixed: true }];
        return { id: `${id}.${place + 1}`, scale: { kind: "nominal" as const, options: idsOf(options) }, options };
      });
    },
    wrong: ({ attributes, tasks = [] }) => {
      const ids = attributes.map(({ id }) => id);
      const twin = ids.find((id, place) => ids.indexOf(id) < place);
      if (twin !== undefined) return [{ path: "attributes", message: `Two attributes are called '${twin}'.` }];
      return tasks.flatMap((task, place) =>
        task.flatMap((profile, index) =>
          attributes
            .filter(({ id, levels }) => !levels.some((level) => Object.hasOwn(profile, id) && level.id === profile[id]))
            .map(({ id }) => ({
              path: `tasks.${place}.${index}`,
              message: `It has no level of '${id}' that there is.`,
            })),
        ),
      );
    },
  },
);

function inWords(profile: Readonly<Record<string, string>>, attributes: readonly Attribute[]): string {
  return attributes
    .map(({ id, label, levels }) => `${label}: ${levels.find((level) => level.id === profile[id])?.label ?? ""}`)
    .join("; ");
}

interface Designed {
  readonly attributes: readonly Attribute[];
  readonly alternatives: number;
  readonly count: number;
}

function designed({ attributes, alternatives, count }: Designed): Record<string, string>[][] {
  const levels = attributes.map((attribute) => attribute.levels.length);
  return choiceTasks({ levels, tasks: count, alternatives }).map((task) =>
    task.map((profile) =>
      Object.fromEntries(attributes.map(({ id, levels: known }, place) => [id, known[profile[place] ?? 0]?.id ?? ""])),
    ),
  );
}
