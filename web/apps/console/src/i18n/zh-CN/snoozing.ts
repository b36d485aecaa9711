import type * as en from "../en/snoozing.ts";

export const snoozing: typeof en.snoozing = {
  title: "稍后处理 {{name}}",
  hour: "1 小时后",
  afternoon: "今天下午",
  tomorrow: "明天",
  monday: "下周一",
  other: "其他时间",
  submit: "稍后处理",
  hint: "到时间或客户发来消息时，会话会自动恢复；期间仍占用你的接待名额。",
  done: "{{name}} 已设为稍后处理，至 {{time}}",
  undo: "撤销",
};
