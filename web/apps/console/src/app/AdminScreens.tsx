import type { Permission } from "@frontdesk/api";
import type { ComponentType } from "react";
import { Audit } from "../features/audit/Audit.tsx";
import { Blocks } from "../features/blocks/Blocks.tsx";
import { Knowledge } from "../features/knowledge/Knowledge.tsx";
import { Quality } from "../features/quality/Quality.tsx";
import { Replies } from "../features/replies/Replies.tsx";
import { Settings } from "../features/settings/Settings.tsx";
import { Staff } from "../features/staff/Staff.tsx";
import { Webhooks } from "../features/webhooks/Webhooks.tsx";
import { later } from "../i18n/en/later.ts";
import { addEnglish } from "../i18n/i18n.ts";
import { can } from "../shared/session/permissions.ts";
import { useMe } from "../shared/session/session.ts";
import { NotFound } from "./NotFound.tsx";

addEnglish(later);

/** An address alone opens nothing: whoever lacks the permission is told what a wrong address is told. */
function guarded(needs: Permission, Screen: ComponentType) {
  return function Guarded() {
    return can(useMe(), needs) ? <Screen /> : <NotFound />;
  };
}

export const KnowledgeScreen = guarded("knowledge.manage", Knowledge);
export const StaffScreen = guarded("team.manage", Staff);
export const RepliesScreen = guarded("quick_reply.use", Replies);
export const SettingsScreen = guarded("settings.manage", Settings);
export const BlocksScreen = guarded("contact.block", Blocks);
/** For everybody: whoever does not review reads what was remarked about themselves. */
export { Quality };
export const AuditScreen = guarded("audit.read", Audit);
export const WebhooksScreen = guarded("webhook.manage", Webhooks);
