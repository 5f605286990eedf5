/** One text that is rewritten. */
interface Edit {
  readonly path: string;
  readonly text: string;
  readonly because: string;
}

/** What follows from a change, by rules: texts that name what was changed word for word name what it is from now on. */
export function variationDraft(text: string): { readonly edits: readonly Edit[] } {
  const changes = [...text.matchAll(/^[^\n=]+: (".*"|[\d.]+) → (".*"|[\d.]+)$/gmu)].flatMap(([, before, after]) => {
    const [was, is] = [before, after].map((one) => String(JSON.parse(one ?? '""')));
    return was === undefined || is === undefined || was.length < 2 ? [] : [{ was, is }];
  });
  const edits = [...text.matchAll(/^(\S+) = (".*")$/gmu)].flatMap(([, path = "", written = '""']): readonly Edit[] => {
    const before = String(JSON.parse(written));
    const now = changes.reduce((current, { was, is }) => current.replaceAll(wordsOf(was), () => is), before);
    return now === before ? [] : [{ path, text: now, because: "It names what was changed." }];
  });
  return { edits };
}

const wordsOf = (text: string): RegExp =>
  new RegExp(`(?<![\\p{L}\\p{N}])${text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}(?![\\p{L}\\p{N}])`, "giu");
