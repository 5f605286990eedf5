import { type Access, createAccess } from "../../delivery/access.ts";

/** Everybody can address everybody, but for the exceptions that are made later. */
export function openAccess(): Access {
  const access = createAccess();
  access.openEveryone();
  return access;
}
