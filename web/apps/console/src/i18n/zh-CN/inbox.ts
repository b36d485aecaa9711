import type * as en from "../en/inbox.ts";

export const inbox: typeof en.inbox = {
  choose: "选择 {{name}}",
  title: "会话列表",
  views: "查看哪些会话",
  view: {
    mine: "我的",
    snoozed: "稍后",
    waiting: "排队",
    team: "本组",
    all: "全部",
    closed: "已结束",
    mentions: "@我",
  },
  draft: "草稿",
  pinned: "已置顶",
  important: "重要",
  you: "我：{{text}}",
  said: "{{name}}：{{text}}",
  image: "[图片]",
  voice: "[语音]",
  file: "[文件] {{name}}",
  recalled: "[已撤回]",
  erased: "[已删除]",
  noMessages: "还没有消息",
  wrapUpMissing: "待填小结",
  waitingFor: "访客已等待回复",
  alarm: "等待过久",
  inQueue: "已排队",
  unread_one: "{{count}} 条未读消息",
  unread_other: "{{count}} 条未读消息",
  empty: {
    mine: "都处理完了",
    mineHint: "只要你在线，新会话会自动出现在这里。",
    mineOffline: "你现在不在线",
    mineOfflineHint: "把状态切换为“在线”，就会有会话分配给你。",
    snoozed: "没有稍后处理的会话",
    snoozedHint: "用 Shift+Z 搁置的会话在这里等待，直到时间到或访客发来消息。",
    waiting: "没有人在排队",
    waitingHint: "访客转人工而客服都已接满时，会在这里排队。",
    all: "没有进行中的会话",
    allHint: "机构内所有进行中的会话都会列在这里。",
    team: "本组没有进行中的会话",
    teamHint: "所在接待组的进行中会话都会列在这里，不论由谁接待。",
    mentions: "还没有人提到你",
    mentionsHint: "同事用 @ 提到你的会话会列在这里。",
    filter: "没有符合筛选的会话",
    filterHint: "有符合条件的会话时会自动出现在这里。",
    closed: "还没有已结束的会话",
    closedHint: "你处理完的会话会列在这里。",
    choose: "选择一个会话",
    chooseHint: "按 J、K 键在列表中移动，按 ? 键查看全部快捷键。",
  },
  goOnline: "切换为在线",
  offer: {
    title: "有新会话等你接入",
    accept: "接入",
    decline: "拒绝",
    left: "剩余 {{seconds}} 秒",
  },
};

export const aside: typeof en.aside = { until: "至 {{time}}", woken: "已恢复" };

export const states: typeof en.states = {
  bot: "机器人",
  waiting: "排队中",
  active: "进行中",
  closed: "已结束",
};

export const mentions: typeof en.mentions = {
  title: "提到我的",
  count_one: "{{count}} 条新提及",
  count_other: "{{count}} 条新提及",
  none: "还没有人提到你",
  noneHint: "同事在备注里用 @ 就能提到你。",
  by: "{{name}} 提到了你",
  answered: "{{name}} 已回复，工单重新打开",
  news: "{{what}}：{{text}}",
  about: "{{name}} · {{time}}",
  choose: "同事",
  nobody: "没有叫“{{query}}”的同事",
  hint: "↑↓ 选择 · Enter 插入 · Esc 关闭",
};

export const supervising: typeof en.supervising = {
  join: "加入会话",
  takenFrom: "{{by}} 接管了你与 {{name}} 的会话",
};

export const asking: typeof en.asking = {
  left: "剩余 {{seconds}} 秒",
  withdraw: "撤回请求",
  reason: "拒绝原因（选填）",
  transfer: {
    asked: "已请 {{name}} 接手此会话",
    title: "{{name}} 请你接手",
    accepted: "{{name}} 已接手",
    declined: "{{name}} 无法接手",
    declinedWhy: "{{name}} 无法接手：{{reason}}",
    expired: "{{name}} 没有回应，会话仍由你接待",
  },
  join: {
    asked: "已邀请 {{name}} 加入会话",
    title: "{{name}} 邀请你加入会话",
    accepted: "{{name}} 已加入会话",
    declined: "{{name}} 无法加入",
    declinedWhy: "{{name}} 无法加入：{{reason}}",
    expired: "{{name}} 没有回应邀请",
  },
};
