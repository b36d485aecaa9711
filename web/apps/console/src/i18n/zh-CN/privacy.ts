export const privacy = {
  title: "隐私",
  export: "导出全部资料",
  erase: "删除该客户…",
  ask: "彻底删除 {{name}}？",
  asked:
    "姓名、联系方式、消息、文件和备注都会被彻底删除，所有人都看不到；进行中的会话会先结束。此操作无法撤销。",
  confirm: "彻底删除",
  going: "正在删除：已完成 {{done}} / {{count}} 个会话",
  done: "该客户的数据已删除。",
  gone: "该客户的数据已删除。",
  days: "会话保留天数（从结束时算起）",
  daysHint: "留空则永久保留。超过期限的内容会在十分钟内彻底删除。",
  save: "修改",
  due_one: "下次清理将删除 {{count}} 个会话，结束于 {{date}}。",
  due_other: "下次清理将删除 {{count}} 个会话，其中最早的结束于 {{date}}。",
  nothing: "下次清理没有需要删除的会话。",
};
