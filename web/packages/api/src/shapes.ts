/**
 * Short names for the HTTP shapes, which are generated from the server's own description of itself. What the realtime
 * protocol describes more exactly (headers, entries) is taken from there.
 */
import type { Entry, Page, Sender, Snapshot } from "@frontdesk/realtime";
import type { components } from "./schema.gen.ts";

type Schemas = components["schemas"];
type With<T, Exact> = Omit<T, keyof Exact> & Exact;
/** An answer has every field; that one of them has a default matters only to whoever sends it. */
type Sent<T> = T extends readonly (infer Each)[]
  ? readonly Sent<Each>[]
  : T extends object
    ? { readonly [K in keyof T]-?: Sent<T[K]> }
    : T;

export type Role = Sent<Schemas["RoleView"]>;
export type RoleInput = Sent<Schemas["NewRole"]>;
export type Scope = Schemas["Scope"];
export type AgentStatus = Schemas["Status"];
export type Permission = Schemas["Permission"];
export type Agent = Schemas["AgentOnDuty"];
export type Me = Schemas["Me"];
/** Whom the token is for is told by `GET /v1/me`. */
export type SignedIn = Pick<Schemas["SignInAnswer"], "access_token" | "expires_at">;
export type NextStep = Sent<Schemas["NextStep"]>;
export type FactorOffer = Sent<Schemas["Offer"]>;
export type FactorStatus = Sent<Schemas["SecondFactorStatus"]>;
export type RecoveryCodesAnswer = Sent<Schemas["RecoveryCodes"]>;
export type EnrolledAnswer = Sent<Schemas["EnrolledAnswer"]>;
export type Passkey = Sent<Schemas["PasskeyView"]>;
export type PasskeyOptions = Sent<Schemas["PasskeyOptions"]>;
export type PasskeysOffer = Sent<Schemas["PasskeysOffer"]>;
export type OrganizationAnswer = Schemas["OrganizationAnswer"];
export type SignInPolicy = Sent<Schemas["SignInPolicy"]>;
export type Department = Schemas["DepartmentView"];
export type Policy = Schemas["Policy"];
export type Routing = Sent<Schemas["Routing"]>;
export type RoutingView = Sent<Schemas["RoutingView"]>;
export type ServiceLevel = Sent<Schemas["ServiceLevel"]>;
export type Measured = Sent<Schemas["MeasuredAnswer"]>;
export type OverflowStep = Sent<Schemas["OverflowStep"]>;
export type AttributeRule = Sent<Schemas["AttributeRule"]>;
export type Condition = Sent<Schemas["Condition"]>;
export type Tried = Sent<Schemas["TriedView"]>;
export type Learned = Sent<Schemas["LearnedView"]>;
export type WhatIf = Sent<Schemas["WhatIfView"]>;
export type Team = Sent<Schemas["TeamView"]>;
export type Queue = Sent<Schemas["QueueView"]>;
export type Hours = Sent<Schemas["Hours"]>;

export interface Items<T> {
  readonly items: readonly T[];
}
export interface CursorPage<T> extends Items<T> {
  readonly cursor: string | null;
}

export type ConversationView = Schemas["View"];
export interface ConversationAnswer {
  readonly conversation: Snapshot;
}
export type EntriesPage = With<Schemas["EntriesPage"], { readonly entries: readonly Entry[] }>;
export type ContactConversations = With<Schemas["OwnConversations"], Items<Snapshot>>;
export type Decision = Schemas["DecisionView"];
export type Decisions = Sent<Schemas["Decisions"]>;
export type Candidate = Schemas["CandidateView"];
export type SearchHit = With<
  Schemas["Hit"],
  { readonly conversation: Snapshot; readonly sender: Sender }
>;
export type SearchPage = With<Schemas["SearchPage"], Items<SearchHit>>;
export type FindAnswer = Schemas["FindAnswer"];
export type DayAnswer = Schemas["DayAnswer"];

export type PushState = Sent<Schemas["PushState"]>;
export type Mention = With<Schemas["MentionView"], { readonly conversation: Snapshot }>;
export type MentionPage = With<Schemas["MentionPage"], Items<Mention>>;

export type Contact = With<Schemas["contacts_types_ContactView"], { readonly page: Page | null }>;
export type FieldValue = Contact["fields"][string];
export type ContactField = Sent<Schemas["FieldView"]>;
export type FieldKind = Schemas["FieldKind"];
export type Tag = Sent<Schemas["TagView"]>;
export type Macro = Sent<Schemas["MacroView"]>;
export type MacroStep = Macro["steps"][number];
export type MacroRunAnswer = Sent<Schemas["RunAnswer"]>;
export type MacroRun = MacroRunAnswer["items"][number];
export type TakenStep = MacroRun["steps"][number];
export type StepOutcome = TakenStep["outcome"];
export type SavedFilter = Sent<Schemas["FilterView"]>;
export type FilterCriteria = SavedFilter["criteria"];
export type TagColor = Schemas["Color"];
export type Stop = Sent<Schemas["StopView"]>;
export type Care = Sent<Schemas["CareView"]>;
export type DirectCode = Sent<Schemas["CodeView"]>;
export type Customer = With<Schemas["CustomerView"], { readonly contact: Contact }>;
export type ContactChange = Sent<Schemas["ChangeView"]>;
export interface ContactAnswer {
  readonly contact: Contact;
}
export type ContactInput = Schemas["ContactChanges"];

