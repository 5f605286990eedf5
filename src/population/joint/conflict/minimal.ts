/**
 * A smallest set of parts that cannot be met together: without any one of them the others can (QuickXplain;
 * Junker 2004). Asks about |conflict| · log(|parts|) times.
 * @param parts that together cannot be met; those that come first are kept rather than those that come later
 */
export function minimalConflict(
  parts: readonly string[],
  canBeMet: (parts: ReadonlySet<string>) => boolean,
): readonly string[] {
  const explain = (base: readonly string[], added: boolean, rest: readonly string[]): readonly string[] => {
    if (added && !canBeMet(new Set(base))) return [];
    if (rest.length <= 1) return rest;
    const half = Math.floor(rest.length / 2);
    const [first, second] = [rest.slice(0, half), rest.slice(half)];
    const later = explain([...base, ...first], first.length > 0, second);
    const earlier = explain([...base, ...later], later.length > 0, first);
    return [...earlier, ...later];
  };
  return explain([], false, parts);
}
