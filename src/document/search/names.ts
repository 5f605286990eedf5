import { nearest } from "../../kernel/text/nearest.ts";
import type { SourceDocument } from "../document.ts";

/** Which documents a name means; where it means none, which names are near. */
export type Meant =
  | { readonly found: number }
  | { readonly several: readonly number[] }
  | { readonly near: readonly number[] };

/**
 * Each document by the shortest end of its location that no other has: `report.md`, or `2025/report.md` where there are
 * two of that name. No more of a path is told than is needed.
 */
export function namesOf(locations: readonly string[]): readonly string[] {
  return locations.map((location) => {
    const steps = location.replace(/\/+$/, "").split("/");
    for (let from = steps.length - 1; from > 0; from--) {
      const end = steps.slice(from).join("/");
      const alone = locations.every((other) => other === location || (other !== end && !other.endsWith(`/${end}`)));
      if (end !== "" && alone) return end;
    }
    return location;
  });
}

/** Whom a name means, as a person writes it: a name, a title, an end or a part of one; capitals do not matter. */
export function meant(
  asked: string,
  documents: readonly { readonly name: string; readonly document: Pick<SourceDocument, "location" | "title"> }[],
): Meant {
  const wanted = folded(asked);
  const known = documents.map(({ name, document: { location, title } }) => [name, location, title ?? name].map(folded));
  const ways: readonly ((said: string) => boolean)[] = [
    (said) => said === wanted,
    (said) => said.endsWith(`/${wanted}`) || said.replace(/\.\w+$/, "") === wanted,
    (said) => wanted.length > 2 && said.includes(wanted),
  ];
  for (const way of ways) {
    const found = known.flatMap((names, at) => (names.some(way) ? [at] : []));
    if (found.length === 1) return { found: found[0] ?? 0 };
    if (found.length > 1) return { several: found };
  }
  const near = nearest(wanted, known.flat());
  return { near: [...new Set(near.map((name) => known.findIndex((names) => names.includes(name))))] };
}

function folded(name: string): string {
  return name.normalize("NFKC").toLowerCase().replace(/\s+/g, " ").trim();
}
