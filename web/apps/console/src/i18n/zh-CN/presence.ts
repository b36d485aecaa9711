import type * as en from "../en/presence.ts";

export const presence: typeof en.presence = {
  online: "在线",
  busy: "忙碌",
  away: "离开",
  offline: "离线",
  missed: "多次未接入",
  wrapping: "话后整理 {{seconds}} 秒",
  ready: "整理完毕，继续接待",
  alarms_one: "{{count}} 位访客等待过久",
  alarms_other: "{{count}} 位访客等待过久",
  hint: {
    online: "会分配新会话给你",
    busy: "不再分配新会话，处理完手上的",
    away: "离开期间不分配新会话",
    offline: "当前不在岗",
  },
  break: "小休",
};

export const due: typeof en.due = {
  first_reply: "首次响应",
  next_reply: "后续响应",
  resolution: "解决",
  left: "剩余",
  late: "已超时",
};
