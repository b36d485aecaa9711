import type * as en from "../en/supervising.ts";

export const mentions: typeof en.mentions = {
  title: "提到我的",
  count_one: "{{count}} 条新提及",
  count_other: "{{count}} 条新提及",
  none: "还没有人提到你",
  noneHint: "同事在备注里用 @ 就能提到你。",
  by: "{{name}} 提到了你",
  news: "{{name}} 提到了你：{{text}}",
  about: "{{name}} · {{time}}",
  choose: "同事",
  nobody: "没有叫“{{query}}”的同事",
  hint: "↑↓ 选择 · Enter 插入 · Esc 关闭",
};

export const whisper: typeof en.whisper = {
  start: "悄悄话",
  label: "对 {{name}} 说悄悄话",
  placeholder: "只有 {{name}} 和同事能看到，客户看不到",
  send: "发送悄悄话",
  line: "对 {{name}} 的悄悄话，仅同事可见",
  toYou: "对你的悄悄话，仅同事可见",
};

export const supervising: typeof en.supervising = {
  join: "加入会话",
  takenFrom: "{{by}} 接管了你与 {{name}} 的会话",
};

export const give: typeof en.give = {
  title: "把 {{name}} 指派给",
  submit: "指派",
  force: "仍然指派",
  done: "已指派给 {{name}}",
};

export const asking: typeof en.asking = {
  asked: "已请 {{name}} 接手此会话",
  left: "剩余 {{seconds}} 秒",
  withdraw: "撤回请求",
  title: "{{name}} 请你接手",
  reason: "拒绝原因（选填）",
  accepted: "{{name}} 已接手",
  declined: "{{name}} 无法接手",
  declinedWhy: "{{name}} 无法接手：{{reason}}",
  expired: "{{name}} 没有回应，会话仍由你接待",
};

export const floor: typeof en.floor = {
  title: "现场",
  hint: "谁在排队、谁在接待，实时可见。",
  break: "小休",
  queue: "排队",
  agents: "客服",
  every: "全部接待组",
  nobody: "没有人在排队",
  noAgents: "没有符合的客服",
  waits: "已等待",
  search: "查找客服",
  since: "已持续",
  state: "更改 {{name}} 的状态",
  has: "{{name}} 的会话",
  none: "没有你可查看的会话",
};
