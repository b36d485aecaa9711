// Before anything is painted: the page's language from ?lang=, which the chat button follows.
document.documentElement.lang = new URLSearchParams(location.search).get("lang") === "en" ? "en" : "zh-CN";
