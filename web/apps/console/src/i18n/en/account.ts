export const account = {
  title: "Sign-in and security",
  hint: "How you sign in, and where you are signed in.",
  password: "Password",
  change: "Change password",
  changed: "Your password is changed. You are signed out everywhere else.",
  present: "Present password",
  fresh: "New password",
  rule: "At least {{count}} characters. Several words that do not belong together are good and easy to remember; nobody asks for digits or signs.",
  others: "You will be signed out everywhere else.",
};

export const signInPolicy = {
  second: "Second factor for everybody",
  secondHint:
    "Whoever signs in with a password shows a code as well. Who has no authenticator app yet sets one up at the next sign-in, before anything else.",

  title: "Signing in",
  length: "Shortest password",
  lengthHint:
    "In characters, 8 to 64. It counts for the next password that somebody chooses; common passwords and names are always refused.",
};

export const secondFactor = {
  title: {
    code: "One more step",
    enrolment: "Set up a second factor",
    passkey: "Use your passkey",
  },
  section: "Authenticator app",
  off: "Off. With an app on your phone, your password alone opens nothing.",
  none: "Not set up.",
  on: "In use since {{time}}.",
  left_one: "{{count}} recovery code is left.",
  left_other: "{{count}} recovery codes are left.",
  required: "Your organization asks for it.",
  enable: "Set up an app",
  disable: "Turn off",
  renew: "New recovery codes",
  passwordFirst: "To be sure that it is you.",
  next: "Continue",
  scan: "Scan this with an authenticator app, then enter the code that it shows.",
  picture: "QR code for the authenticator app",
  byHand: "Enter it by hand instead",
  copy: "Copy",
  copied: "Copied",
  code: "Code from the app",
  codeHint: "Six digits that change every half minute.",
  confirm: "Take it into use",
  recoveryCode: "Recovery code",
  recoveryCodeHint: "One of the ten that you were given; each works once.",
  recoveryCodes: "Recovery codes",
  keep: "Keep these where you find them without your phone. Each opens your account once, instead of a code from the app. They are not shown again.",
  copyAll: "Copy all",
  save: "Save as file",
  kept: "I have kept them",
  byApp: "Use a code from the app",
  byRecovery: "The app is not at hand? Use a recovery code",
  again: "Sign in as somebody else",
  enrolment: "Your organization asks for a code besides the password. Set up an app for it, once.",
  over: "That took too long. Sign in once more.",
  reset: "Reset second factor",
  resetSure: "Reset and sign out everywhere",
};

export const passkeys = {
  title: "Passkeys",
  hint: "Sign in with what unlocks your device: a fingerprint, your face or its PIN. No password, and nothing that can be given away.",
  add: "Add a passkey",
  name: "Name",
  nameHint: "By which you know it among yours.",
  since: "since {{time}}",
  unused: "not used yet",
  left: "No passkey was made. Try again when you are ready.",
  signIn: "Sign in with a passkey",
  needed: "Your organization asks for more than the password, and you have a passkey.",
};

export const habits = {
  title: "How you work",
  undo: "Time to take a message back",
  undoHint: "It leaves after these seconds. Kept for all your devices.",
  undoOff: "None: it leaves at once",
  undoFor: "{{count}} seconds",
  contrast: "Contrast",
  contrastHint: "For this device. A system set to more contrast counts as well.",
  contrastAuto: "Same as system",
  contrastMore: "High",
};

export const alerts = {
  title: "Do notifications reach you?",
  hint: "Try each of them here, in this browser, before you rely on them.",
  sound: "Sound",
  soundOn: "On. “Play” gives two tones.",
  played:
    "It has played. If you heard nothing, look at the volume below and at that of your system.",
  soundOff: "Switched off.",
  soundLocked: "The browser lets no sound through until you have clicked once.",
  turnOn: "Switch on",
  play: "Play",
  desktop: "Desktop notifications",
  unsupported: "This browser has none.",
  default: "You have not been asked yet.",
  denied:
    "Blocked. Allow notifications for this page in the browser's settings, then load it anew.",
  granted: "Allowed.",
  ask: "Allow…",
  try: "Show one",
  trying: "Waiting for the browser…",
  shown:
    "The browser has shown it. If you saw none, look at the notification settings of your system.",
  failed: "The browser could not show it. Look at the notification settings of your system.",
  sample: "This is a test",
  sampleBody: "New messages look like this while the page is out of sight.",
  line: "Connection",
  online: "Live: what happens is here at once.",
  offline: "Not connected: nothing would reach you now.",
};

export const push = {
  name: "Push on this device",
  unsupported:
    "This browser has none. On an iPhone or iPad, add this page to the home screen first.",
  off: "Off. Switched on, you are told here also while no page of the desk is open.",
  on: "On while you are signed in here. You are told when no page of the desk is in sight.",
  words: "Show the words of messages, too",
  turnOn: "Switch on",
  turnOff: "Switch off",
  try: "Try it",
  trying: "On its way through your browser's push service…",
  arrived: "It came. If you saw no notification, look at the notification settings of your system.",
  missing: {
    unknown: "Nothing came within 15 seconds. It may still come; try again in a moment.",
    unreachable:
      "Your browser's push service cannot be reached from the server. Ask whoever operates it.",
    refused:
      "Your browser's push service did not take it. Switch it off and on again; if that does not help, ask whoever operates the server.",
  },
};
