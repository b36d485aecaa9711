export type Language = "zh-CN" | "en" | "ar";

interface Texts {
  title: string;
  close: string;
  open: string;
}

export const texts: Readonly<Record<Language, Texts>> = {
  "zh-CN": {
    title: "在线客服",
    close: "收起",
    open: "联系客服",
  },
  en: {
    title: "Chat with us",
    close: "Close",
    open: "Chat with us",
  },
  ar: {
    title: "تواصل معنا",
    close: "إغلاق",
    open: "تواصل معنا",
  },
};