export type Block = Sent<Schemas["BlockView"]>;
export type BlockPage = Sent<Schemas["BlocksAnswer"]>;
export type ContactBlocks = Sent<Schemas["ContactBlocksAnswer"]>;

export type QuickReply = Schemas["QuickReplyView"];
export type LeaveMessage = Schemas["LeaveMessageView"];
export type LeaveMessagePage = Schemas["LeaveMessagesAnswer"];
export type Ticket = Sent<Schemas["TicketView"]>;
export type TicketPage = Sent<Schemas["TicketPage"]>;
export type OpenedTicket = Sent<Schemas["OpenedTicket"]>;
export type TicketDeed = Sent<Schemas["DeedView"]>;
export type NewTicket = Schemas["NewTicketBody"];
export type TicketChanges = Schemas["TicketChangesBody"];
export type Uploaded = Schemas["Uploaded"];

export type LinkPreview = Sent<Schemas["LinkPreview"]>;
export type TranslationState = Sent<Schemas["TranslationState"]>;
export type TranslationService = Sent<Schemas["ServiceAnswer"]>;
export type NewTranslationService = Sent<Schemas["NewServiceAnswer"]>;
export type Translation = Sent<Schemas["Translation"]>;
export type Settings = Sent<Schemas["SettingsView"]>;
export type SettingValue = Settings["settings"][keyof Settings["settings"]];
export type Texts = Sent<Schemas["LocalizedText"]>;
export type Phrases = Sent<Schemas["LocalizedPhrases"]>;
export type Tongue = keyof Texts;

export type KnowledgeBase = Schemas["KnowledgeBaseView"];
export type Question = Schemas["QuestionView"];
export type KnowledgeHit = Schemas["KnowledgeHitView"];
export type ImportReport = Schemas["ImportAnswer"];
export type TryAnswer = Schemas["TryAnswer"];
export type Bot = Sent<Schemas["BotView"]>;
export type Handover = Bot["handover"];
export type Channel = Sent<Schemas["ChannelView"]>;
export type IdentityProvider = Sent<Schemas["ProviderView"]>;
export type Application = Sent<Schemas["ClientView"]>;
export type Authorization = Sent<Schemas["Authorization"]>;
export type Device = Sent<Schemas["DeviceView"]>;
export type ChannelKey = Sent<Schemas["KeyView"]>;
export type ChannelLink = Schemas["ChannelLink"];
export type HelpBody = Sent<Schemas["HelpBody"]>;
export type FormLine = Channel["form"][number];
export type ChannelInput = Partial<Sent<Schemas["ChannelBody"]>>;

export type AuditAction = Schemas["Action"];
export type AuditEntry = Sent<Schemas["AuditEntryView"]>;
export type AuditVerdict = Sent<Schemas["AuditVerdict"]>;
export type ErasureAnswer = Sent<Schemas["ErasureAnswer"]>;
export type RetentionAnswer = Sent<Schemas["RetentionAnswer"]>;

export type Scorecard = Sent<Schemas["Scorecard"]>;
export type Criterion = Scorecard["criteria"][number];
export type Review = Sent<Schemas["ReviewView"]>;
export type Reviewed = Sent<Schemas["ReviewedAnswer"]>;
export type ReviewPage = Sent<Schemas["ReviewsAnswer"]>;
export type OwnReviews = Sent<Schemas["OwnReviewsAnswer"]>;
export type Averages = Sent<Schemas["AveragesAnswer"]>;

export type Panel = Sent<Schemas["PanelView"]>;
export type NewPanelAnswer = Sent<Schemas["PanelSecretAnswer"]>;
export type PanelContext = Sent<Schemas["ContextAnswer"]>;

export type Webhook = Sent<Schemas["WebhookView"]>;
export type WebhookEvent = Schemas["EventType"];
export type NewWebhookAnswer = Sent<Schemas["NewWebhookAnswer"]>;
export type NewSecretAnswer = Sent<Schemas["NewSecretAnswer"]>;
export type Delivery = Sent<Schemas["DeliveryView"]>;
export type DeliveryPage = Sent<Schemas["DeliveriesAnswer"]>;
export type DeliveryState = Schemas["DeliveryState"];
export type DeliveryAttempt = Sent<Schemas["AttemptView"]>;
export type DeliveryStory = With<Sent<Schemas["DeliveryStoryView"]>, { readonly body: unknown }>;
