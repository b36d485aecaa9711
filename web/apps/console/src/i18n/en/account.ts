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
  title: "Signing in",
  length: "Shortest password",
  lengthHint:
    "In characters, 8 to 64. It counts for the next password that somebody chooses; common passwords and names are always refused.",
};
