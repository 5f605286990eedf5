import { type Flag, type Kind, namesOf, type Place, quoted } from "./tree.ts";

/** How a shell offers what may follow. */
interface Offers {
  words(words: readonly string[]): string;
  looked(kind: Kind): string;
  /** Files of the folder. */
  files: string;
}

/** The part that bash and zsh share: which command the line is at, and what may follow there. */
function cases(places: readonly Place[], { words, looked, files }: Offers): readonly string[] {
  const offer = ({ choices, kind }: { readonly choices: readonly string[]; readonly kind?: Kind }): string =>
    choices.length > 0 ? words(choices) : kind === undefined ? files : looked(kind);
  const values = places.flatMap(({ path, flags }) =>
    flags.filter(({ takes }) => takes).map((flag) => `    ${before(path, flag)}) ${offer(flag)}; return ;;`),
  );
  const following = places.map((place) => {
    const all = words(place.flags.map(({ long }) => long));
    const names = place.commands.map(({ name }) => name);
    const operand = names.length > 0 ? words(names) : offer(place);
    return `    ${quoted(place.path)}) if [[ $cur == -* ]]; then ${all}; else ${operand}; fi ;;`;
  });
  return ['  case "$at|$prev" in', ...values, "  esac", '  case "$at" in', ...following, "  esac"];
}

const before = (path: string, flag: Flag): string =>
  namesOf(flag)
    .map((name) => quoted(`${path}|${name}`))
    .join("|");

/** Adds a word to the command that the line is at, where it is one of its own. */
function walk(places: readonly Place[]): string {
  const paths = places.map(({ path }) => path).filter((path) => path !== "");
  return `case "\${at:+$at }$word" in ${paths.map(quoted).join("|")}) at="\${at:+$at }$word" ;; esac`;
}

/** The completion script of bash; it works with version 3.2, which macOS has. */
export function bashScript(places: readonly Place[]): string {
  return [
    '# tinytroupe in bash: eval "$(tinytroupe completions bash)", in ~/.bashrc for good',
    "_tinytroupe_words() {",
    "  local word",
    '  for word in "$@"; do [[ $word == "$cur"* ]] && COMPREPLY+=("$word"); done',
    "}",
    "_tinytroupe_looked() {",
    "  local word",
    `  while IFS= read -r word; do COMPREPLY+=("$word"); done < <("\${COMP_WORDS[0]}" complete "$1" "$cur" 2>/dev/null)`,
    "}",
    "_tinytroupe() {",
    `  local cur="\${COMP_WORDS[COMP_CWORD]}" prev="\${COMP_WORDS[COMP_CWORD-1]}" at="" word`,
    "  COMPREPLY=()",
    `  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do ${walk(places)}; done`,
    ...cases(places, {
      words: (words) => `_tinytroupe_words ${words.map(quoted).join(" ")}`,
      looked: (kind) => `_tinytroupe_looked ${kind}`,
      // With nothing to offer bash completes files by itself.
      files: ":",
    }),
    "}",
    "complete -o default -F _tinytroupe tinytroupe",
    "",
  ].join("\n");
}

/** The completion script of zsh. */
export function zshScript(places: readonly Place[]): string {
  return [
    "#compdef tinytroupe",
    '# tinytroupe in zsh: eval "$(tinytroupe completions zsh)", in ~/.zshrc after compinit for good',
    "_tinytroupe_looked() {",
    "  local -a found",
    `  found=("\${(@f)$("\${words[1]}" complete "$1" "$cur" 2>/dev/null)}")`,
    `  if [[ -n "\${found[1]}" ]]; then compadd -- "\${found[@]}"; else _files; fi`,
    "}",
    "_tinytroupe() {",
    `  local cur="\${words[CURRENT]}" prev="\${words[CURRENT-1]}" at="" word`,
    `  for word in "\${(@)words[2,CURRENT-1]}"; do ${walk(places)}; done`,
    ...cases(places, {
      words: (words) => `compadd -- ${words.map(quoted).join(" ")}`,
      looked: (kind) => `_tinytroupe_looked ${kind}`,
      files: "_files",
    }),
    "}",
    "compdef _tinytroupe tinytroupe",
    "",
  ].join("\n");
}
