"""Why somebody does not come in. What exactly the provider did wrong is for the log, not for the person."""

from frontdesk.core.errors import ErrorKind, FrontdeskError, forbidden, invalid


def expired() -> FrontdeskError:
    return invalid(
        "sso.expired",
        "This sign-in is over, or was begun in another browser.",
        hint="Begin again.",
    )


def cancelled() -> FrontdeskError:
    return forbidden("sso.cancelled", "Your company's sign-in did not let you in.", hint="Try again.")


def failed() -> FrontdeskError:
    return FrontdeskError(
        ErrorKind.UNAVAILABLE,
        "sso.failed",
        "Your company's sign-in gave no answer that we can trust.",
        hint="Try again; if it stays so, tell your administrator.",
    )


def no_account() -> FrontdeskError:
    return forbidden(
        "sso.no-account",
        "Your company knows you, but you have no account here.",
        hint="Ask an administrator of your organization.",
    )
