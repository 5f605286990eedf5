import { type Kind, type Place, quoted } from "./tree.ts";

/** A text in fish's single quotes. */
const fishQuoted = (text: string): string => `'${text.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`;

/** The completion script of fish. */
export function fishScript(places: readonly Place[]): string {
  const paths = places.map(({ path }) => path).filter((path) => path !== "");
  return [
    "# tinytroupe in fish: tinytroupe completions fish | source, in ~/.config/fish/config.fish for good",
    "function __tinytroupe_at",
    "  set -l at",
    "  for word in (commandline -opc)[2..-1]",
    '    switch (string trim "$at $word")',
    `      case ${paths.map(fishQuoted).join(" ")}`,
    '        set at (string trim "$at $word")',
    "    end",
    "  end",
    '  echo "$at"',
    "end",
    "function __tinytroupe_looked",
    "  set -l words (commandline -opc)",
    "  $words[1] complete $argv[1] (commandline -ct) 2>/dev/null",
    "end",
    ...places.flatMap(linesOf),
    "",
  ].join("\n");
}

function linesOf({ path, commands, flags, choices, kind }: Place): readonly string[] {
  const here = `complete -c tinytroupe -n ${fishQuoted(`test "$(__tinytroupe_at)" = ${quoted(path)}`)}`;
  const words = choices.length > 0 || kind !== undefined ? [`${here} ${value(choices, kind)}`] : [];
  return [
    ...commands.map(({ name, about }) => `${here} -f -a ${fishQuoted(name)} -d ${fishQuoted(about)}`),
    ...flags.map(({ long, short, about, takes, choices: of, kind: what }) => {
      const name = [`-l ${long.replace(/^--/, "")}`, ...(short ? [`-s ${short.slice(1)}`] : [])].join(" ");
      return `${here} ${name}${takes ? ` -r ${value(of, what)}`.trimEnd() : ""} -d ${fishQuoted(about)}`;
    }),
    ...words,
  ];
}

function value(choices: readonly string[], kind: Kind | undefined): string {
  if (choices.length > 0) return `-f -a ${fishQuoted(choices.join(" "))}`;
  return kind === undefined ? "" : `-a ${fishQuoted(`(__tinytroupe_looked ${kind})`)}`;
}
