import { z } from "zod";
import { balancedBlocks } from "../../../../statistics/designs/incomplete-blocks.ts";
import { defineKind, idsOf } from "../../kind.ts";
import { type AnswerOption, OptionEntry, Text } from "../../written.ts";

/** The best and the worst of a few options at a time (MaxDiff; J. J. Louviere, 1987), in balanced incomplete blocks. */
export const bestWorst = defineKind(
  "best-worst",
  {
    options: z.array(OptionEntry).min(3).max(40),
    size: z.int().min(3).max(8).optional().describe("Options in a task: 4, or less where there are few."),
    times: z.int().min(1).max(10).default(3).describe("In how many tasks each option stands."),
    best: Text.optional().describe("What the best is called, as in most important."),
    worst: Text.optional(),
    tasks: z
      .array(z.array(z.string()).min(2))
      .min(1)
      .max(200)
      .optional()
      .describe("The tasks, by ids of options, where you have them."),
  },
  {
    settled: (item) => ({ ...item, tasks: item.tasks ?? designed(item) }),
    parts: (item) => {
      const { id, options, best = "Best", worst = "Worst", tasks = designed(item) } = item;
      return tasks.flatMap((task, place) => {
        const shown = task.flatMap((one) => options.find((option) => option.id === one) ?? []);
        const name = `${id}.${place + 1}`;
        const scale = { kind: "nominal" as const, options: idsOf(shown) };
        return [
          { id: `${name}.best`, task: name, asks: best, scale, options: shown },
          { id: `${name}.worst`, task: name, asks: worst, scale, options: shown, unlike: `${name}.best` },
        ];
      });
    },
    wrong: ({ options, size = 3, tasks = [] }) => {
      const known = idsOf(options);
      if (size >= options.length && options.length > 3)
        return [{ path: "size", message: `There are only ${options.length} options: take fewer at a time.` }];
      return tasks.flatMap((task, place) => {
        const strange = task.find((id) => !known.includes(id));
        if (strange !== undefined) return [{ path: `tasks.${place}`, message: `'${strange}' is none of the options.` }];
        return new Set(task).size < task.length
          ? [{ path: `tasks.${place}`, message: "An option stands in it twice." }]
          : [];
      });
    },
    english: (item) => (["best", "worst"] as const).filter((key) => item[key] === undefined),
  },
);

interface Designed {
  readonly options: readonly AnswerOption[];
  readonly size?: number | undefined;
  readonly times: number;
}

function designed({ options, size, times }: Designed): string[][] {
  const each = size ?? Math.min(4, Math.max(3, options.length - 1));
  return balancedBlocks(options.length, { size: each, times }).map((task) =>
    task.map((place) => options[place]?.id ?? ""),
  );
}
