import type * as en from "../en/reviewing.ts";

export const reviewing: typeof en.reviewing = {
  title: "质检：与 {{name}} 的会话",
  agent: "被评客服",
  weight: "权重 {{weight}}",
  result: "得分",
  remark: "评语",
  remarkHint: "被评客服会看到。写明做得好的地方和改进建议。",
  noScorecard: "还没有评分表",
  noScorecardHint: "评分表规定会话按哪些标准评分，由管理员在“设置 → 评分表”中创建。",
  nobody: "这个会话没有可评分的客服",
  nobodyHint: "接待过它的同事不在你的可见范围内。",
};
