import { Floor } from "../features/floor/Floor.tsx";
import { can } from "../shared/session/permissions.ts";
import { useMe } from "../shared/session/session.ts";
import { NotFound } from "./NotFound.tsx";

export function FloorScreen() {
  return can(useMe(), "conversation.supervise") ? <Floor /> : <NotFound />;
}
