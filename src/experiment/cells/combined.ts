import type { Issue } from "../../kernel/values/errors.ts";
import type { Difference, Edit } from "../../study/forks/difference.ts";

/**
 * Several differences as one: all edits, one after the other, and what is done at the place where they part.
 * `issues` says what cannot stand side by side.
 */
export function combined(parts: readonly Difference[]): {
  readonly difference: Difference;
  readonly issues: readonly Issue[];
} {
  const changes = parts.filter(({ change }) => change !== undefined);
  const [at, ...others] = [...new Set(changes.map((part) => part.at))];
  const models = parts.flatMap(({ edit }) => edit?.model ?? []);
  const issues = [
    ...(others.length > 0 ? [`They part at different places: ${[at, ...others].join(", ")}.`] : []),
    ...(models.length > 1 ? ["Each has a model of its own."] : []),
  ];
  const edits = parts.flatMap(({ edit }) => edit ?? []);
  const described = parts.flatMap((part) => part.described ?? []);
  const difference: Difference = {
    ...(at !== undefined && { at }),
    ...(changes.length > 0 && {
      change: async (simulation) => {
        for (const { change } of changes) await change?.(simulation);
      },
    }),
    ...(edits.length > 0 && { edit: edits.reduce(over) }),
    ...(described.length > 0 && { described: { all: described } }),
  };
  return { difference, issues: issues.map((message) => ({ path: "", message })) };
}

function over(under: Edit, { personas, fragments, stimulus, ...rest }: Edit): Edit {
  const { stimulus: first } = under;
  const both = first && stimulus && { stimulus: (told: Parameters<typeof first>[0]) => stimulus(first(told)) };
  return {
    ...under,
    ...rest,
    ...(personas && { personas: merged(under.personas, personas) }),
    ...(fragments && { fragments: [...(under.fragments ?? []), ...fragments] }),
    ...(both ?? (stimulus && { stimulus })),
  };
}

type Personas = NonNullable<Edit["personas"]>;

const merged = (under: Personas = {}, above: Personas): Personas => ({
  ...under,
  ...Object.fromEntries(Object.entries(above).map(([name, edit]) => [name, { ...under[name], ...edit }])),
});
