import type { Listener } from "../kernel/contracts/events.ts";
import { isPackagedName, loadFragment, loadPersona, packagedFragment, packagedPersona } from "../persona/files.ts";
import { type Fragment, layFragment } from "../persona/fragment.ts";
import { type Persona, parsePersona } from "../persona/schema.ts";

/** Where a run's personas and fragments are read from, and who is told what is odd about them. */
export interface Sources {
  pathOf(path: string): string;
  readonly watch: Listener;
}

/** A persona from data, a file, or the name of a packaged one. */
export async function personaOf(source: string | object, sources: Sources): Promise<Persona> {
  if (typeof source !== "string") return parsePersona(source);
  if (isPackagedName(source)) return packagedPersona(source);
  return told(await loadPersona(sources.pathOf(source)), sources).persona;
}

/** Fragments from data, files, or names of packaged ones. */
export function fragmentsOf(
  given: readonly (string | Fragment)[] = [],
  sources: Sources,
): Promise<readonly Fragment[]> {
  return Promise.all(
    given.map(async (source) => {
      if (typeof source !== "string") return source;
      if (isPackagedName(source)) return packagedFragment(source);
      return told(await loadFragment(sources.pathOf(source)), sources).fragment;
    }),
  );
}

/** A persona with fragments laid over it, in their order. */
export function layered(persona: Persona, fragments: readonly Fragment[]): Persona {
  return fragments.reduce((under, fragment) => layFragment(under, fragment), persona);
}

function told<Loaded extends { readonly warnings: readonly string[] }>(loaded: Loaded, { watch }: Sources): Loaded {
  for (const message of loaded.warnings) watch({ type: "warning", message });
  return loaded;
}
