import { Floor } from "../features/floor/Floor.tsx";
import { later } from "../i18n/en/later.ts";
import { addEnglish } from "../i18n/i18n.ts";
import { can } from "../shared/session/permissions.ts";
import { useMe } from "../shared/session/session.ts";
import { NotFound } from "./NotFound.tsx";

addEnglish(later);

export function FloorScreen() {
  return can(useMe(), "conversation.supervise") ? <Floor /> : <NotFound />;
}
