import type { Me, Permission } from "@frontdesk/api";

/** What the console shows or hides. The server decides in the end; this only spares people dead ends. */
export function can(me: Pick<Me, "permissions">, permission: Permission): boolean {
  return me.permissions.includes(permission);
}
