import { findPackageJSON } from "node:module";

type Environment = Readonly<Record<string, string | undefined>>;

/** A provider, and what of it is set here; never what the key is. */
export interface ProviderFound {
  readonly provider: string;
  /** Variables that may hold the key, the usual one first; empty where none is needed. */
  readonly keys: readonly string[];
  /** The variable that holds one. */
  readonly key?: string;
  readonly needsKey: boolean;
  /** An address of its own, without credentials, and the variable that names it. */
  readonly address?: { readonly variable: string; readonly url: string };
}

/** Every provider that a model can be named of, and which of their keys and addresses are set. */
export async function listProviders(environment: Environment): Promise<readonly ProviderFound[]> {
  const { providers } = await import("./adapters/ai-sdk/providers.ts");
  return Object.entries(providers).map(([provider, { keys, keyless, addresses }]) => {
    const key = keys.find((name) => environment[name]?.trim());
    const variable = addresses.find((name) => environment[name]?.trim());
    return {
      ...{ provider, keys, needsKey: keyless !== true },
      ...(key !== undefined && { key }),
      ...(variable !== undefined && { address: { variable, url: withoutCredentials(environment[variable] ?? "") } }),
    };
  });
}

/** The proxies that are named in the environment, without credentials. */
export function listProxies(environment: Environment): Readonly<Record<string, string>> {
  const found = ["https_proxy", "http_proxy", "no_proxy"].flatMap((name): [string, string][] => {
    const variable = environment[name] ? name : name.toUpperCase();
    const value = environment[variable];
    return value ? [[variable, withoutCredentials(value)]] : [];
  });
  return Object.fromEntries(found);
}

/** Whether an optional package is installed where this one finds it. */
export function hasPackage(name: string): boolean {
  try {
    return findPackageJSON(name, import.meta.url) !== undefined;
  } catch {
    // What cannot be found from here cannot be loaded either.
    return false;
  }
}

/** An address without user, password and query, where people put keys: with or without a scheme, up to the last `@`. */
function withoutCredentials(address: string): string {
  return address.replace(/^([a-z][a-z\d+.-]*:\/\/)?.*@/is, "$1…@").replace(/\?.*$/s, "?…");
}
