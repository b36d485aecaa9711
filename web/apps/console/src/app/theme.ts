import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from "@mantine/core";

/** A quiet green-blue: it marks what can be acted on, and nothing else. */
const tide: MantineColorsTuple = [
  "#e8f7f5",
  "#d3ece9",
  "#a6d9d3",
  "#76c5bc",
  "#4fb3a9",
  "#2f9b90",
  "#12796f",
  "#0f6a62",
  "#0c5a53",
  "#084943",
];

/** The dark greys of the page, so that fields and menus belong to it. */
const dark: MantineColorsTuple = [
  "#e6e9eb",
  "#b9c1c8",
  "#9aa4ad",
  "#6f7a84",
  "#3a4248",
  "#2d3338",
  "#22272b",
  "#171b1e",
  "#12161a",
  "#0f1214",
];

// System fonts only: nothing is fetched from elsewhere.
export const theme = createTheme({
  respectReducedMotion: true,
  primaryColor: "tide",
  primaryShade: { light: 6, dark: 6 },
  autoContrast: true,
  colors: { tide, dark },
  defaultRadius: "md",
  cursorType: "pointer",
  fontFamily:
    'system-ui, -apple-system, "Segoe UI", Roboto, "PingFang SC", "Hiragino Sans GB", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif',
  headings: { fontWeight: "650" },
  fontSizes: { xs: "12px", sm: "13px", md: "14px", lg: "16px", xl: "18px" },
  // By name, not by `extend`: a dialog's code is not to be in the first screen for the sake of a default.
  components: {
    // A name is only told of something that has a role.
    Loader: { defaultProps: { role: "status" } },
    // Nothing but items may be in a menu: its focus begins on the first of them.
    Menu: { defaultProps: { withInitialFocusPlaceholder: false } },
    Tooltip: { defaultProps: { openDelay: 350, fz: "xs" } },
    Modal: { defaultProps: { centered: true, radius: "lg", transitionProps: { duration: 120 } } },
    Select: { defaultProps: { checkIconPosition: "right" } },
    Notification: { defaultProps: { radius: "md" } },
  },
});

/** What is deleted for ever: white on it reaches 4.5:1, day and night. */
const danger = {
  "--mantine-color-red-filled": "#c92a2a",
  "--mantine-color-red-filled-hover": "#b52424",
};

/** Text that explains must be readable too: all of these reach 4.5:1 on every surface of ours. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    ...danger,
    "--mantine-color-red-text": "#c92a2a",
    "--mantine-color-red-light-color": "#c92a2a",
    "--mantine-color-dimmed": "var(--fd-muted)",
    "--mantine-color-placeholder": "#6b7280",
    "--mantine-color-error": "#c92a2a",
    "--mantine-color-body": "var(--fd-surface)",
  },
  dark: {
    ...danger,
    "--mantine-color-dimmed": "var(--fd-muted)",
    "--mantine-color-placeholder": "#9aa1ac",
    "--mantine-color-error": "#ff8787",
    "--mantine-color-body": "var(--fd-surface)",
  },
});
