interface Texts {
  title: string;
  close: string;
  open(unread: number): string;
}

export const texts: Readonly<Record<"zh-CN" | "en", Texts>> = {
  "zh-CN": {
    title: "在线客服",
    close: "收起客服窗口",
    open: (unread) => (unread ? `联系客服，${unread} 条未读消息` : "联系客服"),
  },
  en: {
    title: "Chat with us",
    close: "Close the chat",
    open: (unread) =>
      unread
        ? `Chat with us, ${unread} unread ${unread === 1 ? "message" : "messages"}`
        : "Chat with us",
  },
};
