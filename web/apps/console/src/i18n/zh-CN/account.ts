export const account = {
  title: "登录与安全",
  hint: "您的登录方式和登录设备。",
  password: "密码",
  change: "修改密码",
  changed: "密码已修改，其他设备均已退出登录。",
  present: "当前密码",
  fresh: "新密码",
  rule: "至少 {{count}} 个字符。几个互不相关的词连起来既好记又安全，不要求数字或符号。",
  others: "修改后，其他设备将退出登录。",
};

export const signInPolicy = {
  title: "登录",
  length: "密码最短长度",
  lengthHint: "8 至 64 个字符，对之后设置的密码生效。常见密码以及由姓名构成的密码始终不被接受。",
};
