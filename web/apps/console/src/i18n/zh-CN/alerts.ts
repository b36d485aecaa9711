import type * as en from "../en/alerts.ts";

export const told: typeof en.told = {
  conversation: "新会话：{{name}}",
  offer: "是否接入 {{name}}？",
  woken: "稍后处理的会话已到时间",
  whisper: "{{name}} 的悄悄话",
  waiting_one: "{{count}} 位访客等待领取",
  waiting_other: "{{count}} 位访客等待领取",
  alarm: "{{name}} 等待回复过久",
  somebody: "访客",
  warned: "{{name}}：即将超时",
  breached: "{{name}}：已超时",
  with: "{{measure}} · {{agent}}",
};

export const alertRules: typeof en.alertRules = {
  title: "提醒哪些事，如何提醒",
  hint: "仅对本设备生效。正在查看的会话不会响；同时打开多个页面时只有一个会响。",
  volume: "音量",
  hear: "播放：{{name}}",
  off: "不提醒",
  shown: "仅通知",
  once: "响一次",
  repeated: "响到查看为止",
  repeatedHint: "“响到查看为止”每 20 秒响一次，直到你操作工作台，最长十分钟。",
  kind: {
    conversation: "新会话或邀约",
    message: "会话中的新消息",
    mention: "提及或悄悄话",
    waiting: "有访客等待领取",
    alarm: "过久未回复",
    answer: "请求的答复",
  },
  about: {
    conversation: "分配给你、请你接听，或被他人接管",
    message: "包括稍后处理的会话到时间",
    mention: "同事提到你，或组长对你说悄悄话",
    waiting: "你所在的手动领取队列，仅在线时提醒",
    alarm: "未回复警报与服务水平；组长也会收到所辖团队的",
    answer: "转接或邀请的结果",
  },
};
