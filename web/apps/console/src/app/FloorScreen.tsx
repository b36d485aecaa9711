import { Floor } from "../features/floor/Floor.tsx";
import { later } from "../i18n/en/later.ts";
import { alsoInEnglish } from "../i18n/i18n.ts";
import { can } from "../shared/session/permissions.ts";
import { useMe } from "../shared/session/session.ts";
import { NotFound } from "./NotFound.tsx";

alsoInEnglish(later);

export function FloorScreen() {
  return can(useMe(), "conversation.supervise") ? <Floor /> : <NotFound />;
}
