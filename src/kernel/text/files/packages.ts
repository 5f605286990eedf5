import { TinyTroupeError } from "../../values/errors.ts";

/** Packages that not everybody has, as npm takes them, and who needs them. */
export interface Wanted {
  readonly packages: string;
  readonly whatFor: string;
}

/** Loads packages that not everybody has. Throws PACKAGE_MISSING with the command that installs them. */
export async function loaded<T>({ packages, whatFor }: Wanted, load: () => Promise<T>): Promise<T> {
  try {
    return await load();
  } catch (error) {
    if (!(error instanceof Error && "code" in error && /^(?:ERR_)?MODULE_NOT_FOUND$/.test(String(error.code))))
      throw error;
    const command = `npm install ${packages}`;
    throw new TinyTroupeError("PACKAGE_MISSING", `${whatFor} need packages that are not installed.`, {
      data: { package: packages, command },
      hint: `Install them with: ${command}`,
    });
  }
}
