import type * as en from "../en/queue.ts";

export const hours: typeof en.hours = {
  button: "服务时间",
  title: "{{team}}的服务时间",
  always: "全天候服务",
  alwaysHint: "关闭后，访客只能在服务时间内找到这个接待组",
  zone: "时区",
  week: "每周",
  closed: "休息",
  opens: "{{day}}：开始",
  closes: "{{day}}：结束",
  add: "添加{{day}}的时段",
  remove: "删除{{day}}的时段",
  copy: "将{{day}}应用到所有工作日",
  holidays: "节假日与特殊日期",
  holidaysHint: "这些日期不按每周的安排。",
  date: "日期",
  addDay: "添加日期",
  removeDay: "删除 {{day}}",
  wrong: "每个时段的结束要晚于开始，且不能重叠。",
};
