import type * as en from "../en/panels.ts";

export const panels: typeof en.panels = {
  title: "外部面板",
  none: "还没有外部面板",
  noneHint:
    "添加自己系统的页面，例如 ERP、订单系统或 CRM。客服接待时，它会显示在会话旁边，并直接定位到当前客户。",
  add: "添加面板",
  nameHint: "客服看到的名称",
  url: "地址",
  urlHint: "要显示的页面，以 https:// 开头。",
  renew: "更换密钥",
  renewSure: "旧密钥将立即失效，确认更换？",
  secret: "面板密钥",
  secretHint: "只显示这一次。你的系统用它验证收到的客户信息确实来自这里。",
};
