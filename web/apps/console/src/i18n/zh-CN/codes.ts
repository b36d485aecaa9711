import type * as en from "../en/codes.ts";

export const codes: typeof en.codes = {
  tab: "直达码",
  hint: "网址末尾加上 ?frontdesk=直达码，访客会直接找到指定的客服或接待组，适合名片、邮件和活动页。",
  add: "添加直达码",
  none: "还没有直达码",
  code: "直达码",
  codeHint: "2 到 40 个字母、数字、连字符或下划线；留空则自动生成。",
  target: "直达",
  agents: "客服",
  teams: "接待组",
  toAgent: "指定客服：{{name}}",
  toTeam: "指定接待组：{{name}}",
  gone: "已不存在",
  remove: "删除",
  sure: "确定删除？",
  removeLabel: "删除直达码 {{code}}",
  copied: "已复制",
  copy: "复制",
  copyLabel: "复制 ?frontdesk={{code}}",
};
