"""Push in a browser without a screen, which has no push service: ours stands in for it, and what comes is handed to the worker."""

import json

from tests.kit.browser import Browser
from tests.kit.push_service import PushService

_STUB = """
PushManager.prototype.getSubscription = async () => window.given ?? null;
PushManager.prototype.subscribe = async (options) => {
  const keys = %s;
  window.given = {
    endpoint: %s, options, toJSON: () => ({ endpoint: window.given.endpoint, keys }),
    unsubscribe: async () => { window.given = null; return true; },
  };
  return window.given;
};
"""
HIDE = """(hidden) => {
  Object.defineProperty(document, "hidden", { value: hidden, configurable: true });
  Object.defineProperty(document, "visibilityState", { value: hidden ? "hidden" : "visible", configurable: true });
  document.dispatchEvent(new Event("visibilitychange"));
}"""
SHOWN = "async () => (await registration.getNotifications()).map(({ title, body }) => [title, body])"
CLICK = """async () => {
  const [notification] = await registration.getNotifications();
  dispatchEvent(new NotificationEvent("notificationclick", { notification }));
}"""


def stub(keys: Browser, endpoint: str) -> str:
    """What a page is given in place of its browser's push service."""
    return _STUB % (json.dumps(keys.keys()), json.dumps(endpoint))


def allowing(service: PushService) -> dict[str, str]:
    """The settings of a server that may reach it."""
    return {
        "FRONTDESK_PUSH__ALLOW_HTTP": "true",
        "FRONTDESK_PUSH__PORTS": str(service.port),
        "FRONTDESK_PUSH__ALLOW_NETWORKS": "127.0.0.1/32",
    }
