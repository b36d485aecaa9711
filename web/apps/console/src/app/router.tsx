import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
} from "@tanstack/react-router";
import "../shared/entered.ts";
import { InboxScreen } from "./InboxScreen.tsx";
import { NotFound } from "./NotFound.tsx";
import { Root } from "./Root.tsx";
import {
  contactSearch,
  historySearch,
  inboxSearch,
  leaveSearch,
  ticketSearch,
} from "./searches.ts";

const root = createRootRoute({ component: Root, notFoundComponent: NotFound });
const home = createRoute({
  getParentRoute: () => root,
  path: "/",
  beforeLoad: () => {
    throw redirect({ to: "/inbox", replace: true });
  },
});
const inbox = createRoute({
  getParentRoute: () => root,
  path: "/inbox",
  component: InboxScreen,
  validateSearch: inboxSearch,
});
const inboxOne = createRoute({ getParentRoute: () => inbox, path: "$conversation" });
const history = createRoute({
  getParentRoute: () => root,
  path: "/history",
  validateSearch: historySearch,
  component: lazyRouteComponent(() => import("./HistoryScreen.tsx"), "HistoryScreen"),
});
const floor = createRoute({
  getParentRoute: () => root,
  path: "/floor",
  component: lazyRouteComponent(() => import("./FloorScreen.tsx"), "FloorScreen"),
});
const contacts = createRoute({
  getParentRoute: () => root,
  path: "/contacts",
  validateSearch: contactSearch,
  component: lazyRouteComponent(() => import("./ContactsScreen.tsx"), "ContactsScreen"),
});
const leaveMessages = createRoute({
  getParentRoute: () => root,
  path: "/leave-messages",
  validateSearch: leaveSearch,
  component: lazyRouteComponent(() => import("./LeaveScreen.tsx"), "LeaveScreen"),
});
const tickets = createRoute({
  getParentRoute: () => root,
  path: "/tickets",
  validateSearch: ticketSearch,
  component: lazyRouteComponent(() => import("./TicketsScreen.tsx"), "TicketsScreen"),
});
const knowledge = createRoute({
  getParentRoute: () => root,
  path: "/knowledge",
  component: lazyRouteComponent(() => import("./AdminScreens.tsx"), "KnowledgeScreen"),
});
const staff = createRoute({
  getParentRoute: () => root,
  path: "/staff",
  component: lazyRouteComponent(() => import("./AdminScreens.tsx"), "StaffScreen"),
});
const replies = createRoute({
  getParentRoute: () => root,
  path: "/replies",
  component: lazyRouteComponent(() => import("./AdminScreens.tsx"), "RepliesScreen"),
});
const quality = createRoute({
  getParentRoute: () => root,
  path: "/quality",
  component: lazyRouteComponent(() => import("./AdminScreens.tsx"), "Quality"),
});
const audit = createRoute({
  getParentRoute: () => root,
  path: "/audit",
  component: lazyRouteComponent(() => import("./AdminScreens.tsx"), "AuditScreen"),
});
const blocks = createRoute({
  getParentRoute: () => root,
  path: "/blocks",
  component: lazyRouteComponent(() => import("./AdminScreens.tsx"), "BlocksScreen"),
});
const webhooks = createRoute({
  getParentRoute: () => root,
  path: "/webhooks",
  component: lazyRouteComponent(() => import("./AdminScreens.tsx"), "WebhooksScreen"),
});
const settings = createRoute({
  getParentRoute: () => root,
  path: "/settings",
  component: lazyRouteComponent(() => import("./AdminScreens.tsx"), "SettingsScreen"),
});
const account = createRoute({
  getParentRoute: () => root,
  path: "/account",
  component: lazyRouteComponent(() => import("./AccountScreen.tsx"), "AccountScreen"),
});
const authorize = createRoute({
  getParentRoute: () => root,
  path: "/authorize",
  component: lazyRouteComponent(() => import("./ConsentScreen.tsx"), "Consent"),
});

export const router = createRouter({
  basepath: "/console",
  routeTree: root.addChildren([
    home,
    inbox.addChildren([inboxOne]),
    floor,
    history,
    contacts,
    leaveMessages,
    tickets,
    knowledge,
    staff,
    replies,
    quality,
    audit,
    blocks,
    webhooks,
    settings,
    account,
    authorize,
  ]),
  defaultPreload: "intent",
});

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}
