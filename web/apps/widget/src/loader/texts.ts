export type Language = "zh-CN" | "en" | "ar";

interface Texts {
  close: string;
  open: string;
}

export const texts: Readonly<Record<Language, Texts>> = {
  "zh-CN": {
    close: "收起",
    open: "联系客服",
  },
  en: {
    close: "Close",
    open: "Chat with us",
  },
  ar: {
    close: "إغلاق",
    open: "تواصل معنا",
  },
};
