import type * as en from "../en/wrapUp.ts";

export const wrapUp: typeof en.wrapUp = {
  question: "是否解决？",
  solved: "已解决",
  unsolved: "未解决",
  unsaid: "未选择",
};
