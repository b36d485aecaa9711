import type * as en from "../en/departments.ts";

export const departments: typeof en.departments = {
  hint: "会话可以转接给部门，组长可以查看本部门同事的会话。",
  add: "新建部门",
  label: "部门",
  without: "不属于任何部门",
  nobody: "还没有成员",
  people_one: "{{count}} 人",
  people_other: "{{count}} 人",
  none: "还没有部门",
  noneHint:
    "部门表示客服归属于哪里，例如财务、维修。先新建部门，再为客服选择部门。会话可以转接给部门，不论其成员在哪个接待组。",
  howToJoin: "成员在各客服的资料中选择。",
  removal: "其中的客服会保留，不再属于任何部门；等待该部门的会话由所在队列的接待组接待。",
};
