import { type LookupAddress, lookup as lookUp } from "node:dns";
import { isIP, type LookupFunction } from "node:net";

/** An address that pages are not read from. */
export class RefusedAddress extends Error {
  constructor(host: string, address: string) {
    super(
      host === address ? `${host} is no public address` : `${host} leads to ${address}, which is no public address`,
    );
  }
}

/** What stands between us and addresses that are nobody's business. */
export interface Gate {
  /**
   * Tells whether an IP address is one of the open internet: not of this machine, a private network, a link, a cloud's
   * metadata service, or a tunnel to one of them; IPv4 in IPv6 is seen through.
   */
  isPublic(address: string): boolean;
  /** Throws RefusedAddress where a host is written as an address that is not public. */
  check(host: string): void;
  /**
   * Looks a name up for a connection, and refuses it when any of its addresses is not public. The connection is made to
   * what was looked at here, so that a name that changes its mind in between gains nothing.
   */
  readonly lookup: LookupFunction;
  /** All addresses of a name, refused as by `lookup`. */
  addresses(host: string): Promise<readonly LookupAddress[]>;
}

/**
 * A gate for public addresses.
 * @param allowed addresses, or ranges as `10.0.0.0/8`, that count as public all the same
 */
export async function publicGate(allowed: readonly string[] = []): Promise<Gate> {
  const { default: ipaddr } = await import("ipaddr.js");
  const isAllowed = (address: string, range: string): boolean => {
    const found = ipaddr.process(address);
    if (ipaddr.isValid(range)) return ipaddr.process(range).toNormalizedString() === found.toNormalizedString();
    if (!ipaddr.isValidCIDR(range)) return false;
    const [network, bits] = ipaddr.parseCIDR(range);
    return network.kind() === found.kind() && found.match(network, bits);
  };
  const isPublic = (address: string): boolean =>
    ipaddr.isValid(address) &&
    (ipaddr.process(address).range() === "unicast" || allowed.some((range) => isAllowed(address, range)));
  const lookup: LookupFunction = (host, options, callback) => {
    lookUp(host, { ...options, all: true }, (error, found) => {
      if (error !== null) return callback(error, "", 0);
      const refused = found.find(({ address }) => !isPublic(address));
      if (refused !== undefined) return callback(new RefusedAddress(host, refused.address), "", 0);
      const [first] = found;
      if (options.all === true) callback(null, found);
      else callback(null, first?.address ?? "", first?.family ?? 0);
    });
  };
  return {
    ...{ isPublic, lookup },
    check: (host) => {
      const bare = host.replace(/^\[|\]$/g, "");
      if (isIP(bare) !== 0 && !isPublic(bare)) throw new RefusedAddress(bare, bare);
    },
    addresses: (host) =>
      new Promise((resolve, reject) => {
        lookup(host, { all: true }, (error, found) => {
          if (error === null) resolve(found as LookupAddress[]);
          else reject(error);
        });
      }),
  };
}
