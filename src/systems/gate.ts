import { withArticle } from "../kernel/text/known-keys.ts";
import { TinyTroupeError } from "../kernel/values/errors.ts";

/** Which places may be touched. Nothing else is, wherever a system leads. */
export interface Gate {
  /** Throws SYSTEM_REFUSED for an address whose host is not in the list. */
  check(address: string | URL): URL;
  allows(address: string | URL): boolean;
}

/**
 * A gate for these hosts: `shop.example`, `localhost:8080`, `*.shop.example`. A host without a port stands for the usual
 * ones. Throws OPTION_INVALID where there is no list.
 * @example
 * gateOf("shop", ["localhost:8080"]).allows("http://localhost:8080/cart"); // => true
 */
export function gateOf(system: string, allow: readonly string[]): Gate {
  const allowed = checkedList(system, allow, 'allow: ["localhost:8080"]');
  const allows = (address: string | URL): boolean => {
    const url = URL.parse(String(address));
    if (url === null || !/^(?:https?|wss?):$/.test(url.protocol)) return false;
    const port = url.port || (/^(?:https|wss):$/.test(url.protocol) ? "443" : "80");
    return allowed.some((host) => matches(host.toLowerCase(), [url.host, `${url.hostname}:${port}`]));
  };
  return {
    allows,
    check: (address) => {
      const url = URL.parse(String(address));
      if (url !== null && allows(url)) return url;
      throw refused(system, url === null ? "…" : url.host || url.protocol, allowed);
    },
  };
}

/** `hosts`: as the address has it, and with the port that it leaves unsaid. */
function matches(allowed: string, hosts: readonly string[]): boolean {
  return hosts.some((host) => (allowed.startsWith("*.") ? host.endsWith(allowed.slice(1)) : allowed === host));
}

/** Throws SYSTEM_REFUSED for a program that is not in the list, as it is called there. */
export function checkProgram(system: string, command: string, allow: readonly string[]): void {
  const allowed = checkedList(system, allow, 'allow: ["/usr/bin/bc"]');
  if (!allowed.includes(command)) throw refused(system, command, allowed);
}

function checkedList(system: string, allow: readonly string[], example: string): readonly string[] {
  if (Array.isArray(allow) && allow.length > 0 && allow.every((one) => typeof one === "string" && one !== "")) {
    return allow;
  }
  const given = Array.isArray(allow) ? "an empty list" : withArticle(allow);
  throw new TinyTroupeError("OPTION_INVALID", `What of ${system} may be touched is not said: allow is ${given}.`, {
    data: { option: "allow" },
    hint: `Name every host or program, as in ${example}.`,
  });
}

function refused(system: string, place: string, allowed: readonly string[]): TinyTroupeError<"SYSTEM_REFUSED"> {
  return new TinyTroupeError("SYSTEM_REFUSED", `${system} leads to ${place}, which is not among what is allowed.`, {
    data: { system, place, allowed },
    hint: `Add it to allow, if it is to be touched; there is: ${allowed.join(", ")}.`,
  });
}

/** Why a system cannot be used. */
export function systemFailed(system: string, detail: string, cause?: unknown): TinyTroupeError<"SYSTEM_FAILED"> {
  return new TinyTroupeError("SYSTEM_FAILED", `${system} cannot be used: ${detail}`, {
    data: { system, detail },
    hint: "See that it runs, and that its address or command is right; then start the same test again.",
    ...(cause !== undefined && { cause }),
  });
}

/** The error for an option of a system that is out of range; `wanted` says what to give instead. */
export function invalidSystem(option: string, wanted: string): TinyTroupeError<"OPTION_INVALID"> {
  return new TinyTroupeError("OPTION_INVALID", `The option ${option} of a system cannot be used.`, {
    data: { option },
    hint: `Give ${option} as ${wanted}.`,
  });
}
