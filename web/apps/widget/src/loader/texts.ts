interface Texts {
  title: string;
  close: string;
  open(unread: number, words: string): string;
}

export const texts: Readonly<Record<"zh-CN" | "en", Texts>> = {
  "zh-CN": {
    title: "在线客服",
    close: "收起",
    open: (unread, words) => (words || "联系客服") + (unread ? `，${unread} 条未读消息` : ""),
  },
  en: {
    title: "Chat with us",
    close: "Close",
    open: (unread, words) =>
      (words || "Chat with us") +
      (unread ? `, ${unread} unread ${unread === 1 ? "message" : "messages"}` : ""),
  },
};
