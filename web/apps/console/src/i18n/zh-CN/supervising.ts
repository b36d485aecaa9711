import type * as en from "../en/supervising.ts";

export const whisper: typeof en.whisper = {
  start: "悄悄话",
  label: "对 {{name}} 说悄悄话",
  placeholder: "只有 {{name}} 和同事能看到，客户看不到",
  send: "发送悄悄话",
  line: "对 {{name}} 的悄悄话，仅同事可见",
  toYou: "对你的悄悄话，仅同事可见",
};

export const give: typeof en.give = {
  title: "把 {{name}} 指派给",
  submit: "指派",
  force: "仍然指派",
  done: "已指派给 {{name}}",
};

export const floor: typeof en.floor = {
  title: "现场",
  hint: "谁在排队、谁在接待，实时可见。",
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
