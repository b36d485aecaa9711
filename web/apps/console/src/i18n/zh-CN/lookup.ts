import type * as en from "../en/lookup.ts";

export const lookup: typeof en.lookup = {
  title: "知识库",
  words: "搜索问题与答案",
  about: "根据客户的最新消息：",
  found: "问题与答案",
  none: "没有找到，换个说法试试。",
  answer: "用此回复",
  copy: "复制",
  copied: "已复制",
};
